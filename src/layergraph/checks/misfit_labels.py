"""LG412: labels of one form, and a loss or a metric for the other."""

from __future__ import annotations

from layergraph.diagnostics import Diagnostics, codes
from layergraph.graph.graph import Graph, Output
from layergraph.graph.losses import CATEGORICAL, SPARSE, called, kind_of_loss
from layergraph.graph.target_forms import class_name
from layergraph.objects.catalogs import METRICS

_OF_INTEGERS = frozenset({"SparseCategoricalAccuracy", "SparseTopKCategoricalAccuracy"})
_OF_ROWS = frozenset({"CategoricalAccuracy", "TopKCategoricalAccuracy"})
_FORMS = {SPARSE: "integer", CATEGORICAL: "one_hot"}
_WORDS = {"integer": "numbers of classes", "one_hot": "rows with a single 1"}


def misfit_labels(graph: Graph, diagnostics: Diagnostics) -> None:
    """Report outputs of classes whose `labels`, loss and metrics do not take the same.

    Silent where neither `labels` nor a cross-entropy says what the labels are.
    """
    for name, output in graph.heads.items():
        form = _FORMS.get(kind_of_loss(output) or "")
        if form is None or output.task == "binary":
            continue
        if output.labels is not None and output.labels != form:
            output.warn(
                diagnostics,
                codes.MISFIT_LABELS,
                f"the labels of output `{name}` are {_WORDS[output.labels]}, and its loss, "
                f"{called(output)}, takes {_WORDS[form]}",
                help=f"write `labels: {form}`, or drop `loss`: the task has the one that fits",
            )
            continue
        for metric in _misfits(output, form):
            output.warn(
                diagnostics,
                codes.MISFIT_LABELS,
                f"the loss of output `{name}` takes {_WORDS[form]}, and its metric `{metric}` "
                "does not",
                help="write `accuracy`, which Keras fits to the labels",
            )


def _misfits(output: Output, form: str) -> list[str]:
    wrong = _OF_ROWS if form == "integer" else _OF_INTEGERS
    return [
        metric if isinstance(metric, str) else type(metric).__name__
        for metric in output.metrics
        if class_name(metric, METRICS) in wrong
    ]
