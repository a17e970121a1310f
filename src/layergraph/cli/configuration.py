"""The person's own configuration: `[tool.layergraph]` of the nearest `pyproject.toml`."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import click

from layergraph.diagnostics import did_you_mean
from layergraph.diagnostics.selection import fault_in

FILE = "pyproject.toml"
TABLE = "tool.layergraph"
_MENTION = re.compile(r"""^\s*\[*\s*["']?tool["']?\s*(\]|=|\.\s*["']?layergraph)""", re.MULTILINE)
"""How a file that has the table begins a line, in any of TOML's ways."""


class Configuration(NamedTuple):
    """What `[tool.layergraph]` says; `folder` is where its file stands.

    `per_file_ignores` are the warnings that are ignored in files whose paths, from `folder` on, fit
    a pattern.
    """

    folder: Path
    allow: tuple[str, ...] = ()
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    per_file_ignores: tuple[tuple[str, tuple[str, ...]], ...] = ()
    strict: bool = False


def configuration() -> Configuration:
    """What the `pyproject.toml` nearest above the current directory says.

    Raises:
        UsageError: where it cannot be read, or holds something else than it may.
    """
    here = Path.cwd()
    file = next((d / FILE for d in (here, *here.parents) if (d / FILE).is_file()), None)
    if file is None:
        return Configuration(here)
    table = _table(file)
    for key in table:
        if key not in _READERS:
            help = did_you_mean(key, _READERS) or f"it may have `{'`, `'.join(_READERS)}`"
            raise click.UsageError(f"'{TABLE}' of '{file}' knows no '{key}': {help}")
    values = {
        key.replace("-", "_"): _READERS[key](value, f"'{TABLE}.{key}' of '{file}'")
        for key, value in table.items()
    }
    return Configuration(file.parent, **values)


def _table(file: Path) -> dict[str, Any]:
    try:
        text = file.read_text(encoding="utf-8")
        if _MENTION.search(text) is None:
            return {}  # as in most projects: to import the parser takes as long as to check a file
        import tomllib

        tables = tomllib.loads(text)
    except (OSError, ValueError) as error:
        raise click.UsageError(f"cannot read '{file}': {error}") from error
    table: Any = tables.get("tool", {})
    table = table.get("layergraph", {}) if isinstance(table, dict) else {}
    if not isinstance(table, dict):
        raise click.UsageError(f"'{TABLE}' of '{file}' must be a table")
    return table


def _modules(value: Any, what: str) -> tuple[str, ...]:
    if not _is_list_of_texts(value):
        raise click.UsageError(f'{what} must be a list of modules: ["package.module"]')
    for item in value:
        if not is_module(item):
            raise click.UsageError(f"{what} holds '{item}', which is no name of a module")
    return tuple(value)


def _warnings(value: Any, what: str) -> tuple[str, ...]:
    if not _is_list_of_texts(value):
        raise click.UsageError(f'{what} must be a list of codes or names: ["LG401"]')
    for item in value:
        fault = fault_in(item)
        if fault is not None:
            raise click.UsageError(f"{what}: {fault}")
    return tuple(value)


def _warnings_by_pattern(value: Any, what: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    if not isinstance(value, dict):
        raise click.UsageError(f'{what} must be a table: "graphs/old/*" = ["LG401"]')
    return tuple((key, _warnings(codes, f"'{key}' in {what}")) for key, codes in value.items())


def _truth(value: Any, what: str) -> bool:
    if not isinstance(value, bool):
        raise click.UsageError(f"{what} must be true or false")
    return value


_READERS: dict[str, Callable[[Any, str], Any]] = {
    "allow": _modules,
    "select": _warnings,
    "ignore": _warnings,
    "per-file-ignores": _warnings_by_pattern,
    "strict": _truth,
}
"""The keys of the table, and what reads their values."""


def _is_list_of_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def is_module(name: str) -> bool:
    """Whether a text can be the name of a module."""
    return all(part.isidentifier() for part in name.split("."))
