"""The structure of a file is that of its Python; what has no form there is spelt out."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import layergraph as lg
from layergraph.targets.python_source.source import python_source

GOLDEN = Path(__file__).parents[3] / "golden"


@pytest.mark.parametrize("name", ["qa", "posts", "resnet50", "siamese"])
def test_a_person_can_read_it(name):
    """Written anew by `layergraph compile graphs/NAME.yaml -o tests/golden/python-NAME.txt`."""
    expected = (GOLDEN / f"python-{name}.txt").read_text(encoding="utf-8")
    assert python_source(lg.load(f"graphs/{name}.yaml")) == expected


@pytest.mark.parametrize("path", sorted(Path("graphs").glob("*.yaml")), ids=lambda path: path.stem)
def test_the_gallery_keeps_its_structure(path):
    graph = lg.load(path)
    assert graph.file is not None
    text = python_source(graph)
    assert "Every call is written out" not in text
    (build,) = [n for n in ast.parse(text).body if getattr(n, "name", "") == "build"]
    assert [argument.arg for argument in build.args.args] == list(graph.file.spec.params)


def test_the_example_of_the_documentation(tmp_path):
    text = Path("docs/commands.md").read_text(encoding="utf-8")
    after = text.partition("```yaml file=stack.yaml\n")[2]
    (tmp_path / "stack.yaml").write_text(after.partition("```\n")[0], encoding="utf-8")
    shown = after.partition("```text\n")[2].partition("```\n")[0]
    assert python_source(lg.load(tmp_path / "stack.yaml")) == shown


FLAT = {
    "blocks-among-arguments": "an expression for a block that is an argument",
    "use-of-everything": "a `use` of an instance",
    "imported-graph-as-a-model": "`scorer`, a whole graph that is called as a block",
    "references-of-every-kind": "a part of a copy",
}


@pytest.mark.parametrize("name", FLAT)
def test_what_has_no_form_is_said(name):
    text = python_source(lg.load(f"tests/corpus/valid/{name}.yaml"))
    (comment,) = [
        " ".join(line.strip().removeprefix("# ") for line in block)
        for block in [[line for line in text.splitlines() if line.strip().startswith("# ")]]
    ]
    assert comment == f"Every call is written out, since the file has {FLAT[name]}."


def test_what_is_set_becomes_the_default():
    text = python_source(
        lg.load("graphs/resnet50.yaml", params={"size": 64, "depths": [1, 1, 1, 1]})
    )
    assert "DEPTHS = [1, 1, 1, 1]\n" in text
    assert "size: int = 64" in text
