"""What layers that resize, crop, turn, bend and mix images say of mistakes."""

import pytest

from layergraph.tensors import BATCH, Size, TensorSpec
from tests.unit.layers.mistakes import complaint, infer, refusal, spec

SIZE = {"height": 6, "width": 5}
FIRST = {"data_format": "channels_first"}
KNOWN = "give the size in the input's `shape`, or put `Resizing` before {node}"


@pytest.mark.parametrize(
    ("arguments", "help"),
    [
        ({}, "add a channel axis: Reshape to [28, 28, 1]"),
        (FIRST, "add a channel axis: Reshape to [1, 28, 28]"),
    ],
)
def test_images_without_channels(arguments, help):
    """Keras would have the samples of a batch be the rows of one image."""
    code, message, label, _, told = refusal("RandomFlip", arguments, spec(28, 28))
    assert (code, label) == ("wrong-rank", "{0} is (batch, 28, 28), which has 3")
    assert message.startswith("{node} needs a tensor of 4 axes (batch, ")
    assert told == help


@pytest.mark.parametrize("name", ["Resizing", "CenterCrop", "RandomCrop"])
def test_wrong_ranks(name):
    for sizes in ((), (784,), (5, 8, 8, 3)):
        assert refusal(name, SIZE, spec(*sizes))[0] == "wrong-rank"
    assert refusal(name, SIZE, TensorSpec((9,)))[0] == "wrong-rank"


def test_strings():
    assert refusal("MixUp", {}, spec(8, 8, 3, dtype="string"))[:2] == (
        "wrong-dtype",
        "{node} computes with numbers, and is called on strings",
    )


def test_one_image():
    image = TensorSpec((8, 9, 3), "uint8")
    assert str(infer("Resizing", SIZE, image)) == "(6, 5, 3)"
    assert str(infer("Resizing", SIZE | FIRST, TensorSpec((3, 8, 9)))) == "(3, 6, 5)"
    assert infer("RandomFlip", {}, image) == image.with_dtype("float32")


def test_names_of_sizes_survive():
    images = TensorSpec((BATCH, Size("h"), Size("w"), Size("channels")))
    assert str(infer("RandomRotation", {"factor": 0.1}, images)) == "(batch, h, w, channels)"
    assert str(infer("CenterCrop", SIZE, images)) == "(batch, 6, 5, channels)"


@pytest.mark.parametrize(
    ("name", "arguments", "why"),
    [
        ("RandomCrop", SIZE, "to cut a piece out"),
        ("RandomPerspective", {}, "to find the corners"),
        ("RandomElasticTransform", {}, "to bend it"),
        ("RandomErasing", {}, "to place a rectangle"),
        ("CutMix", {}, "to place a rectangle"),
    ],
)
def test_unknown_sizes(name, arguments, why):
    message = f"{{node}} needs to know the size of axis {{axis}} {why}"
    assert refusal(name, arguments, spec(8, None, 3)) == (
        "unknown-size",
        message.replace("{axis}", "2"),
        "{0} is (batch, 8, None, 3)",
        None,
        KNOWN,
    )
    found = refusal(name, arguments | FIRST, spec(3, Size("h"), 8))
    assert found[1] == message.replace("{axis}", "2")


def test_unknown_channels():
    images = spec(8, 8, None)
    assert refusal("RandomElasticTransform", {}, images)[:2] == (
        "unknown-size",
        "{node} needs to know the size of axis 3 to bend it",
    )
    assert infer("RandomErasing", {}, images) == images


def test_a_single_image_is_not_cut():
    """Keras hands it on, of whatever size."""
    image = TensorSpec((8, None, 3))
    assert infer("CutMix", {}, image) == image
    assert refusal("RandomErasing", {}, image)[0] == "unknown-size"


def test_an_image_that_has_no_corners():
    assert refusal("RandomPerspective", {}, spec(1, 8, 3)) == (
        "impossible-size",
        "{node} needs images of two rows and two columns at least",
        "{0} is (batch, 1, 8, 3)",
        None,
        None,
    )


def test_stretching_in_another_dtype():
    """Keras declares float16, and gives float32."""
    half = SIZE | {"dtype": "float16"}
    assert refusal("CenterCrop", half, spec(9, 4, 3)) == (
        "argument-misfit",
        "{node} has to stretch its input, which it does in float32 alone",
        "{0} is (batch, 9, 4, 3): 4 is less than 5",
        "dtype",
        "take `Resizing` with `crop_to_aspect_ratio: true`",
    )
    assert infer("CenterCrop", half, spec(9, 5, 3)).dtype == "float16"
    assert infer("CenterCrop", SIZE, spec(9, 4, 3)).dtype == "float32"


