"""Which warnings a command says: options, and the person's own configuration."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any, TypeVar

import click

from layergraph.cli.configuration import Configuration
from layergraph.diagnostics import Diagnostic, Severity
from layergraph.diagnostics.selection import Selection, fault_in, is_among

F = TypeVar("F", bound=Callable[..., Any])


def warning_options(command: F) -> F:
    """Add `--select` and `--ignore`, whose values are tuples of codes and names."""
    found: Any = command
    for option in reversed(_OPTIONS):
        found = option(found)
    return found  # type: ignore[no-any-return]


def _listed(
    ctx: click.Context,  # noqa: ARG001
    param: click.Parameter,  # noqa: ARG001
    value: tuple[str, ...],
) -> tuple[str, ...]:
    selectors = tuple(text.strip() for listed in value for text in listed.split(","))
    for selector in selectors:
        fault = fault_in(selector)
        if fault is not None:
            raise click.BadParameter(fault)
    return selectors


_OPTIONS = (
    click.option(
        "--select",
        multiple=True,
        metavar="CODES",
        callback=_listed,
        help="Give these warnings alone: LG401, LG4, unused-node. Repeatable.",
    ),
    click.option(
        "--ignore",
        multiple=True,
        metavar="CODES",
        callback=_listed,
        help="Do not give these warnings. Repeatable.",
    ),
)


def selected(
    select: tuple[str, ...], ignore: tuple[str, ...], configured: Configuration
) -> Selection:
    """The warnings to say: with `--select`, what the configuration says of them does not count."""
    if select:
        return Selection(select, ignore)
    return Selection(configured.select, (*configured.ignore, *ignore))


def without_those_of_files(
    found: Iterable[Diagnostic], configured: Configuration
) -> tuple[Diagnostic, ...]:
    """The diagnostics, less the warnings that the configuration ignores in their files."""
    if not configured.per_file_ignores:
        return tuple(found)
    return tuple(d for d in found if not _is_ignored_in_its_file(d, configured))


def _is_ignored_in_its_file(diagnostic: Diagnostic, configured: Configuration) -> bool:
    codes = [
        text
        for pattern, texts in configured.per_file_ignores
        if fnmatchcase(_path_of(diagnostic, configured.folder), pattern)
        for text in texts
    ]
    return diagnostic.severity is Severity.WARNING and is_among(diagnostic.code, codes)


def _path_of(diagnostic: Diagnostic, folder: Path) -> str:
    """The file, by the path that leads to it from a folder."""
    file = os.path.relpath(diagnostic.span.source.name, folder)  # pathlib keeps `..`
    return Path(file).as_posix()
