"""Params without a value: their example is for looking at a graph alone."""

from __future__ import annotations

from layergraph.diagnostics import Diagnostics, GraphError, codes
from layergraph.graph.graph import Graph


def check_params(graph: Graph) -> None:
    """Refuse a graph in which examples stand for params.

    Raises:
        GraphError: missing-param.
    """
    diagnostics = Diagnostics()
    for name, span in graph.examples.items():
        diagnostics.report(
            codes.MISSING_PARAM,
            f"param `{name}` has no value: its `example` is for looking at the file alone",
            span,
            path=("params", name),
            help=f"set it with `--set {name}=…`, `params={{{name!r}: …}}` in Python",
        )
    if diagnostics.has_errors:
        raise GraphError(tuple(diagnostics))
