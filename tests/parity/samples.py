"""Random data that fits a model's inputs and outputs."""

from __future__ import annotations

from typing import Any

import numpy as np

LENGTH = 300  # long enough for every window of the gallery's models


def sample_inputs(graph: Any, batch: int = 3, seed: int = 0) -> dict[str, Any]:
    """An array for each input of a graph, by name."""
    random = np.random.default_rng(seed)
    arrays = {}
    for name, spec in graph.inputs.items():
        shape = (
            spec.shape[0] or batch,
            *(LENGTH if size is None else size for size in spec.shape[1:]),
        )
        if spec.dtype == "string":
            arrays[name] = random.choice(["acorn", "cedar", "elm", "fir"], size=shape)
        elif spec.dtype.startswith(("int", "uint")):
            arrays[name] = random.integers(0, 200, size=shape).astype(spec.dtype)
        else:
            arrays[name] = random.normal(size=shape).astype(spec.dtype)
    return arrays


def learn_words(model: Any, inputs: dict[str, Any]) -> bool:
    """Give a vocabulary to the lookups of inputs whose file leaves it to the training data.

    Returns:
        Whether there are any.
    """
    import keras

    found = [
        layer
        for layer in model.layers
        if isinstance(layer, keras.layers.StringLookup) and not layer.input_vocabulary
    ]
    for layer in found:
        layer.adapt(inputs[layer.input.name])
    return bool(found)
