"""LG424: loss weights of which one drowns the rest."""

from __future__ import annotations

from layergraph.diagnostics import Diagnostics, codes
from layergraph.graph.graph import Graph, Output
from layergraph.graph.losses import REGRESSION, kind_of_loss

RATIO = 100


def drowned_loss(graph: Graph, diagnostics: Diagnostics) -> None:
    """Report an output whose loss weighs at least 100 times as much as that of every other one.

    Silent where a light one is a regression, whose loss may be large by itself, unless the heavy
    one is a regression too and its weight at least 100; and on weights of 0, which switch a loss
    off.
    """
    weights = {name: _weight(output) for name, output in graph.heads.items()}
    counted = {name: weight for name, weight in weights.items() if weight}
    if len(counted) < 2:
        return
    heavy = max(counted, key=lambda name: counted[name])
    rest = {name: weight for name, weight in counted.items() if name != heavy}
    if counted[heavy] < RATIO * max(rest.values()):
        return
    output = graph.heads[heavy]
    is_large = kind_of_loss(output) == REGRESSION and counted[heavy] >= RATIO
    if not is_large and any(kind_of_loss(graph.heads[name]) == REGRESSION for name in rest):
        return
    listed = ", ".join(f"`{name}`" for name in list(rest)[:3])
    output.warn(
        diagnostics,
        codes.DROWNED_LOSS,
        f"the loss of output `{heavy}` weighs {counted[heavy] / max(rest.values()):g} times as "
        f"much as that of {listed}, which hardly count",
        help="bring the weights closer together: what counts is weight times loss",
    )


def _weight(output: Output) -> float:
    """What the loss counts for: 0 where it is none."""
    if output.loss is None:
        return 0.0
    return 1.0 if output.loss_weight is None else float(output.loss_weight)
