"""Calls of wrappers: a layer in both directions, at every step, or with a bounded kernel.

What is in them is drawn as an argument, for names that Keras numbers are those of the first kind.
"""

from hypothesis import strategies as st

from layergraph.tensors import BATCH, TensorSpec
from tests.parity.against_keras import spec
from tests.parity.draws import POLICIES, mostly
from tests.parity.layer_calls import LayerCall
from tests.parity.layer_calls.convolutional_recurrent import arguments_of, images
from tests.parity.layer_calls.recurrent import (
    DTYPES,
    FEATURES,
    FLAGS,
    FLOATS,
    LENGTHS,
    ONE_CELL,
    SIZES,
    STATES,
    dtypes,
    gated,
    states_of,
    walked,
    without,
)

OUTER = {"dtype": st.none() | POLICIES, "trainable": st.booleans()}
MERGES = st.none() | st.sampled_from(["concat", "sum", "ave", "mul"])
TRAINING = st.fixed_dictionaries({}, optional={"training": st.booleans()})


@st.composite
def directions(draw):
    """A layer, and at times another one for the way back, with the number of states of each."""
    kind = draw(st.sampled_from([*STATES, "RNN"]))
    odd = st.fixed_dictionaries(FLAGS)
    usual = odd.map(lambda flags: without(flags, "go_backwards", "stateful"))
    flags = draw(mostly(usual, odd))
    if kind == "RNN":
        cells = draw(st.lists(ONE_CELL.map(lambda cell: without(cell, "dtype")), max_size=2))
        cells = cells or [draw(ONE_CELL)]
        cell = cells[0] if len(cells) == 1 else cells
        layer, gates, sizes = {"type": "RNN", "cell": cell}, cells, states_of(cells)
    else:
        own = draw(gated(kind))
        layer, gates, sizes = {"type": kind, **own}, [own], [(own["units"],)] * STATES[kind]
    layer = {**layer, **flags}
    arguments = {"layer": layer}
    if not draw(mostly(st.just(True), st.just(False))):
        # Of two with different units Keras declares shapes that it does not compute, and of two
        # with different numbers of states it takes none.
        other = {"SimpleRNN": "GRU", "GRU": "SimpleRNN"}.get(kind)
        if other is not None and draw(st.booleans()):
            layer = {"type": other, "units": own["units"], **flags}
        back = {**layer, "go_backwards": not flags.get("go_backwards", False)}
        arguments["backward_layer"] = draw(
            mostly(st.just(back), st.just({**back, "return_sequences": True}))
        )
    return arguments, gates, sizes * 2


@st.composite
def bidirectional(draw):
    arguments, gates, states = draw(directions())
    arguments |= draw(st.fixed_dictionaries({"merge_mode": MERGES}, optional=OUTER))
    inner = arguments["layer"]
    found = draw(walked(without(inner, "unroll"), draw(FEATURES), states, dtypes(*gates)))
    unroll = {"unroll": True} if found.arguments.get("unroll") else {}
    for name in ("layer", "backward_layer"):
        if name in arguments:
            arguments[name] = {**arguments[name], **unroll}
    return found._replace(arguments=arguments)


@st.composite
def bidirectional_images(draw):
    axes = draw(st.integers(1, 2))
    layer = {"type": f"ConvLSTM{axes}D", **draw(arguments_of(axes))}
    arguments = draw(st.fixed_dictionaries({"merge_mode": MERGES}, optional=OUTER))
    sequences = draw(images(axes, layer))
    masked = draw(st.booleans())
    return LayerCall({"layer": layer, **arguments}, (sequences,), masked=masked)


