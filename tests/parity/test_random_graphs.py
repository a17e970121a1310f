"""Whole graphs at random, against the models that Keras builds of them.

`LAYERGRAPH_EXAMPLES=800 HYPOTHESIS_PROFILE=long pytest tests/parity/test_random_graphs.py` draws
others, 1,000 in all: a fifth of them are run too.
"""

from __future__ import annotations

import os
from collections import Counter
from math import prod

import keras
import numpy as np
import pytest
from hypothesis import given, settings
from keras.src.backend import get_keras_mask  # public nowhere

import layergraph as lg
from layergraph.graph.graph import owners
from layergraph.ops.base import Op
from layergraph.pipeline import validate
from tests.property.random_graphs import TOKENS, graphs, text_of

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore:.*does not support masking.*"),
    # A softmax over one number is no good model, and computes.
    pytest.mark.filterwarnings(r"ignore:[\s\S]*softmax over axis"),
]

EXAMPLES = int(os.environ.get("LAYERGRAPH_EXAMPLES", "140"))
LENGTH = 7
"""What stands for an unknown size in data."""


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    return tmp_path_factory.mktemp("drawn") / "drawn.yaml"


def test_graphs_are_as_inferred(file):
    @settings(max_examples=EXAMPLES)
    @given(drawn=graphs())
    def are_built(drawn):
        built(file, drawn)

    are_built()


def test_graphs_compute_what_is_inferred(file):
    @settings(max_examples=EXAMPLES // 4)
    @given(drawn=graphs(whole=True))
    def are_run(drawn):
        graph, model = built(file, drawn)
        check_values(graph, model(data_for(graph)))

    are_run()


def built(file, drawn):
    """The graph and its model, once they were found to agree."""
    file.write_text(text_of(drawn), encoding="utf-8")
    report = validate(file)
    assert not report.errors, f"{report.errors}\n{text_of(drawn)}"
    graph = report.graph
    model = lg.compile(graph)
    check_tensors(graph, model)
    check_weights(graph, model)
    return graph, model


def check_tensors(graph, model):
    """Names, and the shapes and dtypes of what every node gives, call by call."""
    operations = {operation.name: operation for operation in model.operations}
    # Keras' symbolic call of a model drops the masks that its real call hands on.
    has_masks = not any(node.inner for node in graph.nodes.values())
    calls = Counter()
    for node in graph.nodes.values():
        if node.path not in graph.in_model:
            continue
        operation = operations[node.keras_name]
        call = operation._inbound_nodes[calls[node.keras_name]]
        calls[node.keras_name] += 1
        ours = [(spec.shape, spec.dtype) for spec in node.outputs]
        tensors = keras.tree.flatten(call.output_tensors)
        theirs = [(tuple(tensor.shape), tensor.dtype) for tensor in tensors]
        assert ours == theirs, f"{node.path}: {node.type} {node.args}"
        if has_masks:
            ours = [mask and mask.shape for mask in graph.masks[node.path].outputs]
            masks = [get_keras_mask(tensor) for tensor in tensors]
            theirs = [None if mask is None else tuple(mask.shape) for mask in masks]
            assert ours == theirs, f"masks of {node.path}: {node.type} {node.args}"
    assert list(model.input) == list(graph.inputs)
    assert list(model.output) == list(graph.outputs)


def check_weights(graph, model):
    """The variables of every layer, and how many numbers they hold."""
    trained = {id(variable) for variable in model.trainable_variables}
    for node in owners(n for n in graph.nodes.values() if n.path in graph.in_model):
        if node.input is not None or isinstance(node.layer, Op):
            continue
        ours = [(path, w.shape, w.trainable) for path, w in node.weights.items()]
        theirs = [
            (w.path.removeprefix(f"{node.keras_name}/"), tuple(w.shape), id(w) in trained)
            for w in model.get_layer(node.keras_name).weights
        ]
        if node.inner is not None:  # in Keras' own order
            ours, theirs = sorted(ours), sorted(theirs)
        assert ours == theirs, f"{node.path}: {node.type} {node.args}"
    assert graph.count_params() == model.count_params()
    assert graph.count_params(trainable=True) == count(model.trainable_weights)
    assert graph.count_params(trainable=False) == count(model.non_trainable_weights)


def count(weights):
    return sum(prod(weight.shape) for weight in weights)


def data_for(graph):
    """An array for each input, whose unknown sizes are one and the same number."""
    random = np.random.default_rng(0)
    found = {}
    for name, spec in graph.inputs.items():
        shape = [LENGTH if size is None else size for size in (2, *spec.shape[1:])]
        is_float = spec.dtype == "float32"
        found[name] = random.normal(size=shape) if is_float else random.integers(TOKENS, size=shape)
        found[name] = found[name].astype(spec.dtype)
    return found


def check_values(graph, values):
    for name, spec in graph.outputs.items():
        assert keras.backend.standardize_dtype(values[name].dtype) == spec.dtype, name
        assert len(values[name].shape) == spec.rank, name
        for size, declared in zip(values[name].shape[1:], spec.shape[1:], strict=True):
            assert declared in (None, size), f"{name}: {values[name].shape}, not {spec}"
