"""Data that a function of the user's own gives: `module:function`."""

from __future__ import annotations

import re
import sys
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

from layergraph.diagnostics import codes
from layergraph.targets.custom import first_line, home_of, is_allowed
from layergraph.targets.failures import failure
from layergraph.targets.importing import Unimportable, imported
from layergraph.training.reading.table import unreadable

_NAMED = re.compile(r"[^\W\d][\w.]*:[^\W\d]\w*")


def is_named_function(data: str) -> bool:
    """Whether a text has the form `module:function`."""
    return _NAMED.fullmatch(data) is not None


def is_function_of(data: str) -> bool:
    """Whether data are what a function gives: the text has its form, and is no path."""
    return is_named_function(data) and not Path(data).exists()


def check_function(named: str, allow: tuple[str, ...]) -> None:
    """Refuse a function `module:function` of a module that may not be imported.

    Raises:
        GraphError: module-not-allowed.
    """
    module = named.partition(":")[0]
    if not is_allowed(module, allow):
        raise _not_allowed(f"`{named}` would import `{module}`", module)


def import_function(named: str, allow: tuple[str, ...]) -> Any:
    """The function `module:function`.

    Raises:
        GraphError: module-not-allowed, unimportable.
    """
    check_function(named, allow)
    module, _, name = named.partition(":")
    try:
        function = imported(module, name, "function")
    except Unimportable as error:
        raise error.as_failure(codes.UNIMPORTABLE, f"`{named}`", name) from error
    home = home_of(function)
    if not is_allowed(home, allow):
        raise _not_allowed(f"`{named}` comes from `{home}`", home)
    return function


def call_function(named: str, allow: tuple[str, ...]) -> Any:
    """What the function `module:function` gives, called without arguments.

    What it prints goes to stderr, as what its module does: stdout is the command's result.

    Raises:
        GraphError: module-not-allowed, unimportable; unreadable-data, where it fails.
    """
    function = import_function(named, allow)
    try:
        with redirect_stdout(sys.stderr):
            return function()
    except Exception as error:
        raise unreadable(
            f"`{named}` gives no data: {first_line(error)}",
            notes=(f"{type(error).__name__}, raised by `{named}`",),
            help="it is called without arguments, and gives what `lg.train` takes as data",
        ) from error


def _not_allowed(does: str, module: str) -> Exception:
    return failure(
        codes.MODULE_NOT_ALLOWED,
        f"{does}, which nobody has allowed",
        help=f"if you trust it: `--allow {module}`, `allow=({module!r},)` in Python, or "
        f'`allow = ["{module}"]` under `[tool.layergraph]` of your `pyproject.toml`',
    )
