"""Pairs of graph files in `tests/golden/diff`, and what `layergraph diff` says of each.

`python -m tests.unit.views.diff_pairs` writes what it says anew; read it before you commit it.
"""

from __future__ import annotations

from pathlib import Path

from layergraph.pipeline import load
from layergraph.views.diff.as_json import diff_json
from layergraph.views.diff.comparing import diff
from layergraph.views.diff.markdown import diff_markdown
from layergraph.views.diff.text import diff_text

FOLDER = Path(__file__).parents[2] / "golden" / "diff"
PAIRS = sorted(path for path in FOLDER.iterdir() if path.is_dir())
FORMS = {"text.txt": diff_text, "markdown.md": diff_markdown, "diff.json": diff_json}


def difference(pair, *, reverse=False):
    """What changed in a pair; its files are called by their names alone."""
    sides = [load(pair / f"{side}.yaml", shown_as=f"{side}.yaml") for side in ("old", "new")]
    return diff(*reversed(sides)) if reverse else diff(*sides)


def said(pair, file):
    """What one form says of a pair."""
    return f"{FORMS[file](difference(pair))}\n"


def update():
    """Write what is said of every pair: as Markdown and JSON where there is such a file."""
    for pair in PAIRS:
        for file in FORMS:
            if file == "text.txt" or (pair / file).exists():
                (pair / file).write_text(said(pair, file), encoding="utf-8")


if __name__ == "__main__":
    update()
