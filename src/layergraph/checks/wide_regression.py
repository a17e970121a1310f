"""LG403: a regression gives more numbers than it has to predict."""

from __future__ import annotations

from layergraph.diagnostics import Diagnostics, codes
from layergraph.graph.graph import Graph


def wide_regression(graph: Graph, diagnostics: Diagnostics) -> None:
    """Report outputs of `task: regression` whose own head gives several numbers a sample.

    Silent where `units` stands beside the task without a `type`, which says how many there are to
    predict; where `columns` does; where there is a number for each place of an image or a
    sequence; and where there are as many as an input has, which the model then reconstructs.
    """
    sizes = {spec.last_dim for spec in graph.inputs.values() if spec.rank == 2}
    for name, output in graph.heads.items():
        spec = output.spec
        if output.task != "regression" or output.has_task_head or len(output.columns) > 1:
            continue
        if (
            spec.rank != 2
            or not isinstance(spec.last_dim, int)
            or spec.last_dim == 1
            or spec.last_dim in sizes
        ):
            continue
        output.warn(
            diagnostics,
            codes.WIDE_REGRESSION,
            f"output `{name}` is a regression of one number, and its head gives {spec.last_dim}",
            help=f"set `units: 1`; where there are {spec.last_dim} to predict, drop `type` and "
            f"write `units: {spec.last_dim}`, or name their `columns`",
        )
