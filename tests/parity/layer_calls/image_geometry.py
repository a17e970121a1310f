"""Calls of layers that resize, crop, turn, bend and mix images.

Keras declares a shape for whatever these layers are called on, and looks at it only when it
computes. What it refuses then is not drawn; `tests/parity/test_image_geometry_models.py` holds our
refusals of it against Keras:

- tensors of another rank than 3 or 4 (`CenterCrop` looks at once), and strings;
- unknown sizes where positions are counted: `RandomCrop`, `RandomPerspective`,
  `RandomElasticTransform`, `RandomErasing`, `CutMix`;
- dtypes that TensorFlow has no kernel for, and what `CenterCrop` gives in another than it says;
- names of modes and of interpolations in `Resizing` and `RandomFlip`;
- three numbers as a `fill_value` where the last axis is not of size 3.

Nor is a rank of 3 with the batch first, which Keras takes for the rows of one image, and we refuse.
"""

from hypothesis import strategies as st

from layergraph.tensors import TensorSpec
from tests.parity.against_keras import spec
from tests.parity.draws import DTYPES, FORMATS, laid_out, mostly
from tests.parity.layer_calls import LayerCall

FLOATS = ("float16", "float64", "bfloat16", "mixed_float16", "mixed_bfloat16")
COUNTING = ("float64", "bfloat16", "mixed_bfloat16")
RESIZED = (*FLOATS, "uint8", "uint16", "int16", "int32", "int64")
WARPED = (*FLOATS, "uint8", "int32", "int64")
FLIPPED = (*RESIZED, "uint32", "bool")
ANY = (*FLIPPED, "uint64", "int8")  # Keras refuses int8

TRAINING = st.fixed_dictionaries({}, optional={"training": st.booleans() | st.none()})
SEED = st.integers(-3, 9)
INTERPOLATION = mostly(st.sampled_from(["nearest", "bilinear"]), st.just("bicubic"))
FILL_MODE = mostly(
    st.sampled_from(["reflect", "wrap", "constant", "nearest"]),
    st.sampled_from(["mirror", "reflected"]),
)
FILL_VALUE = st.floats(-2, 2) | st.integers(0, 255)
VALUE_RANGE = st.sampled_from([[0, 1], [0.0, 255.0], [-1, 1]])
SIZE = st.integers(1, 9)


def factors(least, most):
    """A number in a range, or two; at times outside of it, or not two."""
    inside = st.floats(least, most)
    odd = st.floats(least - 1, most + 1)
    pairs = st.lists(odd, min_size=2, max_size=2) | st.lists(inside, min_size=1, max_size=3)
    return mostly(inside | st.lists(inside, min_size=2, max_size=2), odd | pairs)


@st.composite
def images(draw, required, optional, policies, unknown=True, channels=True, least=1):
    """A call on images, or on one image.

    Args:
        required: draws of arguments.
        optional: draws of arguments that may be left out.
        policies: what the layer can be computed in, beside float32.
        unknown: whether the sizes in space may be unknown.
        channels: whether the number of channels may be.
        least: the least size in space.
    """
    common = {
        "data_format": mostly(FORMATS, st.just("channels_middle")),
        "dtype": st.sampled_from(policies),
        "trainable": st.booleans(),
    }
    arguments = draw(st.fixed_dictionaries(required, optional=common | optional))
    size = st.integers(least, 9)
    sizes = st.none() | size if unknown else size
    last = st.none() | st.integers(1, 4) if channels else st.integers(1, 4)
    shape = laid_out((draw(sizes), draw(sizes), draw(last)), arguments)
    dtype = draw(DTYPES | st.just("uint8"))
    tensor = spec(*shape, dtype=dtype)
    if None not in shape and draw(st.integers(0, 4)) == 0:
        tensor = TensorSpec(shape, dtype)
    return LayerCall(arguments, (tensor,), call=draw(TRAINING), masked=draw(st.booleans()))


def to_size(optional, policies, **about):
    """A call of a layer whose first arguments are a height and a width."""
    return images({"height": SIZE, "width": SIZE}, optional, policies, **about)


def warps(required, optional, policies=WARPED, **about):
    """A call of a layer that looks outside of the image."""
    outside = {
        "interpolation": INTERPOLATION,
        "fill_mode": FILL_MODE,
        "fill_value": FILL_VALUE,
        "seed": SEED,
    }
    return images(required, outside | optional, policies, **about)


