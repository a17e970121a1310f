"""Every valid file of the corpus: what we know of it is what Keras builds, and it is served."""

from __future__ import annotations

from pathlib import Path

import keras
import numpy as np
import pytest

import layergraph as lg
from tests.parity.samples import sample_inputs

CORPUS = sorted(Path("tests/corpus/valid").glob("*.yaml"))


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.stem)
def test_it_compiles_as_inferred_and_is_served(path, tmp_path):
    import tensorflow as tf

    graph = lg.load(path)
    model = lg.compile(graph, seed=4)
    operations = {operation.name: operation for operation in model.operations}
    for node in graph.nodes.values():
        if node.path in graph.in_model:
            tensors = keras.tree.flatten(operations[node.keras_name].output)
            assert [spec.shape for spec in node.outputs] == [tuple(t.shape) for t in tensors]
            assert [spec.dtype for spec in node.outputs] == [t.dtype for t in tensors]
    assert graph.count_params() == model.count_params()
    assert set(model.output) == set(graph.outputs)
    inputs = {name: tf.constant(array) for name, array in sample_inputs(graph).items()}
    out = lg.export(graph, tmp_path / "model", seed=4)
    loaded = tf.saved_model.load(str(out))
    served = loaded.signatures["serving_default"](**inputs)
    expected = model(inputs)
    assert set(served) == set(expected)
    for name, values in expected.items():
        if values.dtype == tf.string:
            assert np.array_equal(served[name], values)
        else:
            np.testing.assert_allclose(served[name], values, rtol=1e-5, atol=1e-6)
