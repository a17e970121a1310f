"""Write `docs/gallery.md`, a table of the graph files that ship, beside Keras' own source for them.

python docs/generate_gallery.py     # compiles every file, which takes TensorFlow and some minutes
"""

from __future__ import annotations

import ast
import inspect
import re
import tokenize
from importlib import import_module
from io import StringIO
from pathlib import Path
from typing import NamedTuple

import layergraph as lg

ROOT = Path(__file__).parents[1]
GRAPHS = ROOT / "graphs"
PAGE = ROOT / "docs" / "gallery.md"

APPLICATIONS = {
    "densenet121": ("densenet",),
    "efficientnet_b0": ("efficientnet",),
    "inception_v3": ("inception_v3",),
    "mobilenet_v2": ("mobilenet_v2",),
    "resnet50": ("resnet",),
    "resnet50_v2": ("resnet_v2", "resnet"),
    "vgg16": ("vgg16",),
    "xception": ("xception",),
}
"""The files that are models of `keras.applications`, and the modules that define those."""

INTRODUCTION = """\
# The gallery

This page is written by `python docs/generate_gallery.py`. A test compares its first columns with
the files.

Lines are those that hold something: neither blank, nor a comment, nor part of a docstring. With
imports, the lines of the blocks that a file imports, in whole, are counted after the `+`. *Keras'
source* are the modules of `keras.applications` that define the same model, counted alike; they also
load its published weights, and some define further sizes of it. *JSON* is the size of
`model.to_json()`, which is what a review of the saved architecture would have to read.
"""


class Row(NamedTuple):
    """What the table says of one file."""

    name: str
    description: str
    lines: int
    imported: int
    nodes: int
    parameters: int

    def cells(self, source: str, size: str) -> str:
        """The row as Markdown."""
        lines = f"{self.lines}" + (f" + {self.imported}" if self.imported else "")
        link = f"[{self.name}](../graphs/{self.name}.yaml)"
        return (
            f"| {link} | {self.description} | {lines} | {source} | {self.nodes:,} "
            f"| {self.parameters:,} | {size} |"
        )


def gallery() -> list[Row]:
    """A row for each file of the gallery, known without Keras."""
    rows = []
    for path in sorted(GRAPHS.glob("*.yaml")):
        graph = lg.load(path)
        description = (graph.description or "").rstrip(".").replace("|", "\\|")
        rows.append(
            Row(
                path.stem,
                description,
                lines_of_yaml(path),
                sum(lines_of_yaml(imported) for imported in imports_of(path)),
                len(graph.nodes),
                graph.count_params(),
            )
        )
    return rows


def lines_of_yaml(path: Path) -> int:
    """The lines of a graph file that hold something."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return sum(1 for line in lines if line.strip() and not line.lstrip().startswith("#"))


def imports_of(path: Path) -> list[Path]:
    """The files that a graph file imports, and those that they do."""
    text = path.read_text(encoding="utf-8")
    sections = re.findall(r"^imports:(.*(?:\n .*)*)", text, re.MULTILINE)
    named = re.findall(r"[\w/.-]+\.yaml", "\n".join(sections))
    found: dict[Path, None] = {}
    for name in named:
        imported = path.parent / name
        found[imported] = None
        found |= dict.fromkeys(imports_of(imported))
    return list(found)


def lines_of_python(source: str) -> int:
    """The lines of a module that hold code: no blank lines, comments or docstrings."""
    docstrings: set[int] = set()
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Expr(value=ast.Constant(value=str())):
                docstrings |= set(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    nothing = (tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT)
    held: set[int] = set()
    for token in tokenize.generate_tokens(StringIO(source).readline):
        if token.type not in (*nothing, tokenize.ENDMARKER):
            held |= set(range(token.start[0], token.end[0] + 1))
    return len(held - docstrings)


def lines_of_keras(name: str) -> str:
    """The lines of Keras' own source for a model; "" where Keras has none."""
    modules = APPLICATIONS.get(name, ())
    counts = [
        lines_of_python(inspect.getsource(import_module(f"keras.src.applications.{module}")))
        for module in modules
    ]
    return " + ".join(str(count) for count in counts)


def page() -> str:
    """The page."""
    heading = "| file | what it is | lines | Keras' source | nodes | parameters | JSON, bytes |"
    table = [heading, "|---|---|---:|---:|---:|---:|---:|"]
    for row in gallery():
        model = lg.compile(lg.load(GRAPHS / f"{row.name}.yaml"))
        table.append(row.cells(lines_of_keras(row.name), f"{len(model.to_json()):,}"))
    return "\n".join([INTRODUCTION, *table, ""])


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
