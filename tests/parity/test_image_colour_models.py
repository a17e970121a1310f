"""Layers that change the values, colours and sharpness of images, as Keras computes them.

Keras' declared shapes and dtypes are one thing (`test_layer_calls.py`), what it computes another:
here both are held against what we say.
"""

import keras
import numpy as np
import pytest
import tensorflow as tf
from pydantic import ValidationError

import layergraph as lg
from layergraph.layers.base import Layer
from layergraph.layers.catalog import LAYERS
from layergraph.layers.image_base import ImageDType
from layergraph.targets.keras_objects import keras_arguments, keras_class
from layergraph.tensors import BATCH, ShapeError, TensorSpec
from tests.parity.against_keras import described

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


def given(count):
    random = np.random.default_rng(0)
    photos = random.integers(0, 256, size=(count, 9, 8, 3), dtype="uint8")
    return {
        "photo": photos,
        "turned": photos.transpose(0, 3, 1, 2).astype("float32"),
        "grey": photos[..., :1].astype("float16"),
    }


@pytest.mark.parametrize("training", [True, False])
def test_what_is_declared_is_computed(tmp_path, training):
    described_here = graph(tmp_path / "images.yaml")
    model = lg.compile(described_here)
    # The layers themselves: an `Identity` that gives an output its name computes in float32.
    probed = keras.Model(model.inputs, {name: model.get_layer(name).output for name in NODES})
    step = tf.function(lambda tensors: probed(tensors, training=training))
    traced = step.get_concrete_function(
        {name: tf.TensorSpec((None, *x.shape[1:]), x.dtype) for name, x in given(2).items()}
    )
    computed = traced({name: tf.constant(x) for name, x in given(4).items()})
    assert len(NODES) == len(ARGUMENTS)
    for name in NODES:
        (declared,) = described_here.nodes[name].outputs
        found = computed[name]
        assert (tuple(found.shape), found.dtype.name) == ((4, *declared.shape[1:]), declared.dtype)


def test_they_have_no_weights_and_are_saved(tmp_path):
    described_here = graph(tmp_path / "images.yaml")
    model = lg.compile(described_here)
    assert described_here.count_params() == model.count_params() == 0
    model.save(tmp_path / "images.keras")
    again = keras.models.load_model(tmp_path / "images.keras")
    first, second = model.predict(given(2), verbose=0), again.predict(given(2), verbose=0)
    for name, values in first.items():
        np.testing.assert_array_equal(values, second[name])


def ours(name, arguments, images):
    try:
        layer = described(name).model_validate(arguments)
        assert isinstance(layer, Layer)
        return layer.infer(images).dtype
    except (ValidationError, ShapeError):
        return "refused"


def theirs(name, arguments, images):
    """The dtype that Keras computes in training, or that it refuses; unknown sizes become 3."""
    shape = [2, *images.shape[1:]] if images.dims[0] == BATCH else images.shape
    values = np.random.default_rng(0).integers(0, 256, [size or 3 for size in shape])
    try:
        layer = keras_class(described(name))(**arguments)
        symbolic = layer(keras.KerasTensor(images.shape, images.dtype))
        step = tf.function(
            lambda x: layer(x, training=True),
            input_signature=[tf.TensorSpec(images.shape, images.dtype)],
        )
        found = step(tf.cast(values, images.dtype))
    except Exception:  # noqa: BLE001  TensorFlow refuses in many ways
        return "refused"
    return found.dtype.name if found.dtype.name == symbolic.dtype else "refused"


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
