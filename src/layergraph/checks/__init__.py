"""Lints: what is no error, and yet wrong. One file each, in one of two tuples.

A lint is the function of its file's name. Its docstring says when it keeps silent: a false alarm is
worse than a miss. Its file is loaded where a graph has what it looks for.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any, NamedTuple

from layergraph.diagnostics import Diagnostics
from layergraph.expand.files import LoadedFile
from layergraph.graph.graph import Graph


class Check(NamedTuple):
    """A lint by its name.

    `types` are beginnings of types of which a graph has one where there is something to find; any
    graph may have what a lint without them looks for.
    """

    name: str
    types: tuple[str, ...] = ()

    def load(self) -> Callable[[Any, Diagnostics], None]:
        """The function, which takes what it looks at and where it reports."""
        found: Callable[[Any, Diagnostics], None] = getattr(
            import_module(f"{__name__}.{self.name}"), self.name
        )
        return found


_SPATIAL = ("Conv", "Depthwise", "Separable", "MaxPooling", "AveragePooling")
_SUMS = ("Add", "Subtract", "Average", "ops.add", "ops.subtract")

CHECKS = (
    Check("unused_node"),
    Check("activated_regression"),
    Check("wide_regression"),
    Check("regression_on_softmax"),
    Check("accuracy_of_regression"),
    Check("odd_binary"),
    Check("softmax_of_one"),
    Check("softmax_with_binary_loss"),
    Check("sigmoid_with_categorical_loss"),
    Check("loss_without_probabilities"),
    Check("logits_of_probabilities"),
    Check("misfit_labels"),
    Check("information_bottleneck"),
    Check("wide_embedding", ("Embedding",)),
    Check("unscaled_input", ("Dense",)),
    Check("idle_bias", ("BatchNormalization",)),
    Check("stacked_linear", ("Dense", "Conv")),
    Check("dropped_output", ("Dropout", "AlphaDropout", "GaussianDropout", "SpatialDropout")),
    Check("merge_of_one", ("Add", "Multiply", "Average", "Maximum", "Minimum", "Concatenate")),
    Check("broadcast_residual", _SUMS),
    Check("lost_mask", ("Embedding", "Masking")),
    Check("unseen_pixels", _SPATIAL),
    Check("untrained_output"),
    Check("drowned_loss"),
    Check("overparametrised"),
)
"""Those that look at a graph."""

FILE_CHECKS = (Check("unused_param"), Check("unused_block"), Check("unused_import"))
"""Those that look at a file, which may be one of blocks."""


def check_graph(graph: Graph, diagnostics: Diagnostics) -> None:
    """Report what is hardly meant in a graph."""
    types = {step.type for step in graph.flow.steps.values()}
    for check in CHECKS:
        if not check.types or any(kind.startswith(check.types) for kind in types):
            check.load()(graph, diagnostics)


def check_file(file: LoadedFile, diagnostics: Diagnostics) -> None:
    """Report what a file declares and does not use."""
    spec = file.spec
    if spec.params or spec.blocks or spec.imports:
        for check in FILE_CHECKS:
            check.load()(file, diagnostics)
