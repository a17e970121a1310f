"""The pages of `docs/codes`: one for each code, whose example gives the report it shows."""

import re
from pathlib import Path

import pytest

from layergraph.diagnostics import codes
from layergraph.diagnostics.render import render
from layergraph.pipeline import validate

PAGES = Path(__file__).parents[2] / "docs" / "codes"
COMPILING = "reported by `compile`; see tests/unit/targets/test_target_pages.py"
TRAINING = "reported by `train`, `evaluate` and `predict`; see the pages in tests/unit/training"
FORMATTING = "reported by `fmt`; see tests/unit/syntax/formatting/test_formatter.py"
MADE = {
    "LG001": ("missing.yaml", None),
    "LG002": (
        "graph.yaml",
        "layergraph: 1\ndescription: Prix médian.\ninputs:\n"
        "  x: {shape: [8]}\noutputs:\n  y: {from: x, task: regression}\n".encode("latin-1"),
    ),
    "LG004": ("large.yaml", b"#" * 1_100_000),
}
"""Codes whose example is no text to show: a file that is missing, in Latin-1, or too large."""

OF_OTHER_COMMANDS = (
    {code.id: COMPILING for code in codes.ALL if code.id.startswith("LG5")}
    | {code.id: TRAINING for code in codes.ALL if code.id.startswith("LG6")}
    | {codes.UNFORMATTABLE.id: FORMATTING}
)

ABOUT_FILES = [code for code in codes.ALL if code.id not in OF_OTHER_COMMANDS | MADE]


def blocks(code, language):
    text = (PAGES / f"{code.id}.md").read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```$", text, flags=re.MULTILINE | re.DOTALL)


def files_beside(code):
    """What an example imports: blocks of text that begin with "```yaml file=NAME"."""
    text = (PAGES / f"{code.id}.md").read_text(encoding="utf-8")
    found = re.findall(r"^```yaml file=(\S+)\n(.*?)^```$", text, flags=re.MULTILINE | re.DOTALL)
    return dict(found)


def name_of(code):
    return code.id


def reported(folder, monkeypatch, file, content):
    monkeypatch.chdir(folder)
    if content is not None:
        Path(file).write_bytes(content)
    diagnostics = validate(file).diagnostics
    return diagnostics, render("text", diagnostics, files=1)


def test_every_code_has_a_page_and_every_page_a_code():
    assert {page.stem for page in PAGES.glob("*.md")} == {code.id for code in codes.ALL}


@pytest.mark.parametrize("code", codes.ALL, ids=name_of)
def test_page_names_its_code_and_says_how_to_repair(code):
    text = (PAGES / f"{code.id}.md").read_text(encoding="utf-8")
    assert text.startswith(f"# {code.id}: {code.name}\n")
    assert [line for line in text.splitlines() if line.startswith("## ")] == [
        "## Example",
        "## Repair",
    ]
    assert len(blocks(code, "text")) == 1


@pytest.mark.parametrize("code", ABOUT_FILES, ids=name_of)
def test_example_gives_the_report(code, tmp_path, monkeypatch):
    example = blocks(code, "yaml")[0]
    for name, content in files_beside(code).items():
        (tmp_path / name).write_text(content, encoding="utf-8")
    diagnostics, text = reported(tmp_path, monkeypatch, "graph.yaml", example.encode())
    assert [diagnostic.code for diagnostic in diagnostics] == [code]
    assert text == blocks(code, "text")[0]


@pytest.mark.parametrize("code", ABOUT_FILES, ids=name_of)
def test_repaired_example_is_clean(code, tmp_path, monkeypatch):
    repaired = blocks(code, "yaml")[1:]
    if code is codes.NOT_A_GRAPH:
        assert not repaired  # it was no graph, and nothing makes it one
        return
    (repaired,) = repaired
    for name, content in files_beside(code).items():
        (tmp_path / name).write_text(content, encoding="utf-8")
    assert reported(tmp_path, monkeypatch, "graph.yaml", repaired.encode()) == ((), "")


@pytest.mark.parametrize("id", MADE)
def test_example_that_is_no_text_gives_the_report(id, tmp_path, monkeypatch):
    code = next(code for code in codes.ALL if code.id == id)
    diagnostics, text = reported(tmp_path, monkeypatch, *MADE[id])
    assert [diagnostic.code for diagnostic in diagnostics] == [code]
    assert text == blocks(code, "text")[0]


@pytest.mark.parametrize("id", OF_OTHER_COMMANDS)
def test_page_of_another_command_shows_it_and_its_report(id):
    code = next(code for code in codes.ALL if code.id == id)
    assert len(blocks(code, "console")) == 1
    assert blocks(code, "text")[0].startswith(f"{code.severity.value}[{id}]: ")


@pytest.mark.parametrize("id", [id for id in OF_OTHER_COMMANDS if id.startswith("LG6")])
def test_page_about_training_is_run_beside_the_others(id):
    """Those about compiling are found by themselves."""
    tests = (Path(__file__).parent / "training").glob("test_*_pages.py")
    assert any(f'"{id}"' in test.read_text(encoding="utf-8") for test in tests)