@st.composite
def resizings(draw):
    optional = {
        "interpolation": st.sampled_from(["bilinear", "nearest", "bicubic", "lanczos3", "area"]),
        "antialias": st.booleans(),
        "fill_mode": st.just("constant"),
        "fill_value": st.integers(0, 255),
    }
    call = draw(to_size(optional, RESIZED))
    mode = draw(st.sampled_from(["stretch", "pad_to_aspect_ratio", "crop_to_aspect_ratio"]))
    if mode != "stretch":
        call.arguments[mode] = True
        if call.arguments.get("dtype") in (None, *FLOATS):
            call.arguments["fill_value"] = draw(FILL_VALUE)
        else:
            call.arguments.setdefault("fill_value", 0)
    return call


@st.composite
def center_crops(draw):
    call = draw(to_size({}, ANY))
    if draw(st.integers(0, 9)) == 7:
        rank = draw(st.sampled_from([0, 1, 3, 4]))  # of which 3 is four with the batch
        return call._replace(tensors=(spec(*(9,) * rank),))
    (tensor,) = call.tensors
    if call.arguments.get("dtype"):  # which stretching would not give
        call.arguments["height"] = min(call.arguments["height"], *_known(tensor))
        call.arguments["width"] = min(call.arguments["width"], *_known(tensor))
    return call


def _known(tensor):
    return [size for size in tensor.dims if isinstance(size, int)] or [9]


@st.composite
def erasings(draw):
    optional = {
        "factor": factors(0, 1),
        "scale": factors(0, 1),
        "fill_value": st.none() | FILL_VALUE,
        "value_range": VALUE_RANGE,
        "seed": SEED,
    }
    call = draw(images({}, optional, COUNTING, unknown=False))
    (tensor,) = call.tensors
    if tensor.last_dim in (3, None) and draw(st.booleans()):
        call.arguments["fill_value"] = draw(st.lists(FILL_VALUE, min_size=3, max_size=3))
    return call


CALLS = {
    "Resizing": resizings(),
    "CenterCrop": center_crops(),
    "RandomCrop": to_size({"seed": SEED}, RESIZED, unknown=False),
    "RandomFlip": images(
        {},
        {
            "mode": st.sampled_from(["horizontal", "vertical", "horizontal_and_vertical"]),
            "seed": SEED,
        },
        FLIPPED,
    ),
    "RandomRotation": warps({"factor": factors(-1, 1)}, {}),
    "RandomTranslation": warps(
        {"height_factor": factors(-1, 1), "width_factor": factors(-1, 1)}, {}
    ),
    "RandomZoom": warps(
        {"height_factor": mostly(factors(-0.9, 1), st.just(-1))},
        {"width_factor": st.none() | factors(-0.9, 1)},
    ),
    "RandomShear": warps({}, {"x_factor": factors(0, 1), "y_factor": factors(0, 1)}, FLOATS),
    "RandomPerspective": images(
        {},
        {
            "factor": factors(0, 1),
            "scale": mostly(st.floats(0, 1), st.floats(-1, 2) | st.just([0, 1])),
            "interpolation": INTERPOLATION,
            "fill_value": FILL_VALUE,
            "seed": SEED,
        },
        FLOATS,
        unknown=False,
        least=2,
    ),
    "RandomElasticTransform": images(
        {},
        {
            "factor": factors(0, 1),
            "scale": factors(0, 1),
            "interpolation": INTERPOLATION,
            "fill_mode": mostly(
                st.sampled_from(["reflect", "wrap", "constant", "nearest"]), st.just("reflected")
            ),
            "fill_value": FILL_VALUE,
            "value_range": VALUE_RANGE,
            "seed": SEED,
        },
        COUNTING,
        unknown=False,
        channels=False,
    ),
    "RandomErasing": erasings(),
    "CutMix": images({}, {"factor": factors(0, 1), "seed": SEED}, ("float64",), unknown=False),
    "MixUp": images({}, {"alpha": st.floats(0.01, 4), "seed": SEED}, FLOATS),
    "MaxNumBoundingBoxes": images(
        {"max_number": st.integers(0, 9)}, {"fill_value": st.integers(-2, 2)}, ANY
    ),
}
