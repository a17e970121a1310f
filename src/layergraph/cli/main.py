"""`layergraph`: the group of commands, and what the process exits with.

0 clean, 1 the input has errors, 2 the command was used wrongly, 3 a defect of ours, 130 Ctrl-C.
"""

from __future__ import annotations

import gc
import os
import sys
from errno import EDQUOT, EFBIG, ENOSPC, EPIPE
from importlib import import_module
from io import TextIOWrapper
from keyword import iskeyword
from typing import Any

# A check makes no garbage worth looking for, and looking slows imports down (`compile`, which may
# run for long, looks again once TensorFlow is there); nor has Pydantic to search everything that is
# installed for plugins.
gc.disable()
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")

import click  # noqa: E402  after the line above

from layergraph.cli.exit_status import DEFECT, INPUT_HAS_ERRORS, INTERRUPTED  # noqa: E402

COMMANDS = {
    "validate": "Check graph files.",
    "fmt": "Write graph files in their canonical form.",
    "summary": "Show a graph's nodes with their shapes and parameters.",
    "diff": "Show what changed from one model to another.",
    "expand": "Write a graph without params, blocks and copies.",
    "compile": "Compile a graph file to a Keras model.",
    "import": "Write the graph file of a Keras model.",
    "train": "Train the model of a graph file on data.",
    "evaluate": "Measure the model of a run on data.",
    "predict": "Ask the model of a run about data.",
    "explain": "Explain a code of a report.",
    "schema": "Write the JSON Schema of graph files.",
}

FULL = (ENOSPC, EDQUOT, EFBIG)
"""What the system says where a file, or stdout, has no room: no defect, and nothing to report."""


class _Commands(click.Group):
    """Commands by name; the file of one is imported when it is run."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:  # of which click would make "Aborted!" and a 1
            click.echo("interrupted", err=True)
            ctx.exit(INTERRUPTED)

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        name = f"{cmd_name}_" if iskeyword(cmd_name) else cmd_name
        module = import_module(f"layergraph.cli.{name}")
        command: click.Command = module.command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            from layergraph.diagnostics import did_you_mean

            help = did_you_mean(args[0], COMMANDS)
            if help is not None:
                raise click.UsageError(f"{error.message.rstrip('.')}: {help}", ctx) from None
            raise

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.command(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="layergraph", prog_name="layergraph")
def cli() -> None:
    """Compile YAML graph files to Keras models."""


def main() -> None:
    """Run the command line, and say so where the fault is ours."""
    _print_any_text()
    status: str | int | None
    try:
        cli()
        status = 0
    except SystemExit as stop:
        status = stop.code
    except KeyboardInterrupt:
        status = INTERRUPTED
    except Exception as error:  # noqa: BLE001  whatever it is, a person has to be told
        status = _told(error)
    _leave(status)


def _print_any_text() -> None:
    """Let characters that the encoding of stdout lacks be printed as escapes."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")


def _told(error: Exception) -> int:
    """Say what went wrong, and what the process exits with for it."""
    if isinstance(error, OSError) and error.errno in FULL:
        _say(f"layergraph cannot write: {os.strerror(error.errno).lower()}\n")
        return INPUT_HAS_ERRORS
    from layergraph.cli.apology import apology

    _say(apology(error))
    return DEFECT


def _say(text: str) -> None:
    if sys.stderr is not None:
        sys.stderr.write(text)


def _leave(status: str | int | None) -> None:
    """End the process. To take every object apart first costs as much as a check does.

    With TensorFlow it costs a second. Whatever was written is closed and in its place by now.
    """
    if not isinstance(status, int):
        sys.exit(status)
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except OSError as error:  # a full disk, or a reader that has gone
        if error.errno != EPIPE:
            status = _told(error)
    if sys.stderr is not None:
        sys.stderr.flush()
    os._exit(status)
