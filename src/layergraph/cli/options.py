"""Options that several commands share, and how they say what they found."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from typing import Any, NoReturn, TypeVar

import click

from layergraph.diagnostics import Diagnostic, GraphError
from layergraph.diagnostics.render import render
from layergraph.pipeline import load
from layergraph.syntax.limits import DEEPEST, DEFAULT, Limits

F = TypeVar("F", bound=Callable[..., Any])

INPUT_HAS_ERRORS = 1


def limit_options(command: F) -> F:
    """Add the limits that a command may raise; `limits_from` makes them a value."""
    for option in (
        click.option(
            "--max-values",
            type=click.IntRange(min=1),
            default=DEFAULT.values,
            show_default=True,
            help="Values a file may hold, aliases counted.",
        ),
        click.option(
            "--max-depth",
            type=click.IntRange(1, DEEPEST),
            default=DEFAULT.depth,
            show_default=True,
            help="Levels of lists and mappings.",
        ),
        click.option(
            "--max-bytes",
            type=click.IntRange(min=1),
            default=DEFAULT.file_bytes,
            show_default=True,
            help="Size of a file.",
        ),
    ):
        command = option(command)
    return command


def limits_from(max_bytes: int, max_depth: int, max_values: int) -> Limits:
    """The limits that the options of `limit_options` ask for."""
    return Limits(file_bytes=max_bytes, depth=max_depth, values=max_values)


def load_or_exit(path: str, limits: Limits) -> Any:
    """The graph of a file; where it has errors they go to stderr, and the process ends with 1."""
    try:
        return load(path, limits=limits)
    except GraphError as error:
        exit_with(error.diagnostics)


def exit_with(diagnostics: Sequence[Diagnostic]) -> NoReturn:
    """Say on stderr what is wrong with the input, and end with 1."""
    text = render("text", diagnostics, 1, wants_color(sys.stderr))
    click.echo(text, err=True, nl=not text.endswith("\n"))
    sys.exit(INPUT_HAS_ERRORS)


def wants_color(stream: Any) -> bool:
    """Whether a stream is a terminal whose person has not refused colour."""
    return not os.environ.get("NO_COLOR") and bool(stream.isatty())
