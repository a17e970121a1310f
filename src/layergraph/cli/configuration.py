"""The person's own configuration: `[tool.layergraph]` of the nearest `pyproject.toml`."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import click

from layergraph.diagnostics import did_you_mean

FILE = "pyproject.toml"
KEYS = ("allow",)


def allowed_modules() -> tuple[str, ...]:
    """The modules that `allow` names, in the `pyproject.toml` nearest above the current directory.

    Raises:
        UsageError: where it cannot be read, or holds something else than it may.
    """
    here = Path.cwd()
    file = next((d / FILE for d in (here, *here.parents) if (d / FILE).is_file()), None)
    if file is None:
        return ()
    try:
        tables = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise click.UsageError(f"cannot read '{file}': {error}") from error
    table: Any = tables.get("tool", {})
    table = table.get("layergraph", {}) if isinstance(table, dict) else {}
    if not isinstance(table, dict):
        raise click.UsageError(f"'tool.layergraph' of '{file}' must be a table")
    for key in table:
        if key not in KEYS:
            help = did_you_mean(key, KEYS) or f"it may have `{'`, `'.join(KEYS)}`"
            raise click.UsageError(f"'tool.layergraph' of '{file}' knows no '{key}': {help}")
    return _modules(table.get("allow", []), file)


def _modules(value: Any, file: Path) -> tuple[str, ...]:
    what = f"'tool.layergraph.allow' of '{file}'"
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise click.UsageError(f'{what} must be a list of modules: ["package.module"]')
    for item in value:
        if not is_module(item):
            raise click.UsageError(f"{what} holds '{item}', which is no name of a module")
    return tuple(value)


def is_module(name: str) -> bool:
    """Whether a text can be the name of a module."""
    return all(part.isidentifier() for part in name.split("."))
