"""What layers that change the values, colours and sharpness of images say of mistakes."""

import pytest

from layergraph.layers.catalog import LAYERS
from layergraph.tensors import BATCH, Size, TensorSpec
from tests.unit.layers.mistakes import complaint, infer, refusal, spec

CLAHE = "ContrastLimitedAdaptiveHistogramEqualization"
FIRST = {"data_format": "channels_first"}
FACTOR = {"factor": 0.2}
IN_COLOUR = [
    ("RandomColorDegeneration", FACTOR, "3"),
    ("RandomHue", FACTOR, "3"),
    ("RandomSaturation", FACTOR, "3"),
    ("RandomColorJitter", {"hue_factor": 0.1}, "3"),
    ("RandomGrayscale", {}, "1 or 3"),
    ("AugMix", {}, "1 or 3"),
    ("RandAugment", {}, "1 or 3"),
]


@pytest.mark.parametrize(("name", "arguments", "counts"), IN_COLOUR)
def test_images_with_an_alpha_channel(name, arguments, counts):
    assert refusal(name, arguments, spec(8, 9, 4)) == (
        "shape-mismatch",
        f"{{node}} needs images of {counts} channels",
        "{0} is (batch, 8, 9, 4), which has 4 on axis 3",
        None,
        'take the first three, with `ops.get_item` and `key: "[..., :3]"`',
    )


def test_images_without_colours():
    grey = spec(8, 9, 1)
    help = "drop {node}: there are no colours in grey images"
    for name in ("RandomColorDegeneration", "RandomHue", "RandomSaturation"):
        assert refusal(name, FACTOR, grey)[4] == help
    for name in ("RandomGrayscale", "AugMix", "RandAugment"):
        assert infer(name, {}, grey) == grey
    assert infer("RandomColorJitter", {"contrast_factor": 0.1}, grey) == grey
    assert infer("AugMix", {"all_ops": False}, spec(8, 9, 4)) == spec(8, 9, 4)
    assert refusal("RandomHue", FACTOR, spec(8, 9, 2))[4] == (
        "give it images in red, green and blue"
    )
    assert refusal("RandomHue", FACTOR | FIRST, spec(4, 8, 9))[4] == (
        "give it images in red, green and blue"
    )


def test_channels_on_the_other_side():
    assert refusal("RandomHue", FACTOR, spec(3, 8, 9))[2:] == (
        "{0} is (batch, 3, 8, 9), which has 9 on axis 3",
        None,
        "set `data_format: channels_first`",
    )
    assert refusal("RandomGrayscale", FIRST, spec(8, 9, 3))[2:] == (
        "{0} is (batch, 8, 9, 3), which has 8 on axis 1",
        None,
        "set `data_format: channels_last`",
    )


def test_jitter_looks_for_colours_last():
    arguments = {"saturation_factor": 0.1} | FIRST
    assert refusal("RandomColorJitter", arguments, spec(3, 8, 9)) == (
        "shape-mismatch",
        "{node} looks for colours on the last axis, whatever `data_format` says",
        "{0} is (batch, 3, 8, 9), which has 9 on axis 3",
        "data_format",
        "put the channels last with `Permute`, or take `RandomSaturation` and `RandomHue`",
    )
    assert infer("RandomColorJitter", arguments, spec(8, 9, None)) == spec(8, 9, None)


@pytest.mark.parametrize("name", ["RandomGrayscale", "AugMix", "RandAugment"])
def test_an_unknown_number_of_channels(name):
    assert refusal(name, {}, TensorSpec((BATCH, 8, 9, Size("colours")))) == (
        "unknown-size",
        "{node} needs to know the size of axis 3 to find the colours",
        "{0} is (batch, 8, 9, colours)",
        None,
        "give the size in the input's `shape`",
    )


def test_tiles():
    assert refusal(CLAHE, {}, spec(3, 9, 1)) == (
        "argument-misfit",
        "`tile_grid_size` of {node} is too fine for axis 1",
        "{0} is (batch, 3, 9, 1): 8 tiles are more than twice 3",
        "tile_grid_size",
        "at most 6 tiles",
    )
    assert refusal(CLAHE, FIRST, spec(1, 9, 3))[1] == (
        "`tile_grid_size` of {node} is too fine for axis 3"
    )
    assert refusal(CLAHE, {}, spec(None, 9, 3))[:2] == (
        "unknown-size",
        "{node} needs to know the size of axis 1 to lay tiles over it",
    )
    assert infer(CLAHE, {}, spec(4, 4, 3)) == spec(4, 4, 3)
    assert complaint(CLAHE, {"tile_grid_size": 4}) == (
        ("tile_grid_size",),
        "wrong-type",
        "must be a list of two whole numbers, not 4",
        "write `[4, 4]`",
    )


