"""The stages in order: the path of a graph file → a `Report`."""

from __future__ import annotations

from os import PathLike
from pathlib import Path
from typing import NamedTuple

from layergraph.checks import CHECKS
from layergraph.diagnostics import Diagnostic, Diagnostics, GraphError, Severity
from layergraph.diagnostics.repetitions import one_for_each_mistake
from layergraph.expand.expansion import expand
from layergraph.graph.building import build_graph
from layergraph.graph.graph import Graph
from layergraph.spec.reading import read_spec
from layergraph.syntax.limits import DEFAULT, Limits
from layergraph.syntax.reader import read_file


class Report(NamedTuple):
    """What is to be said of a graph file; `graph` is None where it has errors."""

    graph: Graph | None
    diagnostics: tuple[Diagnostic, ...]

    @property
    def ok(self) -> bool:
        """Whether the file is free of errors."""
        return not self.errors

    @property
    def errors(self) -> tuple[Diagnostic, ...]:
        """The diagnostics that stop the graph from compiling."""
        return tuple(d for d in self.diagnostics if d.severity is Severity.ERROR)


def validate(path: str | PathLike[str], *, limits: Limits = DEFAULT) -> Report:
    """Check a graph file: syntax, schema, graph, shapes, lints. Keras is not needed.

    Args:
        path: the graph file.
        limits: how large a file may be.

    Returns:
        The report, with the graph where the file is free of errors.
    """
    diagnostics = Diagnostics()
    graph = _graph(Path(path), diagnostics, limits)
    return Report(graph, one_for_each_mistake(diagnostics))


def load(path: str | PathLike[str], *, limits: Limits = DEFAULT) -> Graph:
    """Read a graph file.

    Args:
        path: the graph file.
        limits: how large a file may be.

    Raises:
        GraphError: where the file has errors, with all of them.
    """
    report = validate(path, limits=limits)
    if report.graph is None:
        raise GraphError(report.diagnostics)
    return report.graph


def _graph(path: Path, diagnostics: Diagnostics, limits: Limits) -> Graph | None:
    tree = read_file(path, diagnostics, limits)
    if tree is None:
        return None
    spec = read_spec(tree, diagnostics)
    if spec is None:
        return None
    graph = build_graph(expand(spec, diagnostics), diagnostics)
    if graph is not None:
        for check in CHECKS:
            check(graph, diagnostics)
    return graph
