"""What commands that run a person's own code share: what they may import, and from where."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from layergraph.cli.configuration import configuration, is_module

allow_option = click.option(
    "--allow",
    multiple=True,
    metavar="MODULE",
    help="A module that may be imported, with what is in it. Repeatable.",
)


def modules_to_allow(given: tuple[str, ...], *, is_needed: bool) -> tuple[str, ...]:
    """The modules that options and the person's own configuration allow.

    Args:
        given: those of `--allow`.
        is_needed: whether anything is imported at all; else the configuration is not looked at.

    Raises:
        BadParameter: where one is no name of a module.
    """
    for module in given:
        if not is_module(module):
            message = f"'{module}' is no name of a module"
            raise click.BadParameter(message, param_hint="'--allow'")
    return (*given, *configuration().allow) if is_needed else given


@contextmanager
def here_on_the_path() -> Iterator[None]:
    """Let Python find modules in the current directory, as `python -m` does.

    Only the user's own are imported meanwhile: a file here could else stand in for any library's.
    """
    here = str(Path.cwd())
    sys.path.insert(0, here)
    try:
        yield
    finally:
        if here in sys.path:  # which what is imported may change
            sys.path.remove(here)


def collect_garbage_again() -> None:
    """Look for garbage again, which a check does not: what the imports made stays."""
    gc.freeze()
    gc.enable()
