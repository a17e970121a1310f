"""LG428: far more parameters than the stated number of samples can carry."""

from __future__ import annotations

from math import prod

from layergraph.diagnostics import Diagnostics, Span, codes
from layergraph.graph.graph import Graph, Output
from layergraph.graph.losses import CATEGORICAL, SPARSE, kind_of_loss

RATIO = 100


def overparametrised(graph: Graph, diagnostics: Diagnostics) -> None:
    """Report models with over 100 parameters to train for each target of `training.samples`.

    An image of classes or a reconstruction counts a target for each of its places. Silent where the
    file does not say how many samples there are, or where the number of targets is not known.
    """
    samples = graph.training.samples
    trained = [output for output in graph.heads.values() if output.loss is not None]
    if samples is None or not trained or not graph.knows_weights:
        return
    targets = [_targets(output) for output in trained]
    if None in targets:
        return
    known = samples * sum(count for count in targets if count is not None)
    parameters = graph.count_params(trainable=True)
    if parameters <= RATIO * known:
        return
    diagnostics.report(
        codes.OVERPARAMETRISED,
        f"{parameters:,} parameters are to be learnt from {samples:,} samples: "
        f"{parameters // samples:,} for each",
        graph.samples_at or Span.whole(graph.source),
        path=("training", "samples"),
        help="make the layers smaller, gather more samples, or freeze (`trainable: false`) layers "
        "whose weights are trained already",
    )


def _targets(output: Output) -> int | None:
    """The numbers that one sample has to learn from; of classes, one for all of them."""
    dims = output.spec.dims[1:-1]
    sizes = [size for size in dims if isinstance(size, int)]
    if len(sizes) < len(dims):
        return None
    last = 1 if kind_of_loss(output) in (CATEGORICAL, SPARSE) else output.spec.last_dim
    return prod(sizes) * last if isinstance(last, int) else None
