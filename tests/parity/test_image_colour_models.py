"""Layers that change the values, colours and sharpness of images, as Keras computes them.

Keras' declared shapes and dtypes are one thing (`test_layer_calls.py`), what it computes another:
here both are held against what we say.
"""

import keras
import numpy as np
import pytest

import layergraph as lg
from layergraph.layers.catalog import LAYERS
from layergraph.layers.image_base import ImageDType
from layergraph.targets.keras_objects import keras_arguments, keras_class
from layergraph.tensors import BATCH, TensorSpec
from tests.parity.images_computed import (
    assert_saved_without_weights,
    computed,
    declared,
    images,
    ours,
    theirs,
)

CLAHE = "ContrastLimitedAdaptiveHistogramEqualization"
ARGUMENTS = {
    "AutoContrast": {},
    CLAHE: {"tile_grid_size": [2, 3]},
    "Solarization": {"addition_factor": 0.3, "threshold_factor": 0.3},
    "RandomBrightness": {"factor": 0.3},
    "RandomContrast": {"factor": 0.3},
    "RandomInvert": {},
    "RandomPosterization": {"factor": 4},
    "RandomColorDegeneration": {"factor": 0.3},
    "RandomColorJitter": {"brightness_factor": 0.3},
    "RandomGrayscale": {},
    "RandomHue": {"factor": 0.3},
    "RandomSaturation": {"factor": 0.3},
    "RandomGaussianBlur": {},
    "RandomSharpness": {"factor": 0.3},
    "AugMix": {"num_chains": 1, "chain_depth": 1},
    "RandAugment": {"num_ops": 1},
}
FIRST = {"data_format": "channels_first"}
IMAGES = TensorSpec((BATCH, 5, 4, 3))
POLICIES = ("AugMix", "RandAugment")
TAKEN_BY_KERAS_ALONE = {
    ("Solarization", "int32"): "with whole numbers most factors leave no range to draw from",
    ("Solarization", "int64"): "the same",
}

GRAPH = """
layergraph: 1
inputs:
  photo: {shape: [9, 8, 3], dtype: uint8}
  turned: {shape: [3, 9, 8]}
  grey: {shape: [9, 8, 1], dtype: float16}
layers:
  stretched: {type: AutoContrast, from: photo, value_range: [0, 255]}
  tiled: {type: ContrastLimitedAdaptiveHistogramEqualization, from: photo, dtype: uint8}
  solar: {type: Solarization, from: grey, threshold_factor: [0.2, 0.4], dtype: float16}
  bright: {type: RandomBrightness, from: photo, factor: 0.2, dtype: int32}
  contrast: {type: RandomContrast, from: turned, factor: 0.2, data_format: channels_first}
  negative: {type: RandomInvert, from: photo, value_range: [0, 255], dtype: uint8}
  posted: {type: RandomPosterization, from: grey, factor: [3, 5], seed: 3}
  pale: {type: RandomColorDegeneration, from: turned, factor: 0.5, data_format: channels_first}
  jittered:
    type: RandomColorJitter
    from: photo
    brightness_factor: 0.1
    contrast_factor: [0.1, 0.2]
    saturation_factor: 0.4
    hue_factor: 0.1
  drained: {type: RandomGrayscale, from: photo, factor: 0.9}
  hue: {type: RandomHue, from: photo, factor: 0.2, dtype: mixed_float16}
  rich: {type: RandomSaturation, from: turned, factor: [0.5, 1], data_format: channels_first}
  blurred: {type: RandomGaussianBlur, from: turned, kernel_size: 5, data_format: channels_first}
  sharp: {type: RandomSharpness, from: grey, factor: 0.7, dtype: float64}
  mixed: {type: AugMix, from: photo, num_chains: 1, chain_depth: 1, interpolation: nearest}
  policy: {type: RandAugment, from: turned, num_ops: 1, data_format: channels_first}
outputs:
"""
NODES = [
    line.split(":")[0].strip()
    for line in GRAPH.splitlines()
    if "{type:" in line or line == "  jittered:"
]


