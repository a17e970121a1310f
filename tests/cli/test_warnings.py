"""Which warnings `validate` gives: options, and the person's own configuration."""

from __future__ import annotations

from contextlib import chdir

import pytest
from click.testing import CliRunner

from layergraph.cli.validate import command

SPARE = """
layergraph: 1
inputs: {x: {shape: [4]}}
layers: {spare: {type: Dense, from: x, units: 2}}
outputs: {y: {from: x, task: regression}}
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "drafts").mkdir()
    (tmp_path / "drafts" / "spare.yaml").write_text(SPARE)
    return tmp_path


def ended(folder, configured, *arguments):
    """The status of a strict run, and what it has said, after `[tool.layergraph]` is written."""
    (folder / "pyproject.toml").write_text(configured)
    with chdir(folder / "drafts"):
        done = CliRunner().invoke(command, ["-q", *arguments, "spare.yaml"])
    assert done.exception is None or isinstance(done.exception, SystemExit)
    return done.exit_code, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("configured", "arguments", "status"),
    [
        ("", ["--strict"], 1),
        ("", ["--strict", "--ignore", "LG45,LG401"], 0),
        ("", ["--strict", "--select", "LG45", "--select", "LG603"], 0),
        ("[tool.layergraph]\nstrict = true\n", [], 1),
        ("[tool.layergraph]\nstrict = true\n", ["--no-strict"], 0),
        ('[tool.layergraph]\nstrict = true\nignore = ["LG4"]\n', [], 0),
        ('[tool.layergraph]\nignore = ["LG4"]\n', ["--strict", "--select", "unused-node"], 1),
        ('[tool.layergraph]\nselect = ["LG4"]\n', ["--strict", "--ignore", "LG401"], 0),
        ('[tool.layergraph]\nselect = ["LG45"]\n', ["--strict"], 0),
        ('[tool.layergraph.per-file-ignores]\n"drafts/*" = ["LG401"]\n', ["--strict"], 0),
        ('[tool.layergraph.per-file-ignores]\n"*.yml" = ["LG401"]\n', ["--strict"], 1),
        ("[tool.other]\nlayergraph = [\n", ["--strict"], 1),
        ("[tool]\nlayergraph.ignore = ['LG4']\n", ["--strict"], 0),
        (" tool.layergraph = {ignore = ['LG4']}\n", ["--strict"], 0),
        ("[ 'tool' . \"layergraph\" ]\nignore = ['LG4']\n", ["--strict"], 0),
        ("'tool' = {layergraph = {ignore = ['LG4']}}\n", ["--strict"], 0),
        ("[[tool.layergraph]]\n", [], 2),
    ],
)
def test_the_command_line_wins_over_the_configuration(configured, arguments, status, folder):
    found, said = ended(folder, configured, *arguments)
    assert found == status, said
    assert ("LG401" in said) == (status == 1 or "--no-strict" in arguments)


@pytest.mark.parametrize(
    ("configured", "arguments", "said"),
    [
        ("", ["--ignore", "LG203"], "'LG203' is an error, and errors are always reported"),
        ("", ["--select", "unused-nod"], "did you mean `unused-node`?"),
        ('[tool.layergraph]\nignore = ["LG2"]\n', [], "'tool.layergraph.ignore' of"),
        ('[tool.layergraph]\nselect = "LG4"\n', [], 'list of codes or names: ["LG401"]'),
        ("[tool.layergraph]\nstrict = 1\n", [], "must be true or false"),
        ("[tool.layergraph]\nper-file-ignores = []\n", [], "must be a table"),
        ('[tool.layergraph.per-file-ignores]\na = ["x"]\n', [], "'a' in 'tool.layergraph.per-"),
        ("[tool.layergraph]\nallow = [\n", [], "cannot read"),
    ],
)
def test_what_selects_nothing_is_wrong_use(configured, arguments, said, folder):
    status, text = ended(folder, configured, *arguments)
    assert status == 2
    assert said in " ".join(text.split())
