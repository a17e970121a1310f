"""Layers that resize, crop, turn, bend and mix images, as Keras computes them.

Keras' declared shapes and dtypes are one thing (`test_layer_calls.py`), what it computes another:
here both are held against what we say.
"""

from typing import get_args

import pytest

import layergraph as lg
from layergraph.layers.catalog import LAYERS
from layergraph.objects.values import DType
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

SIZE = {"height": 3, "width": 2}
ARGUMENTS = {
    "Resizing": SIZE,
    "CenterCrop": SIZE,
    "RandomCrop": SIZE,
    "RandomFlip": {},
    "RandomRotation": {"factor": 0.2},
    "RandomTranslation": {"height_factor": 0.2, "width_factor": [-0.1, 0.3]},
    "RandomZoom": {"height_factor": 0.2},
    "RandomShear": {"x_factor": 0.2},
    "RandomPerspective": {},
    "RandomElasticTransform": {},
    "RandomErasing": {},
    "CutMix": {},
    "MixUp": {},
    "MaxNumBoundingBoxes": {"max_number": 3},
}
DTYPES = [dtype for dtype in get_args(DType) if dtype != "string" and "mixed" not in dtype]
FIRST = {"data_format": "channels_first"}
IMAGES = TensorSpec((BATCH, 5, 4, 3))

GRAPH = """
layergraph: 1
inputs:
  photo: {shape: [9, 8, 3], dtype: uint8}
  turned: {shape: [3, 9, 8]}
layers:
  small: {type: Resizing, from: photo, height: 7, width: 6, dtype: uint8, interpolation: lanczos3}
  padded: {type: Resizing, from: photo, height: 4, width: 6, pad_to_aspect_ratio: true}
  middle: {type: CenterCrop, from: turned, height: 10, width: 3, data_format: channels_first}
  piece: {type: RandomCrop, from: photo, height: 5, width: 5, seed: 1}
  flipped: {type: RandomFlip, from: small, dtype: uint8}
  rotated: {type: RandomRotation, from: turned, factor: [-0.1, 0.2], data_format: channels_first}
  shifted: {type: RandomTranslation, from: photo, height_factor: 0.1, width_factor: 0.2}
  zoomed: {type: RandomZoom, from: photo, height_factor: 0.1, dtype: mixed_float16}
  slanted: {type: RandomShear, from: photo, x_factor: [0, 0.1], fill_mode: wrap, dtype: float64}
  side: {type: RandomPerspective, from: turned, scale: 0.5, data_format: channels_first}
  bent: {type: RandomElasticTransform, from: photo, fill_mode: constant, fill_value: 9}
  blanked: {type: RandomErasing, from: photo, fill_value: [0, 127, 255], value_range: [0, 255]}
  pasted: {type: CutMix, from: turned, data_format: channels_first}
  blended: {type: MixUp, from: photo, alpha: 0.4, dtype: float16}
  boxes: {type: MaxNumBoundingBoxes, from: photo, max_number: 3}
outputs:
"""
NODES = [line.split(":")[0].strip() for line in GRAPH.splitlines() if "type:" in line]


def graph(path):
    outputs = "\n".join(f"  {name}_out: {{from: {name}}}" for name in NODES)
    path.write_text(GRAPH + outputs)
    return lg.load(path)


@pytest.mark.parametrize("training", [True, False])
def test_what_is_declared_is_computed(tmp_path, training):
    """Outside of training `RandomCrop` does not crop, so that its size is that of its input."""
    described_here = graph(tmp_path / "images.yaml")
    expected = declared(described_here, NODES, batch=4)
    if not training:
        expected["piece"] = ((4, 9, 8, 3), expected["piece"][1])
    assert computed(described_here, NODES, images(4), training=training) == expected


def test_they_have_no_weights_and_are_saved(tmp_path):
    described_here = graph(tmp_path / "images.yaml")
    assert_saved_without_weights(described_here, images(2), tmp_path / "images.keras")


@pytest.mark.parametrize("name", ARGUMENTS)
def test_dtypes(name):
    """We take the dtypes that Keras computes in, where it gives what it declares."""
    cases = {dtype: ARGUMENTS[name] | {"dtype": dtype} for dtype in DTYPES}
    mine = {dtype: ours(name, arguments, IMAGES) for dtype, arguments in cases.items()}
    assert mine == {dtype: theirs(name, arguments, IMAGES) for dtype, arguments in cases.items()}


@pytest.mark.parametrize("name", ARGUMENTS)
@pytest.mark.parametrize("dims", [(BATCH, None, 4, 3), (BATCH, 5, 4, None), (5, 4, 3), (5, 4)])
def test_shapes(name, dims):
    """We take the shapes that Keras computes with."""
    images = TensorSpec(dims)
    assert ours(name, ARGUMENTS[name], images) == theirs(name, ARGUMENTS[name], images)


@pytest.mark.parametrize(
    ("name", "arguments", "dims"),
    [
        ("Resizing", SIZE | {"pad_to_aspect_ratio": True, "crop_to_aspect_ratio": True}, None),
        ("Resizing", SIZE | {"pad_to_aspect_ratio": True, "dtype": "uint8"}, None),
        ("Resizing", SIZE | {"fill_mode": "reflect"}, None),
        ("Resizing", SIZE | {"height": 0}, None),
        ("CenterCrop", {"height": 6, "width": 2, "dtype": "float16"}, None),
        ("RandomPerspective", {}, (BATCH, 1, 4, 3)),
        ("RandomElasticTransform", {"fill_mode": "mirror"}, None),
        ("RandomErasing", {"fill_value": [1.0, 2.0]}, None),
        ("RandomErasing", {"fill_value": [1.0, 2.0, 3.0]} | FIRST, (BATCH, 3, 4, 5)),
        ("RandomErasing", {"fill_value": [1.0, 2.0, 3.0]}, (BATCH, 5, 4, 1)),
    ],
)
def test_what_both_refuse(name, arguments, dims):
    images = TensorSpec(dims) if dims else IMAGES
    assert ours(name, arguments, images) == theirs(name, arguments, images) == "refused"


@pytest.mark.parametrize(
    ("name", "arguments", "dims"),
    [
        ("Resizing", SIZE | {"pad_to_aspect_ratio": True, "dtype": "uint8", "fill_value": 7}, None),
        ("CenterCrop", {"height": 6, "width": 2}, None),
        ("RandomErasing", {"fill_value": [1.0, 2.0, 3.0]} | FIRST, (BATCH, 4, 5, 3)),
        ("RandomErasing", {"fill_value": [1.0, 2.0, 3.0]}, (BATCH, 5, 4, None)),
        ("CutMix", {}, (5, None, 3)),
    ],
)
def test_what_both_take(name, arguments, dims):
    images = TensorSpec(dims) if dims else IMAGES
    assert ours(name, arguments, images) == theirs(name, arguments, images) != "refused"


def test_arguments_reach_keras():
    layer = LAYERS.find("RandomErasing").checked({"fill_value": [1, 2, 3], "scale": 0.3, "seed": 4})
    made = keras_class(type(layer))(**keras_arguments(layer))
    assert (made.fill_value, made.scale, made.seed) == ((1.0, 2.0, 3.0), (0, 0.3), 4)