def graph(path):
    outputs = "\n".join(f"  {name}_out: {{from: {name}}}" for name in NODES)
    path.write_text(GRAPH + outputs)
    return lg.load(path)


@pytest.mark.parametrize("training", [True, False])
def test_what_is_declared_is_computed(tmp_path, training):
    described_here = graph(tmp_path / "images.yaml")
    assert len(NODES) == len(ARGUMENTS)
    found = computed(described_here, NODES, images(4, grey=True), training=training)
    assert found == declared(described_here, NODES, batch=4)


def test_they_have_no_weights_and_are_saved(tmp_path):
    described_here = graph(tmp_path / "images.yaml")
    assert_saved_without_weights(described_here, images(2, grey=True), tmp_path / "images.keras")


@pytest.mark.parametrize("name", [name for name in ARGUMENTS if name not in POLICIES])
def test_dtypes(name):
    """We take the dtypes that Keras computes in, where it gives what it declares."""
    dtypes = (*ImageDType.__args__, "int8", None)
    cases = [{"dtype": dtype} if dtype else {} for dtype in dtypes]
    mine = {case.get("dtype"): ours(name, ARGUMENTS[name] | case, IMAGES) for case in cases}
    kerass = {case.get("dtype"): theirs(name, ARGUMENTS[name] | case, IMAGES) for case in cases}
    assert {dtype for dtype in dtypes if mine[dtype] != kerass[dtype]} == {
        dtype for layer, dtype in TAKEN_BY_KERAS_ALONE if layer == name
    }
    assert mine[None] == "float32"


@pytest.mark.parametrize("name", [name for name in ARGUMENTS if name not in POLICIES])
@pytest.mark.parametrize(
    "dims",
    [
        *((BATCH, 5, 4, channels) for channels in (1, 2, 4, None)),
        *((BATCH, None, 4, 3), (5, 4, 3), (5, 4)),
    ],
)
def test_shapes(name, dims):
    """We take the shapes that Keras computes with."""
    images = TensorSpec(dims)
    arguments = ARGUMENTS[name]
    if name == "RandomColorJitter":
        arguments = arguments | {"hue_factor": 0.2}
    assert ours(name, arguments, images) == theirs(name, arguments, images)


def test_policies():
    """`RandAugment` traces all of its layers; `AugMix` draws some, and fails where they do."""
    for dims in ((BATCH, 5, 4, 2), (BATCH, 5, 4, None), (5, 4, 3)):
        images = TensorSpec(dims)
        mine = ours("RandAugment", {}, images)
        assert mine == ours("AugMix", {}, images) == theirs("RandAugment", {"num_ops": 1}, images)
    for dtype in ("float16", "int32"):
        arguments = {"dtype": dtype, "num_ops": 1}
        assert ours("RandAugment", arguments, IMAGES) == theirs("RandAugment", arguments, IMAGES)
        assert ours("AugMix", {"dtype": dtype}, IMAGES) == ours("RandAugment", arguments, IMAGES)


