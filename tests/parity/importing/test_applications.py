"""The models of `keras.applications` as graph files: the same layers, calls and weights again.

One of each family, and with `LAYERGRAPH_EXAMPLES` set all of them. Most are built without values
in their weights, which takes neither time nor memory; what two of them compute is compared too, and
with `LAYERGRAPH_EXAMPLES` set what all do.
"""

from __future__ import annotations

import os
import runpy
from pathlib import Path

import keras
import numpy as np
import pytest

from tests.parity.importing.round_trip import (
    assert_same_model,
    assert_same_outputs,
    compiled,
    imported,
)

pytestmark = pytest.mark.slow

EVERY = [name for name in dir(keras.applications) if name[0].isupper()]
ONE_OF_EACH = (
    *("ConvNeXtTiny", "DenseNet121", "EfficientNetV2B0", "InceptionV3", "MobileNetV2"),
    *("MobileNetV3Small", "ResNet50", "VGG16", "Xception"),
)
SMALL = ("MobileNetV2", "MobileNetV3Small")
SMALLEST = {"InceptionResNetV2": 75, "InceptionV3": 75, "Xception": 71}
"""The sizes of images that these ask for at least; the others take 32."""

DOCS = Path(__file__).parents[3] / "docs"
PAGE = runpy.run_path(str(DOCS / "generate_applications.py"))
IS_LONG = "LAYERGRAPH_EXAMPLES" in os.environ


def test_there_are_forty():
    assert len(EVERY) == 40


@pytest.mark.parametrize("name", EVERY if IS_LONG else ONE_OF_EACH)
def test_it_is_the_same_model(name):
    keras.utils.clear_session()
    with keras.StatelessScope():
        model = getattr(keras.applications, name)(weights=None)
        graph = imported(model)
        assert_same_model(model, compiled(graph, "keras"))
        found = PAGE["row"](name, model, graph.source.text)
    assert found.share < 0.1
    assert f"\n{found}\n" in (DOCS / "applications.md").read_text(encoding="utf-8"), (
        "run `python docs/generate_applications.py`"
    )


@pytest.mark.parametrize("name", EVERY if IS_LONG else SMALL)
def test_it_computes_the_same(name):
    keras.utils.clear_session()
    size = SMALLEST.get(name, 32)
    model = getattr(keras.applications, name)(weights=None, input_shape=(size, size, 3))
    images = np.random.default_rng(0).uniform(0, 255, size=(2, size, size, 3)).astype("float32")
    assert_same_outputs(model, compiled(imported(model), "keras"), images)
