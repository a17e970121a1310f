"""Calls of layers that take one tensor of any shape: the core, activations, noise, reshaping."""

import math

from hypothesis import strategies as st

from tests.parity.against_keras import spec
from tests.parity.draws import DTYPES, FORMATS, POLICIES, SIZES, laid_out, mostly, shapes
from tests.parity.layer_calls import LayerCall

ANY_SHAPE = st.lists(mostly(SIZES, st.none()), max_size=4)
FLOATS = st.sampled_from(["float32", "float16"])
ANY_DTYPE = DTYPES | st.just("string")
DTYPE = {"dtype": POLICIES}
CAST = {"dtype": POLICIES | st.just("int32"), "autocast": st.booleans()}
SLOPE = mostly(st.sampled_from([0, 0.0, 0.2, 1.5]), st.just(-0.1))
# 1 is left out: Keras takes it, and divides by zero in training for two of the layers.
RATE = mostly(st.sampled_from([0, 0.0, 0.3, 0.9]), st.sampled_from([-0.1, 1.5]))
FACTOR = st.sampled_from([0, 0.0, 0.1, 2.0, -0.1])
TRAINING = st.fixed_dictionaries({}, optional={"training": st.none() | st.booleans()})
SEED = st.integers(0, 2**31)


@st.composite
def on_one(draw, required, optional, shape=ANY_SHAPE, dtypes=DTYPES, call=None):
    """A layer on one tensor."""
    arguments = draw(st.fixed_dictionaries(required, optional=optional))
    inputs = spec(*draw(shape), dtype=draw(dtypes))
    further = {} if call is None else draw(call)
    return LayerCall(arguments, (inputs,), call=further, masked=draw(st.booleans()))


@st.composite
def softmax(draw):
    """Keras finds an axis that is not there only when data comes, and so with masks."""
    shape = draw(ANY_SHAPE)
    axis = st.integers(-1 - len(shape), len(shape))
    axes = axis | st.lists(axis, min_size=1, unique_by=lambda a: a % (len(shape) + 1))
    arguments = draw(st.fixed_dictionaries({}, optional=DTYPE | {"axis": axes}))
    named = {"mask": spec(*shape, dtype="bool")} if draw(st.booleans()) else {}
    return LayerCall(arguments, (spec(*shape, dtype=draw(FLOATS)),), named)


@st.composite
def noise(draw, argument="rate", shaped=False):
    """A shape of noise that does not fit is in the errors' tests: Keras finds it in training."""
    arguments = draw(st.fixed_dictionaries({argument: RATE}, optional=DTYPE | {"seed": SEED}))
    shape = draw(ANY_SHAPE)
    if shaped and draw(st.booleans()):
        own = [draw(st.sampled_from([1, None, size])) for size in shape]
        arguments["noise_shape"] = [None, *own]
    inputs = spec(*shape, dtype=draw(DTYPES))
    return LayerCall(arguments, (inputs,), call=draw(TRAINING), masked=draw(st.booleans()))


@st.composite
def spatial_dropout(draw, axes):
    optional = DTYPE | {"seed": SEED}
    if axes > 1:
        optional["data_format"] = FORMATS
    odd = st.sampled_from(["trainable", "autocast"])
    arguments = draw(st.fixed_dictionaries({"rate": RATE}, optional=optional))
    arguments |= draw(mostly(st.just({}), st.builds(lambda name: {name: True}, odd)))
    inputs = spec(*laid_out(draw(shapes(axes)), arguments), dtype=draw(DTYPES))
    return LayerCall(arguments, (inputs,), call=draw(TRAINING), masked=draw(st.booleans()))


