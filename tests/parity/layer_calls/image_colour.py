"""Calls of layers that change the values, the colours and the sharpness of images.

Keras declares a shape for whatever these layers are called on, and looks at it only when it
computes; `RandomColorDegeneration` alone looks at once. What it refuses then is not drawn;
`tests/parity/test_image_colour_models.py` holds our refusals of it against Keras:

- tensors of another rank than 3 or 4, and strings;
- numbers of channels that have no colours, or are unknown where Keras looks at them beforehand;
- unknown sizes, and too many tiles, in `ContrastLimitedAdaptiveHistogramEqualization`;
- dtypes that TensorFlow has no kernel for;
- a `value_range` that is no pair, where nothing looks at it at once.

Nor is a rank of 3 with the batch first, which Keras takes for the rows of one image; nor are whole
numbers and uncast ones in `RandomGrayscale`, which Keras declares and does not give; nor numbers
of chains, of steps and of bits that make no sense, which Keras takes.
"""

from hypothesis import strategies as st

from layergraph.tensors import TensorSpec
from tests.parity.against_keras import spec
from tests.parity.draws import FORMATS, laid_out, mostly
from tests.parity.layer_calls import LayerCall
from tests.parity.layer_calls.image_geometry import (
    COUNTING,
    FLOATS,
    INTERPOLATION,
    SEED,
    TRAINING,
    factors,
)

NUMBERS = (*FLOATS, "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64")
ANY_COLOURS = (1, 2, 3, 4, None)
RANGE = st.sampled_from([[0, 1], [0, 255], [0.0, 255.0], [-1, 1]])
CHECKED_RANGE = mostly(RANGE, st.sampled_from([[1], [0, 1, 2], 255, "01"]))
ONE_OR_BOTH = factors(-1, 1)
PART = factors(0, 1)


@st.composite
def calls(
    draw,
    required,
    optional,
    policies,
    channels=ANY_COLOURS,
    *,
    known=False,
    floats=False,
    seeded=True,
):
    """A call on images, or on one image.

    Args:
        required: draws of arguments.
        optional: draws of arguments that may be left out.
        policies: what the layer can be computed in, beside float32.
        channels: the numbers of channels that it can be computed on.
        known: whether the sizes in space have to be known.
        floats: whether the images have to hold floating-point numbers.
        seeded: whether the layer draws random numbers.
    """
    common = {
        "data_format": mostly(FORMATS, st.just("channels_middle")),
        "dtype": st.sampled_from(policies),
    }
    if seeded:
        common["seed"] = SEED
    arguments = draw(st.fixed_dictionaries(required, optional=common | optional))
    if "value_range" in arguments and "float" not in arguments.get("dtype", "float32"):
        arguments["value_range"] = [0, 255]  # in whole numbers Keras cannot compute with others
    size = st.integers(4, 9)
    sizes = size if known else st.none() | size
    shape = laid_out((draw(sizes), draw(sizes), draw(st.sampled_from(channels))), arguments)
    dtypes = ["float32", "float16"] if floats else ["float32", "float16", "uint8", "int32", "bool"]
    dtype = draw(st.sampled_from(dtypes))
    tensor = spec(*shape, dtype=dtype)
    if None not in shape and draw(st.integers(0, 4)) == 0:
        tensor = TensorSpec(shape, dtype)
    return LayerCall(arguments, (tensor,), call=draw(TRAINING), masked=draw(st.booleans()))


@st.composite
def degenerations(draw):
    call = draw(calls({"factor": ONE_OR_BOTH}, {"value_range": CHECKED_RANGE}, NUMBERS, (3,)))
    if draw(st.integers(0, 9)) != 7:
        return call
    wrong = laid_out((8, 8, draw(st.sampled_from([1, 2, 4]))), call.arguments)
    wrong = draw(st.sampled_from([wrong, (8,), (2, 8, 8, 3)]))
    return call._replace(tensors=(spec(*wrong),))