def test_three_numbers_for_other_than_three_channels():
    colour = {"fill_value": [0, 127, 255]}
    assert refusal("RandomErasing", colour, spec(8, 8, 1)) == (
        "argument-misfit",
        "`fill_value` of {node} has three numbers, and its input has not three channels last",
        "{0} is (batch, 8, 8, 1): 1 and 3 must be equal",
        "fill_value",
        "give one number",
    )
    assert refusal("RandomErasing", colour | FIRST, spec(3, 8, 8))[3] == "fill_value"


def test_two_ways_to_keep_proportions():
    both = SIZE | {"pad_to_aspect_ratio": True, "crop_to_aspect_ratio": True}
    assert complaint("Resizing", both) == (
        ("pad_to_aspect_ratio",),
        "conflicting-arguments",
        "cannot be combined with `crop_to_aspect_ratio`",
        "drop one of them",
    )


def test_filling_integers_with_fractions():
    padded = SIZE | {"pad_to_aspect_ratio": True, "dtype": "uint8"}
    assert complaint("Resizing", padded) == (
        ("fill_value",),
        "conflicting-arguments",
        "must be a whole number beside `dtype: uint8`, not 0.0",
        "set `fill_value: 0`",
    )
    assert infer("Resizing", padded | {"fill_value": 0}, spec(8, 8, 3)).dtype == "uint8"


@pytest.mark.parametrize(
    ("factor", "where", "code", "predicate"),
    [
        (1.5, (), "out-of-range", "must be at most 1, not 1.5"),
        ([2, 3], (0,), "out-of-range", "must be at most 1, not 2"),
        ([-3, -2], (1,), "out-of-range", "must be at least -1, not -2"),
        ([0.1], (), "out-of-range", "must be a list of two numbers, not of 1"),
        ([0.1, "x"], (1,), "wrong-type", 'must be a number, not the string "x"'),
        (True, (), "wrong-type", "must be a number or a list of two numbers, not true"),
    ],
)
def test_bounds_that_need_to_touch_a_range(factor, where, code, predicate):
    found = complaint("RandomRotation", {"factor": factor})
    assert found == (("factor", *where), code, predicate, None)


@pytest.mark.parametrize(
    ("name", "argument", "value", "where", "predicate"),
    [
        ("RandomTranslation", "width_factor", [0, -1.5], (1,), "must be at least -1, not -1.5"),
        ("RandomZoom", "height_factor", -1, (), "must be more than -1, not -1"),
        ("RandomZoom", "width_factor", [-1.0, 2], (0,), "must be more than -1, not -1"),
        ("RandomShear", "x_factor", -0.1, (), "must be at least 0, not -0.1"),
        ("RandomErasing", "scale", 1.1, (), "must be at most 1, not 1.1"),
        (
            "RandomErasing",
            "fill_value",
            [1, 2],
            (),
            "must be a number or a list of three, not of 2",
        ),
    ],
)
def test_factors_out_of_range(name, argument, value, where, predicate):
    needed = {"RandomTranslation": {"height_factor": 0.1}, "RandomZoom": {"height_factor": 0.1}}
    found = complaint(name, needed.get(name, {}) | {argument: value})
    assert found == ((argument, *where), "out-of-range", predicate, None)


def test_a_range_of_values():
    assert complaint("RandomElasticTransform", {"value_range": 255})[1:3] == (
        "wrong-type",
        "must be a list of two numbers, not 255",
    )
    assert complaint("RandomErasing", {"fill_value": "noise"})[1:3] == (
        "wrong-type",
        'must be a number or a list of three, not the string "noise"',
    )


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("Resizing", SIZE | {"height": 0}),
        ("Resizing", SIZE | {"interpolation": "linear"}),
        ("Resizing", SIZE | {"fill_mode": "reflect"}),
        ("CenterCrop", SIZE | {"width": -1}),
        ("RandomFlip", {"mode": "diagonal"}),
        ("RandomRotation", {"factor": 0.1, "fill_mode": "mirror"}),
        ("RandomElasticTransform", {"fill_mode": "mirror"}),
        ("RandomShear", {"interpolation": "bicubic"}),
        ("RandomPerspective", {"scale": 1.5}),
        ("MixUp", {"alpha": 0}),
        ("MaxNumBoundingBoxes", {"max_number": -1}),
    ],
)
def test_values_that_keras_has_not(name, arguments):
    """Keras finds most of them when it computes, `diagonal` never."""
    changed = {key: value for key, value in arguments.items() if SIZE.get(key) != value}
    assert complaint(name, arguments)[0] in {(key,) for key in changed}
