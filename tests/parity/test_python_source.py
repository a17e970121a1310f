"""A graph → Python → executed → the same model.

`LAYERGRAPH_EXAMPLES=300 pytest tests/parity/test_python_source.py` takes all files, and draws 300
graphs.
"""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings

import layergraph as lg
from tests.parity.python_modules import CORPUS, GALLERY, assert_same_model, module_of
from tests.parity.samples import sample_inputs
from tests.property.random_graphs import graphs, text_of

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore:.*does not support masking.*"),
    # A softmax over one number is no good model, and computes.
    pytest.mark.filterwarnings(r"ignore:[\s\S]*softmax over axis"),
]

EXAMPLES = int(os.environ.get("LAYERGRAPH_EXAMPLES", "5"))
FILES = [*GALLERY, *CORPUS]
IN_SHORT = FILES[::6]
"""Every sixth file, where there is not the time for all of them."""


@pytest.mark.parametrize("path", FILES if EXAMPLES > 5 else IN_SHORT, ids=lambda path: path.stem)
def test_it_builds_the_same_model(path):
    assert_same_model(lg.load(path))


PARAMS = {
    "unet": {"size": 16, "filters": 2, "classes": 3},
    "aspp": {"size": 32, "filters": 4, "rates": [1, 2]},
    "transformer": {"depth": 1, "width": 8, "heads": 2, "target_vocabulary": 50},
    "two_tower": {"vector": 4, "users": 30},
    "resnet50": {"size": 32, "depths": [1, 2, 1, 1], "classes": 3},
    "efficientnet_b0": {"size": 33, "imagenet": True},
}
IN_SHORT_PARAMS = ("unet", "transformer", "two_tower")


@pytest.mark.parametrize("name", PARAMS if EXAMPLES > 5 else IN_SHORT_PARAMS)
def test_params_are_arguments(name):
    path = Path("graphs") / f"{name}.yaml"
    module = module_of(lg.load(path))
    assert_same_model(lg.load(path, params=PARAMS[name]), module, **PARAMS[name])


def test_what_is_set_is_the_default():
    params = {"size": 16, "filters": 2}
    graph = lg.load("graphs/unet.yaml", params=params)
    assert_same_model(graph)


CLASH = """
layergraph: 1
inputs: {words: {shape: [null], dtype: int32}}
layers:
  not_equal: {type: Embedding, from: words, input_dim: 10, output_dim: 4, mask_zero: true}
  other: {type: Embedding, from: words, input_dim: 10, output_dim: 4, mask_zero: true}
  logical_or: {type: Add, from: [not_equal, other]}
  not_equal_1: {type: LSTM, from: logical_or, units: 3}
outputs: {any: {from: not_equal_1, task: binary}}
"""


def test_layers_named_as_keras_names_what_masks_need(tmp_path):
    (tmp_path / "clash.yaml").write_text(CLASH)
    graph = lg.load(tmp_path / "clash.yaml")
    model = module_of(graph)["build"]()
    names = {node.keras_name for node in graph.nodes.values()}
    assert names <= {layer.name for layer in model.layers}


ONE_PART = """
layergraph: 1
inputs: {x: {shape: [4, 3]}}
layers:
  whole: {type: ops.split, from: x, indices_or_sections: 1, axis: 1}
  dense: {type: Dense, from: whole, units: 2}
outputs: {y: {from: dense}}
"""


def test_a_list_of_one_tensor(tmp_path):
    (tmp_path / "one.yaml").write_text(ONE_PART)
    assert_same_model(lg.load(tmp_path / "one.yaml"))


def test_equal_weights_give_equal_outputs():
    graph = lg.load("graphs/unet.yaml", params={"size": 16, "filters": 2})
    found, wanted = assert_same_model(graph)
    found.set_weights(wanted.get_weights())
    data = sample_inputs(graph)
    for name, values in wanted(data).items():
        np.testing.assert_array_equal(found(data)[name], values)


def test_graphs_at_random(tmp_path):
    @settings(max_examples=EXAMPLES)
    @given(drawn=graphs())
    def are_the_same(drawn):
        (tmp_path / "drawn.yaml").write_text(text_of(drawn), encoding="utf-8")
        assert_same_model(lg.load(tmp_path / "drawn.yaml"))

    are_the_same()
