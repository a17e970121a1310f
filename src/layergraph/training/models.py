"""A graph → the model that is trained: seeded, in its precision, on its devices."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

from layergraph.graph.graph import Graph
from layergraph.targets.custom import Imported
from layergraph.targets.keras_model import build_model, compile_model, measured_part
from layergraph.training.adaptation import adapt, adaptable_layers, transfer
from layergraph.training.devices import scope

if TYPE_CHECKING:
    import keras
    import numpy as np

    from layergraph.training.sources import Source

FULL = "float32"


class Models(NamedTuple):
    """The model of a graph, and the part of it that is fitted: with the outputs that are measured.

    They have the same layers; the part is compiled.
    """

    whole: keras.Model
    fitted: keras.Model


def models_to_train(
    graph: Graph,
    own: Imported,
    source: Source,
    rows: np.ndarray,
    *,
    seed: int,
    gaps: Collection[str],
    strategy: Any = None,
) -> Models:
    """A model whose layers that learn from data first have done so.

    Args:
        graph: the graph.
        own: what was imported of the user's own.
        source: the data.
        rows: the rows of the training split: no other is looked at.
        seed: what Python's, NumPy's and TensorFlow's generators begin with.
        gaps: the outputs of which targets are missing.
        strategy: how the model is spread over devices, if it is.
    """
    import keras

    keras.utils.set_random_seed(seed)
    with _precision(graph.training.precision), scope(strategy):
        model = build_model(graph, own, full_heads=graph.training.precision != FULL)
    adapt(model, adaptable_layers(graph), source, rows)
    with scope(strategy):
        fitted = measured_part(model, graph)
        compile_model(fitted, graph, own, gaps=gaps)
        fitted.optimizer.build(fitted.trainable_variables)
    return Models(model, fitted)


def model_to_serve(
    models: Models, graph: Graph, own: Imported, gaps: Collection[str], strategy: Any
) -> keras.Model:
    """The trained model, compiled, in full precision and on no device in particular."""
    if strategy is None and graph.training.precision == FULL:
        if models.whole is models.fitted:
            return models.whole
        model = models.whole
    else:
        model = build_model(graph, own)
        transfer(adaptable_layers(graph), models.whole, model)
    compile_model(model, graph, own, gaps=gaps)
    return model


@contextmanager
def _precision(policy: str) -> Iterator[None]:
    """Let layers compute by a dtype policy, but for those that name one."""
    import keras

    before = keras.config.dtype_policy()
    keras.config.set_dtype_policy(policy)
    try:
        yield
    finally:
        keras.config.set_dtype_policy(before)
