"""`layergraph explain`: what a code means."""

from __future__ import annotations

import click

from layergraph.diagnostics.codes import ALL, Code
from layergraph.diagnostics.nearest import did_you_mean
from layergraph.diagnostics.pages import page


@click.command("explain")
@click.argument("code", required=False)
@click.option("--list", "lists", is_flag=True, help="List all codes, as without CODE.")
def command(code: str | None, lists: bool) -> None:
    """Print what a code means, an example that gives it, and the repair.

    CODE is a code, such as LG203, or its name, such as unknown-reference. Without it, all are
    listed.
    """
    if code is not None and lists:
        raise click.UsageError("give a CODE or '--list', not both")
    if code is None:
        click.echo("".join(f"{one.id}  {one.severity:7}  {one.name}\n" for one in ALL), nl=False)
    else:
        click.echo(page(_meant(code)), nl=False)


def _meant(text: str) -> Code:
    for code in ALL:
        if text.upper() == code.id or text.lower() == code.name:
            return code
    known = [name for code in ALL for name in (code.id, code.name)]
    help = did_you_mean(text, known) or "`layergraph explain` lists all codes"
    raise click.BadParameter(f"'{text}' is no code and no name of one: {help}")
