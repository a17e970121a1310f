"""Options that several commands share, and how they say what they found."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import wraps
from typing import Any, NamedTuple, NoReturn, TypeVar

import click

from layergraph.cli.exit_status import INPUT_HAS_ERRORS
from layergraph.diagnostics import Diagnostic, Diagnostics, GraphError, Source
from layergraph.diagnostics.render import render
from layergraph.syntax.limits import DEFAULT, MOST, Limits
from layergraph.syntax.reader import parse
from layergraph.syntax.tree import plain

F = TypeVar("F", bound=Callable[..., Any])


class Reading(NamedTuple):
    """How a command reads graph files: the params that are set, and the limits."""

    params: Mapping[str, Any]
    limits: Limits


def reading_options(command: F) -> F:
    """Add `--set` and the limits; the command is given them as `reading`, a `Reading`."""

    @wraps(command)
    def with_reading(
        *arguments: Any,
        assignments: tuple[str, ...],
        **others: Any,
    ) -> Any:
        limits = _limits(others, _LIMITS)
        params = dict(assigned(text, limits) for text in assignments)
        return command(*arguments, reading=Reading(params, limits), **others)

    found: Any = with_reading
    for option in reversed(_READING):
        found = option(found)
    return found  # type: ignore[no-any-return]


data_option = click.option(
    "--data",
    required=True,
    metavar="DATA",
    help="A .csv, .parquet or .npz file, a folder of .npy files, or module:function.",
)


_LIMITS = {
    "file_bytes": ("--max-bytes", "Size of a file."),
    "depth": ("--max-depth", "Levels of lists and mappings."),
    "values": ("--max-values", "Values a file may hold, aliases counted."),
    "nodes": ("--max-nodes", "Nodes a file may expand to."),
    "value_size": ("--max-value-size", "Items or characters an expression may give."),
    "axes": ("--max-axes", "Axes of a tensor, with the batch."),
    "elements": ("--max-elements", "Values of a tensor in one sample."),
    "parameters": ("--max-parameters", "Parameters of the model."),
}
"""The fields of `Limits`: the option of each, and what it says of itself."""


def _limit(field: str) -> Callable[[F], F]:
    option, help = _LIMITS[field]
    return click.option(
        option,
        f"most_{field}",
        type=click.IntRange(1, MOST.get(field)),
        default=getattr(DEFAULT, field),
        show_default=True,
        help=help,
    )


_READING = (
    click.option(
        "--set",
        "assignments",
        multiple=True,
        metavar="NAME=VALUE",
        help="Set a param of the file; the value is read as YAML. Repeatable.",
    ),
    *(_limit(field) for field in _LIMITS),
)


_OF_A_TEXT = ("file_bytes", "depth", "values")
"""The limits of a command that reads texts alone."""


def text_limits(command: F) -> F:
    """Add the limits on texts; the command is given them as `limits`."""

    @wraps(command)
    def with_limits(*arguments: Any, **others: Any) -> Any:
        limits = _limits(others, _OF_A_TEXT)
        return command(*arguments, limits=limits, **others)

    found: Any = with_limits
    for field in reversed(_OF_A_TEXT):
        found = _limit(field)(found)
    return found  # type: ignore[no-any-return]


def _limits(options: dict[str, Any], fields: Iterable[str]) -> Limits:
    """The limits, which are taken out of a command's options."""
    return Limits(**{field: options.pop(f"most_{field}") for field in fields})


def assigned(text: str, limits: Limits, option: str = "--set") -> tuple[str, Any]:
    """The name and the value of one `--set`, or of another option that is written like it.

    Raises:
        BadParameter: where it is none.
    """
    name, equals, written = text.partition("=")
    if not equals or not name:
        raise _bad(option, f"'{text}' is no NAME=VALUE")
    if not written.strip():
        raise _bad(
            option, f"'{text}' gives no value: write {name}=null, or {name}='\"\"' for no text"
        )
    if len(written.encode(errors="replace")) > limits.file_bytes:
        raise _bad(option, f"the value of '{name}' is larger than {limits.file_bytes:,} bytes")
    diagnostics = Diagnostics()
    tree = parse(Source("", written), diagnostics, limits)
    problems = [f"{d.message} ({d.help})" if d.help else d.message for d in diagnostics]
    if problems or tree is None:
        raise _bad(option, f"the value of '{name}' cannot be read: {'; '.join(problems)}")
    return name, plain(tree)


def _bad(option: str, message: str) -> click.BadParameter:
    return click.BadParameter(message, param_hint=f"'{option}'")


def load_or_exit(path: str, reading: Reading) -> Any:
    """The graph of a file; where it has errors they go to stderr, and the process ends with 1."""
    from layergraph.pipeline import load

    try:
        return load(path, params=reading.params, limits=reading.limits)
    except GraphError as error:
        exit_with(error.diagnostics)


def exit_with(diagnostics: Sequence[Diagnostic], status: int = INPUT_HAS_ERRORS) -> NoReturn:
    """Say on stderr what is wrong with the input, and end with 1, or another status."""
    text = render("text", diagnostics, 1, wants_color(sys.stderr))
    click.echo(text, err=True, nl=not text.endswith("\n"))
    sys.exit(status)


def wants_color(stream: Any) -> bool:
    """Whether a stream is a terminal whose person has not refused colour."""
    return not os.environ.get("NO_COLOR") and stream is not None and bool(stream.isatty())
