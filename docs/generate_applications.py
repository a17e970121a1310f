"""Write `docs/applications.md`: how long the models of `keras.applications` are as graph files.

python docs/generate_applications.py     # builds every model, which takes TensorFlow and minutes
"""

from __future__ import annotations

import statistics
from pathlib import Path
from typing import Any, NamedTuple

import keras

import layergraph as lg

PAGE = Path(__file__).parent / "applications.md"
NAMES = [name for name in dir(keras.applications) if name[0].isupper()]

INTRODUCTION = """\
# The models of Keras as graph files

This page is written by `python docs/generate_applications.py`: every model of `keras.applications`,
made into a graph file by [import](importing.md). A test compares the rows of one model of each
family.

The graph file says all that the architecture is: names, layers, arguments, calls. JSON is what
`model.to_json()` gives. Lines are those that hold something.

| model | layers | lines | YAML, bytes | JSON, bytes | YAML / JSON |
|---|---:|---:|---:|---:|---:|
"""


class Row(NamedTuple):
    """What the table says of one model."""

    name: str
    layers: int
    lines: int
    yaml: int
    json: int

    @property
    def share(self) -> float:
        """The length of the graph file beside that of the JSON."""
        return self.yaml / self.json

    def __str__(self) -> str:
        cells = (self.name, *(f"{number:,}" for number in self[1:]), f"{self.share:.1%}")
        return f"| {' | '.join(cells)} |"


def row(name: str, model: Any, text: str) -> Row:
    """The row of a model, and of the graph file that was made of it."""
    lines = sum(bool(line.strip()) for line in text.splitlines())
    return Row(name, len(model.layers), lines, len(text.encode()), len(model.to_json()))


def main() -> None:
    """Build and import every model; their weights have no values, which takes no time."""
    rows = []
    for name in NAMES:
        keras.utils.clear_session()
        with keras.StatelessScope():
            model = getattr(keras.applications, name)(weights=None)
            rows.append(row(name, model, lg.import_model(model).to_yaml()))
    median = statistics.median(found.share for found in rows)
    table = "\n".join(map(str, rows))
    ending = f"The median of the last column is {median:.1%}.\n"
    PAGE.write_text(f"{INTRODUCTION}{table}\n\n{ending}", encoding="utf-8")


if __name__ == "__main__":
    main()