def test_what_is_no_image():
    for name, arguments, _ in IN_COLOUR:
        assert refusal(name, arguments, spec(8, 3))[0] == "wrong-rank"
        assert refusal(name, arguments, spec(8, 8, 3, dtype="string"))[0] == "wrong-dtype"
    assert refusal("AutoContrast", {}, spec(28, 28))[4] == (
        "add a channel axis: Reshape to [28, 28, 1]"
    )


def test_whole_numbers_come_out_as_floats():
    photos = spec(8, 9, 3, dtype="uint8")
    assert infer("RandomGrayscale", {}, photos) == spec(8, 9, 3)
    assert infer("RandomBrightness", FACTOR | {"dtype": "uint8"}, photos) == photos


@pytest.mark.parametrize(
    ("name", "arguments", "found"),
    [
        ("RandomBrightness", {"factor": 1.5}, (("factor",), "must be at most 1, not 1.5")),
        ("RandomContrast", {"factor": -0.5}, (("factor",), "must be at least 0, not -0.5")),
        ("RandomHue", {"factor": [0.5]}, (("factor",), "must be a list of two numbers, not of 1")),
        (
            "Solarization",
            {"threshold_factor": [0.1, 1.5]},
            (("threshold_factor", 1), "must be at most 1, not 1.5"),
        ),
        (
            "Solarization",
            {"value_range": 255},
            (("value_range",), "must be a list of two numbers, not 255"),
        ),
        ("AugMix", {"factor": [-0.5, 0.5]}, (("factor", 0), "must be at least 0, not -0.5")),
        ("RandomPosterization", {"factor": 9}, (("factor",), "must be at most 8, not 9")),
        ("RandomPosterization", {"factor": [0, 4]}, (("factor", 0), "must be at least 1, not 0")),
        ("RandomPosterization", {"factor": [4, 12]}, (("factor", 1), "must be at most 8, not 12")),
        ("RandomGaussianBlur", {"kernel_size": 4}, (("kernel_size",), "must be odd, not 4")),
        (
            "RandomGaussianBlur",
            {"kernel_size": [3, 2]},
            (("kernel_size", 1), "must be odd, not 2"),
        ),
    ],
)
def test_arguments_out_of_range(name, arguments, found):
    where, _, predicate, _ = complaint(name, arguments)
    assert (where, predicate) == found


def test_an_even_kernel_has_no_middle():
    assert complaint("RandomGaussianBlur", {"kernel_size": 4})[3] == (
        "3 or 5, so that there is a middle"
    )


@pytest.mark.parametrize(
    ("name", "arguments", "at", "predicate"),
    [
        (
            "RandomColorJitter",
            {"contrast_factor": 0.1, "dtype": "uint8"},
            "contrast_factor",
            "cannot be combined with `dtype: uint8`",
        ),
        (
            "RandomInvert",
            {"value_range": [0.0, 1.0], "dtype": "uint8"},
            "value_range",
            "must hold whole numbers with `dtype: uint8`",
        ),
        (
            "RandomColorJitter",
            {"brightness_factor": 0.1, "value_range": [0, 0.5], "dtype": "int32"},
            "value_range",
            "must hold whole numbers with `dtype: int32`",
        ),
        (
            "RandomPosterization",
            {"factor": 4, "value_range": [0, 1], "dtype": "int32"},
            "value_range",
            "must be [0, 255] with `dtype: int32`",
        ),
        (
            "RandomHue",
            {"factor": 0.1, "value_range": [0, 1], "dtype": "int32"},
            "value_range",
            "must not be [0, 1] with `dtype: int32`",
        ),
    ],
)
def test_dtypes_that_do_not_go_with_other_arguments(name, arguments, at, predicate):
    assert complaint(name, arguments)[:3] == ((at,), "conflicting-arguments", predicate)
    assert infer(name, arguments | {"dtype": "float32"}, spec(8, 9, 3)) == spec(8, 9, 3)


@pytest.mark.parametrize(
    ("name", "arguments", "dtype"),
    [
        ("AutoContrast", {}, "uint8"),
        ("RandomContrast", FACTOR, "int32"),
        ("RandomGaussianBlur", {}, "float16"),
        ("RandomSharpness", FACTOR, "uint8"),
        ("RandomGrayscale", {}, "uint64"),
        ("RandomBrightness", FACTOR, "bool"),
        ("RandAugment", {}, "uint8"),
    ],
)
def test_dtypes_that_keras_cannot_compute_in(name, arguments, dtype):
    assert complaint(name, arguments | {"dtype": dtype})[:2] == (("dtype",), "literal_error")


def test_multiply_adds():
    images = spec(8, 9, 3)
    assert LAYERS.find("AutoContrast").checked({}).multiply_adds(images) == 216
    assert LAYERS.find("AutoContrast").checked({}).multiply_adds(TensorSpec((8, 9, 3))) == 216
    assert LAYERS.find("AutoContrast").checked({}).multiply_adds(spec(None, 9, 3)) is None
    assert LAYERS.find(CLAHE).checked({}).multiply_adds(images) == 648
    assert LAYERS.find("RandomHue").checked(FACTOR).multiply_adds(images) == 0
