"""What is known of a model without Keras, held against the Keras model built of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

import keras
import numpy as np


def assert_all_is_known(graph: Any, model: keras.Model) -> None:
    """Every node's shapes, dtypes and weights are Keras', and so are the counts of the whole."""
    assert_nodes_are_known(graph.nodes, model)
    assert graph.count_params() == model.count_params()
    trainable = sum(int(np.prod(w.shape)) for w in model.trainable_weights)
    assert graph.count_params(trainable=True) == trainable


def assert_nodes_are_known(nodes: Mapping[str, Any], model: keras.Model) -> None:
    """The same for the nodes of a model, and of the models inside of it.

    A node that shares a layer is held against its own call of that layer.
    """
    operations = {operation.name: operation for operation in model.operations}
    calls: Counter[str] = Counter()
    for node in nodes.values():
        operation = operations[node.keras_name]
        call = operation._inbound_nodes[calls[node.keras_name]]
        calls[node.keras_name] += 1
        tensors = call.output_tensors
        assert [spec.shape for spec in node.outputs] == [tuple(t.shape) for t in tensors]
        assert [spec.dtype for spec in node.outputs] == [t.dtype for t in tensors]
        weights = operation.weights if isinstance(operation, keras.Layer) else []
        ours = [(weight.shape, weight.trainable) for weight in node.weights.values()]
        assert ours == [(tuple(w.shape), w.trainable) for w in weights]
        paths = [w.path.removeprefix(f"{node.keras_name}/") for w in weights]
        assert list(node.weights) == paths
        if node.inner is not None:
            assert_nodes_are_known(node.inner.nodes, operation)