DENSE = {
    "type": st.just("Dense"),
    "units": st.integers(1, 3),
}
AT_A_STEP = (
    st.fixed_dictionaries(
        DENSE, optional={"dtype": POLICIES, "trainable": st.booleans(), "use_bias": st.booleans()}
    )
    | st.sampled_from(
        [
            "Flatten",
            "GlobalMaxPooling1D",
            "BatchNormalization",
            {"type": "Activation", "activation": "relu"},
            {"type": "Embedding", "input_dim": 4, "output_dim": 2, "mask_zero": True},
            {"type": "Reshape", "target_shape": [-1, 1]},
            {"type": "TimeDistributed", "layer": {"type": "Dense", "units": 2}},
            {"type": "Bidirectional", "layer": {"type": "GRU", "units": 2}},
            {"type": "RNN", "cell": {"type": "LSTMCell", "units": 2}},
            {"type": "ConvLSTM1D", "filters": 2, "kernel_size": 1},
            {"type": "SpectralNormalization", "layer": {"type": "Dense", "units": 2}},
            {"type": "LSTM", "units": 2, "return_state": True},
            {"type": "LSTMCell", "units": 2},
            "Add",
        ]
    )
    | gated("LSTM").map(lambda arguments: {"type": "LSTM", **arguments, "return_sequences": True})
)
# Keras does not look at the axes, nor at the dtype, of what it calls these on at a step.
PARTICULAR = {"LSTM": 2, "RNN": 2, "Bidirectional": 2, "GlobalMaxPooling1D": 2} | {
    "ConvLSTM1D": 3,
    "SpectralNormalization": 1,
}


@st.composite
def time_distributed(draw):
    layer = draw(AT_A_STEP)
    kind = layer if isinstance(layer, str) else layer["type"]
    own = PARTICULAR.get(kind)
    sizes = draw(st.lists(SIZES, min_size=own or 0, max_size=3 if own is None else own))
    batch = draw(st.sampled_from([BATCH, 2]))
    tensor = TensorSpec((batch, draw(LENGTHS), *sizes), draw(FLOATS if own else DTYPES))
    arguments = draw(st.fixed_dictionaries({"layer": st.just(layer)}, optional=OUTER))
    named = {}
    if draw(st.booleans()):
        # The rest of a mask is a mask of the layer's own, which it may be particular about.
        masked = kind in ("BatchNormalization", "TimeDistributed")
        axes = tensor.rank - 1 if masked else 3 if own else 2
        named["mask"] = TensorSpec(tensor.dims[: max(axes, 2)], "bool")
    return LayerCall(arguments, (tensor,), named, draw(TRAINING), masked=draw(st.booleans()))


WITH_KERNEL = (
    st.fixed_dictionaries(
        DENSE, optional={"dtype": POLICIES, "trainable": st.booleans(), "use_bias": st.booleans()}
    )
    | st.fixed_dictionaries(
        {
            "type": st.sampled_from(["Conv2D", "Conv2DTranspose"]),
            "filters": st.integers(1, 3),
            "kernel_size": st.integers(1, 2),
        },
        optional={"dtype": st.just("float16"), "use_bias": st.booleans()},
    )
    | st.sampled_from(
        [
            {"type": "Embedding", "input_dim": 4, "output_dim": 2, "mask_zero": True},
            {"type": "DepthwiseConv2D", "kernel_size": 1, "depth_multiplier": 3},
            {"type": "SpectralNormalization", "layer": {"type": "Dense", "units": 2}},
            {"type": "SeparableConv2D", "filters": 2, "kernel_size": 1},
            {"type": "LSTM", "units": 2},
            {"type": "LSTMCell", "units": 2},
            {"type": "TimeDistributed", "layer": {"type": "Dense", "units": 2}},
            "BatchNormalization",
            "Add",
        ]
    )
)


@st.composite
def spectral_normalization(draw):
    """Integers are not drawn: what comes out is cast to them, and Keras declares it is not.

    Nor is `lora_rank`, with which Keras fails in training.
    """
    layer = draw(WITH_KERNEL)
    kind = layer if isinstance(layer, str) else layer["type"]
    rank = 3 if kind.endswith("Conv2D") or kind.startswith("Conv2D") else draw(st.integers(1, 3))
    shape = [*draw(st.lists(SIZES | st.none(), min_size=rank - 1, max_size=rank - 1))]
    shape.append(draw(mostly(SIZES, st.none())))
    arguments = draw(
        st.fixed_dictionaries(
            {"layer": st.just(layer)},
            optional={**OUTER, "power_iterations": mostly(st.integers(1, 3), st.just(0))},
        )
    )
    tensor = spec(*shape, dtype=draw(FLOATS))
    return LayerCall(arguments, (tensor,), {}, draw(TRAINING), masked=draw(st.booleans()))


CALLS = {
    "Bidirectional": bidirectional() | bidirectional() | bidirectional_images(),
    "TimeDistributed": time_distributed(),
    "SpectralNormalization": spectral_normalization(),
}