@st.composite
def reshape(draw):
    """A shape and one to make of it: the same product, often with a -1, at times a misfit.

    Keras takes sizes of 0 too, and null for -1; no graph file needs them.
    """
    sizes = draw(st.lists(SIZES, max_size=4))
    target = draw(st.permutations(sizes))
    if target and draw(st.booleans()):
        target = [*target[2:], math.prod(target[:2])]
    if target and draw(st.booleans()):
        target[draw(st.integers(0, len(target) - 1))] = -1
    if draw(mostly(st.just(False), st.just(True))):
        target = [*target, draw(st.sampled_from([-2, -1, 2, 3]))]
    hidden = draw(mostly(st.just(()), st.sets(st.integers(0, 3), max_size=2)))
    shape = [None if axis in hidden else size for axis, size in enumerate(sizes)]
    arguments = draw(st.fixed_dictionaries({"target_shape": st.just(target)}, optional=CAST))
    return LayerCall(arguments, (spec(*shape, dtype=draw(ANY_DTYPE)),), masked=draw(st.booleans()))


@st.composite
def permute(draw):
    count = draw(st.integers(0, 4))
    odd = st.lists(st.integers(-1, 3), max_size=3)
    dims = draw(mostly(st.permutations(range(1, count + 1)), odd))
    fitting = st.lists(st.none() | SIZES, min_size=len(dims), max_size=len(dims))
    arguments = draw(st.fixed_dictionaries({"dims": st.just(dims)}, optional=CAST))
    inputs = spec(*draw(mostly(fitting, ANY_SHAPE)), dtype=draw(ANY_DTYPE))
    return LayerCall(arguments, (inputs,), masked=draw(st.booleans()))


CALLS = {
    "Dense": on_one(
        {"units": mostly(SIZES, st.integers(-1, 1))},
        DTYPE
        | {
            "use_bias": st.booleans(),
            "activation": mostly(st.sampled_from(["relu", "softmax"]), st.just("relo")),
            "lora_rank": SIZES,
        },
        dtypes=st.sampled_from(["float32", "float16", "int32"]),
        call=TRAINING,
    ),
    "Embedding": on_one(
        {"input_dim": st.integers(0, 6), "output_dim": SIZES},
        DTYPE | {"mask_zero": st.booleans(), "lora_rank": SIZES},
        dtypes=st.sampled_from(["int32", "int64", "uint8", "float32", "bool"]),
    ),
    "Identity": on_one(
        {},
        {"dtype": POLICIES | st.sampled_from(["int32", "string"]), "autocast": st.booleans()},
        dtypes=ANY_DTYPE,
    ),
    "Masking": on_one(
        {},
        DTYPE | {"mask_value": st.sampled_from([0, -1.0])},
        # Of a tensor without features Keras makes a mask over the batch; we refuse it.
        shape=st.lists(st.none() | SIZES, min_size=1, max_size=4),
    ),
    "Activation": on_one(
        {"activation": mostly(st.sampled_from(["relu", "tanh"]), st.just("relo"))}, DTYPE
    ),
    "ReLU": on_one({}, DTYPE | {"max_value": SLOPE, "negative_slope": SLOPE, "threshold": SLOPE}),
    "LeakyReLU": on_one({}, DTYPE | {"negative_slope": SLOPE}),
    # ELU, PReLU and Softmax are not drawn over integers: `test_integer_inputs.py` is about them.
    "ELU": on_one({}, DTYPE | {"alpha": SLOPE}, dtypes=FLOATS),
    "PReLU": on_one(
        {},
        # Keras takes 0 and negative axes for others than they name: the errors' tests have them.
        DTYPE | {"shared_axes": st.integers(1, 4) | st.lists(st.integers(1, 4), min_size=1)},
        dtypes=FLOATS,
    ),
    "Softmax": softmax(),
    "Dropout": noise(shaped=True),
    "AlphaDropout": noise(shaped=True),
    "GaussianDropout": noise(),
    "GaussianNoise": noise("stddev"),
    **{f"SpatialDropout{axes}D": spatial_dropout(axes) for axes in (1, 2, 3)},
    "ActivityRegularization": on_one({}, DTYPE | {"l1": FACTOR, "l2": FACTOR}),
    "Flatten": on_one({}, CAST | {"data_format": FORMATS}, dtypes=ANY_DTYPE),
    "Reshape": reshape(),
    "Permute": permute(),
    "RepeatVector": on_one(
        {"n": mostly(st.integers(1, 5), st.integers(-1, 0))},
        DTYPE,
        shape=mostly(st.tuples(st.none() | SIZES), ANY_SHAPE),
    ),
}
