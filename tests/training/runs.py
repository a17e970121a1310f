"""Graphs, data and runs of the tests of training."""

from __future__ import annotations

from pathlib import Path

import numpy as np

import layergraph as lg


def graph_of(folder: Path, text: str, **params):
    path = folder / "graph.yaml"
    path.write_text("layergraph: 1\n" + text)
    return lg.load(path, params=params or None)


def numbers(rows: int, size: int = 4, seed: int = 0) -> dict[str, np.ndarray]:
    """Something to learn: `y` is linear in `x`, `c` one of three classes that it decides."""
    random = np.random.default_rng(seed)
    x = random.normal(size=(rows, size)).astype("float32")
    y = x @ np.arange(1, size + 1, dtype="float32") + random.normal(size=rows, scale=0.1)
    c = np.digitize(y, [-2, 2])
    return {"x": x, "y": y.astype("float32"), "c": c.astype("int32")}


def weights_of(run) -> list[np.ndarray]:
    return run.model().get_weights()


def same_weights(run, other) -> bool:
    return all(
        np.array_equal(one, two)
        for one, two in zip(weights_of(run), weights_of(other), strict=True)
    )