@st.composite
def jitters(draw):
    optional = {
        "value_range": RANGE,
        "brightness_factor": ONE_OR_BOTH,
        "contrast_factor": PART,
        "saturation_factor": ONE_OR_BOTH,
        "hue_factor": PART,
    }
    call = draw(calls({}, optional, FLOATS, (3,)))
    if {"saturation_factor", "hue_factor"} & set(call.arguments):
        call.arguments.pop("data_format", None)
        (tensor,) = call.tensors
        return call._replace(tensors=(tensor.with_dims((*tensor.dims[:-1], 3)),))
    return call


@st.composite
def mixes(draw):
    optional = {
        "value_range": CHECKED_RANGE,
        "num_chains": st.integers(1, 4),
        "chain_depth": st.integers(0, 4),
        "factor": PART,
        "alpha": st.floats(0.1, 2) | st.integers(1, 3),
        "all_ops": st.booleans(),
        "interpolation": INTERPOLATION,
    }
    colours = draw(st.booleans())
    call = draw(calls({}, optional, FLOATS, (1, 3) if colours else (1, 2, 4)))
    if not colours:
        call.arguments["all_ops"] = False
    return call


KERNEL = mostly(st.sampled_from([1, 3, 5, 7]), st.sampled_from([2, 4, "3"]))
BITS = mostly(st.integers(1, 8), st.sampled_from([0, 9, -1, "4"]))

CALLS = {
    "AutoContrast": calls({}, {"value_range": CHECKED_RANGE}, FLOATS, seeded=False),
    "ContrastLimitedAdaptiveHistogramEqualization": calls(
        {},
        {
            "value_range": RANGE,
            "clip_limit": st.floats(-1, 9) | st.integers(0, 9),
            "tile_grid_size": st.lists(st.integers(1, 8), min_size=2, max_size=2),
        },
        (*NUMBERS, "bool"),
        known=True,
        seeded=False,
    ),
    "Solarization": calls(
        {},
        {"addition_factor": PART, "threshold_factor": PART, "value_range": CHECKED_RANGE},
        FLOATS,
    ),
    "RandomBrightness": calls({"factor": ONE_OR_BOTH}, {"value_range": CHECKED_RANGE}, NUMBERS),
    "RandomContrast": calls({"factor": PART}, {"value_range": RANGE}, FLOATS),
    "RandomInvert": calls({}, {"factor": PART, "value_range": RANGE}, FLOATS),
    "RandomPosterization": calls(
        {"factor": BITS | st.lists(st.integers(1, 8), min_size=1, max_size=3)},
        {"value_range": CHECKED_RANGE},
        FLOATS,
    ),
    "RandomColorDegeneration": degenerations(),
    "RandomColorJitter": jitters(),
    "RandomGrayscale": calls(
        {"autocast": st.just(True)},
        {"factor": mostly(st.floats(0, 1), st.sampled_from([-0.1, 1.1, [0.1, 0.2]]))},
        (*NUMBERS[:-1], "bool"),
        (1, 3),
        floats=True,
    ),
    "RandomHue": calls({"factor": PART}, {"value_range": RANGE}, (*NUMBERS, "bool"), (3, None)),
    "RandomSaturation": calls(
        {"factor": ONE_OR_BOTH}, {"value_range": CHECKED_RANGE}, FLOATS, (3, None)
    ),
    "RandomGaussianBlur": calls(
        {},
        {
            "factor": PART,
            "kernel_size": KERNEL | st.lists(KERNEL, min_size=1, max_size=3),
            "sigma": PART,
            "value_range": RANGE,
        },
        COUNTING,
    ),
    "RandomSharpness": calls({"factor": PART}, {"value_range": CHECKED_RANGE}, FLOATS),
    "AugMix": mixes(),
    "RandAugment": calls(
        {},
        {
            "value_range": CHECKED_RANGE,
            "num_ops": st.integers(0, 4),
            "factor": PART,
            "interpolation": INTERPOLATION,
        },
        FLOATS,
        (1, 3),
    ),
}
