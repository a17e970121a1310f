"""The stages in order: the path of a graph file → a `Report`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from os import PathLike
from pathlib import Path
from typing import Any, NamedTuple

from layergraph.checks import check_file, check_graph
from layergraph.diagnostics import (
    Diagnostic,
    Diagnostics,
    GraphError,
    Severity,
    Source,
    Span,
    codes,
)
from layergraph.diagnostics.nearest import bounded_search
from layergraph.diagnostics.repetitions import one_for_each_mistake
from layergraph.diagnostics.selection import Selection
from layergraph.expand.expansion import expand
from layergraph.expand.files import Files
from layergraph.expand.params import plain_params
from layergraph.graph.building import build_graph
from layergraph.graph.graph import Graph
from layergraph.spec.reading import read_spec
from layergraph.syntax.limits import DEFAULT, Limits
from layergraph.syntax.reader import NOTHING_UNSAVED, Contents, parse, read_file
from layergraph.syntax.tree import Tree


class Report(NamedTuple):
    """What is to be said of a file; `graph` is None where it has errors, or holds blocks alone."""

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


def validate(
    path: str | PathLike[str],
    *,
    params: Mapping[str, Any] | None = None,
    limits: Limits = DEFAULT,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    shown_as: str | None = None,
    unsaved: Contents = NOTHING_UNSAVED,
) -> Report:
    """Check a graph file: syntax, schema, graph, shapes, lints. Keras is not needed.

    Args:
        path: the graph file, or a file of blocks.
        params: values for the file's params, by name.
        limits: how large a file may be, and what it may expand to.
        select: the warnings that are wanted, as codes, beginnings of codes or names; without any,
            all are.
        ignore: the warnings that are not wanted, written likewise.
        shown_as: what messages call the file; its path without it.
        unsaved: contents of files, by their resolved paths, that are read instead of what is on the
            disk, as an editor has them.

    Returns:
        The report, with the graph where the file is one and free of errors.

    Raises:
        TypeError: where a param's value is none that a file could hold.
        ValueError: where it holds a number that is not finite, or is too deep; or where `select` or
            `ignore` names no warning.
    """
    given = plain_params(params, limits.depth)
    selection = Selection.of(select, ignore)
    diagnostics = Diagnostics()
    tree = read_file(path, diagnostics, limits, shown_as, unsaved)
    graph = None
    if tree is not None:
        files = Files(Path(path), diagnostics, limits, unsaved)
        with bounded_search():
            graph = _graph(tree, files, given, diagnostics, limits)
    found = _without_ignored(
        one_for_each_mistake(diagnostics),
        tree.span.source if tree is not None else None,
        is_checked=graph is not None,
    )
    return Report(graph, tuple(d for d in found if selection.wants(d.code)))


def validate_text(source: Source, *, limits: Limits = DEFAULT) -> Report:
    """Check the text of a graph file that is no file yet, and imports none.

    Args:
        source: the text.
        limits: how large it may be, and what it may expand to.

    Returns:
        The report, with the graph where the text is that of one and free of errors.
    """
    diagnostics = Diagnostics()
    tree = parse(source, diagnostics, limits)
    graph = None
    if tree is not None:
        files = Files(Path(source.name), diagnostics, limits)
        graph = _graph(tree, files, {}, diagnostics, limits)
    return Report(graph, one_for_each_mistake(diagnostics))


def load(
    path: str | PathLike[str],
    *,
    params: Mapping[str, Any] | None = None,
    limits: Limits = DEFAULT,
    shown_as: str | None = None,
) -> Graph:
    """Read a graph file.

    Args:
        path: the graph file.
        params: values for the file's params, by name.
        limits: how large a file may be, and what it may expand to.
        shown_as: what messages call the file; its path without it.

    Raises:
        GraphError: where the file has errors, with all of them, or holds blocks alone.
        TypeError: where a param's value is none that a file could hold.
        ValueError: where it holds a number that is not finite, or is too deep.
    """
    report = validate(path, params=params, limits=limits, shown_as=shown_as)
    if report.graph is None:
        name = str(path) if shown_as is None else shown_as
        raise GraphError(report.diagnostics if not report.ok else _no_graph(name))
    return report.graph


def _without_ignored(
    found: tuple[Diagnostic, ...], own: Source | None, *, is_checked: bool
) -> tuple[Diagnostic, ...]:
    """What comments leave of the diagnostics, where there are comments that may speak to us."""
    sources = {diagnostic.span.source for diagnostic in found} | ({own} if own else set())
    if not any(source.text.count("layergraph:") > 1 for source in sources):
        return found
    from layergraph.syntax.ignores import without_ignored

    return without_ignored(found, own, is_checked=is_checked)


def _no_graph(path: str) -> tuple[Diagnostic, ...]:
    diagnostics = Diagnostics()
    diagnostics.report(
        codes.NOT_A_GRAPH,
        "a file of blocks is no graph",
        Span.whole(Source(path, "")),
        help="import it, and call its blocks with `block: alias.name`",
    )
    return tuple(diagnostics)


def _graph(
    tree: Tree,
    files: Files,
    params: Mapping[str, Any],
    diagnostics: Diagnostics,
    limits: Limits,
) -> Graph | None:
    spec = read_spec(tree, diagnostics)
    if spec is None:
        return None
    file = files.load(spec)
    flat = expand(file, params, limits, diagnostics)
    if flat is None:
        return None
    graph = build_graph(flat, limits, diagnostics)
    if not diagnostics.has_errors:
        check_file(file, diagnostics)
    if spec.is_library:
        return None
    if graph is None:
        assert diagnostics.has_errors, "a graph that cannot be built has an error"
        return None
    check_graph(graph, diagnostics)
    return graph
