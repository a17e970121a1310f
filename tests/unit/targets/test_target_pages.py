"""The pages of codes about compiling and importing show what the commands say of their files."""

import re
import shlex
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

import layergraph as lg
from layergraph.cli.main import cli

PAGES = Path(__file__).parents[3] / "docs" / "codes"
IN_TENSORFLOW = ("LG505", "LG506", "LG509", "LG510", "LG520", "LG521", "LG522", "LG523")
CODES = sorted(page.stem for page in PAGES.glob("LG5*.md"))


def blocks(text, info):
    return re.findall(rf"^```{info}\n(.*?)^```$", text, flags=re.MULTILINE | re.DOTALL)


def files(text):
    """The Python files of an example, which begin with "```python file=NAME"."""
    return re.findall(r"^```python file=(\S+)\n(.*?)^```$", text, flags=re.MULTILINE | re.DOTALL)


def prepare(code, monkeypatch):
    """Make what a page's example supposes beside its files."""
    if code == "LG501":
        Path("build").mkdir()
    elif code == "LG503":
        monkeypatch.setattr("layergraph.targets.export.find_spec", lambda name: None)
    elif code == "LG504":
        Path("afile").touch()
    elif code == "LG505":
        import keras

        def refused(self, *arguments, **others):
            raise ValueError("Invalid argument")

        monkeypatch.setattr(keras.layers.Dense, "__init__", refused)
    elif code == "LG506":
        changed = Path("graph.yaml").read_text()
        wide = "  wide: {type: Dense, from: x, units: 8}\n"
        before = changed.replace(wide, "").replace("from: wide", "from: x")
        Path("before.yaml").write_text(before)
        lg.export(lg.load("before.yaml"), "w.weights.h5")


@pytest.mark.parametrize(
    "code",
    [pytest.param(c, marks=pytest.mark.slow if c in IN_TENSORFLOW else ()) for c in CODES],
)
def test_the_page_shows_the_report(code, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    text = (PAGES / f"{code}.md").read_text(encoding="utf-8").partition("## Repair")[0]
    for graph in blocks(text, "yaml"):
        Path("graph.yaml").write_text(graph, encoding="utf-8")
    for path, module in files(text):
        Path(path).parent.mkdir(exist_ok=True)
        Path(path).write_text(module, encoding="utf-8")
    prepare(code, monkeypatch)
    (console,), (shown,) = blocks(text, "console"), blocks(text, "text")
    _, *arguments = shlex.split(console.removeprefix("$ "))
    before = set(sys.modules)
    try:
        done = CliRunner().invoke(cli, arguments)
    finally:
        for module in set(sys.modules) - before:
            if module.startswith("mypackage"):
                del sys.modules[module]
    assert (done.exit_code, done.stdout, done.stderr) == (1, "", shown)