@pytest.mark.parametrize(
    ("name", "arguments", "dims"),
    [
        ("RandomHue", {"factor": 0.1, "dtype": "uint8", "value_range": [0.0, 1.0]}, None),
        (CLAHE, {"tile_grid_size": [11, 1]}, None),
        (CLAHE, {"tile_grid_size": [1, 9]}, None),
        (CLAHE, {"tile_grid_size": [0, 1]}, None),
        (CLAHE, {"tile_grid_size": 2}, None),
        ("RandomColorJitter", {"hue_factor": 0.1} | FIRST, (BATCH, 3, 5, 4)),
        ("RandomColorJitter", {"contrast_factor": 0.1, "dtype": "int32"}, None),
        ("RandomColorJitter", {"saturation_factor": 0.1, "dtype": "int32"}, None),
        ("RandomHue", {"factor": 0.1} | FIRST, (BATCH, 5, 4, 3)),
        ("RandomGrayscale", FIRST, (BATCH, 5, 4, 3)),
        ("RandomGaussianBlur", {"kernel_size": -1}, None),
        ("RandomGaussianBlur", {"kernel_size": 4}, None),
        ("RandomPosterization", {"factor": 4.0}, None),
        ("RandomPosterization", {"factor": 4, "dtype": "uint8", "value_range": [0, 1]}, None),
        ("RandomInvert", {"dtype": "uint8", "value_range": [0.0, 255.0]}, None),
        ("RandomBrightness", {"factor": 0.1, "dtype": "uint8", "value_range": [0.0, 9.0]}, None),
        (
            "RandomColorDegeneration",
            {"factor": 0.1, "dtype": "int16", "value_range": [0.0, 1.0]},
            None,
        ),
        (
            "RandomColorJitter",
            {"brightness_factor": 0.1, "dtype": "int32", "value_range": [0.0, 1.0]},
            None,
        ),
        ("RandomContrast", {"factor": 0.1, "value_range": [0]}, None),
    ],
)
def test_what_both_refuse(name, arguments, dims):
    images = TensorSpec(dims) if dims else IMAGES
    assert ours(name, arguments, images) == theirs(name, arguments, images) == "refused"


@pytest.mark.parametrize(
    ("name", "arguments", "dims"),
    [
        (CLAHE, {"tile_grid_size": [10, 8]}, None),
        (CLAHE, {"tile_grid_size": [6, 8], "clip_limit": 0.0} | FIRST, (BATCH, 2, 3, 4)),
        ("RandomColorJitter", {"hue_factor": 0.1} | FIRST, (BATCH, 4, 5, 3)),
        ("RandomColorJitter", {"contrast_factor": 0.1} | FIRST, (BATCH, 3, 5, 4)),
        ("RandomHue", {"factor": 0.1, "dtype": "uint8", "value_range": [0.0, 2.0]}, None),
        ("RandomBrightness", {"factor": 0.1, "dtype": "uint8", "value_range": [0, 9]}, None),
        ("RandomInvert", {"dtype": "int32", "value_range": [0, 1]}, None),
        ("RandomColorJitter", {"hue_factor": 0.1, "dtype": "int32", "value_range": [0, 1]}, None),
        ("RandomPosterization", {"factor": 4, "dtype": "uint8", "value_range": [0.0, 255.0]}, None),
        ("RandomPosterization", {"factor": [8, 2]}, None),
        ("RandomGaussianBlur", {"kernel_size": [7, 1], "sigma": [0.1, 0.9]}, None),
    ],
)
def test_what_both_take(name, arguments, dims):
    images = TensorSpec(dims) if dims else IMAGES
    assert ours(name, arguments, images) == theirs(name, arguments, images) != "refused"


def test_grey_images_have_the_dtype_of_the_layer():
    """Keras declares uint8, and gives float32 in a graph."""
    photos = TensorSpec((BATCH, 5, 4, 3), "uint8")
    assert ours("RandomGrayscale", {}, photos) == "float32"
    images = keras.Input((5, 4, 3), dtype="uint8")
    greyed = keras.layers.RandomGrayscale()(images)
    assert greyed.dtype == "uint8"
    model = keras.Model(images, greyed)
    assert model.predict(np.zeros((2, 5, 4, 3), "uint8"), verbose=0).dtype == "float32"


def test_a_model_cannot_hold_equalization():
    """Why the catalogue refuses it; when this fails, Keras has mended it."""
    images = keras.Input((5, 4, 3))
    with pytest.raises(ValueError, match="is part of a cycle"):
        keras.Model(images, keras.layers.Equalization()(images))
    assert "Equalization" in LAYERS.refused


def test_arguments_reach_keras():
    layer = LAYERS.find("RandomGaussianBlur").checked(
        {"kernel_size": [3, 5], "sigma": 0.3, "value_range": [0, 1], "seed": 4}
    )
    made = keras_class(type(layer))(**keras_arguments(layer))
    assert (made.kernel_size, made.sigma, made.seed) == ((3, 5), (0, 0.3), 4)
    assert [type(end) for end in made.value_range] == [int, int]
