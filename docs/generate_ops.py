"""Write `docs/ops.md`, the catalogue of functions, from the classes themselves.

python docs/generate_ops.py
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from layergraph.ops.base import Op
from layergraph.ops.catalog import OPS

PAGE = Path(__file__).with_name("ops.md")

INTRODUCTION = """\
# Functions

This page is generated from the classes that check graph files, by `python docs/generate_ops.py`.
A test compares the two.

A `type` that begins with `ops.` is a function of `keras.ops`, and its arguments stand beside it:
`{type: ops.mean, from: x, axis: 1}`. Names and defaults are those of Keras. An argument without a
default is required.

A function sees the whole tensor: axis 0 is the batch, and a reduction without `axis` takes the
batch with it. What it computes has the dtype that Keras computes it in: a number of the file gives
way to the dtype of a tensor of its kind, whole numbers and floating-point ones together are
float32, and a comparison gives truth values. TensorFlow computes many functions in some dtypes
alone; the others are refused.

`from` gives the tensors, which each entry lists: one, several in order or by name, or one list.
Where it says "or a constant", a number may stand under the argument's name instead, or lists of
numbers, or `{array: [0.1, 0.2], dtype: float32}`. Where it says "or nothing", it may be left out.
"""


def page() -> str:
    """The whole page."""
    return "\n".join(_page()).rstrip("\n") + "\n"


def _page() -> Iterator[str]:
    yield INTRODUCTION
    for family, names in OPS.families.items():
        yield f"## {family.replace('_', ' ').capitalize()}\n"
        yield "| function | gives | called on | arguments |\n|---|---|---|---|"
        yield from (_row(name) for name in names)
        yield ""
    yield "## Other names\n"
    yield from (f"- `ops.{alias}` is `ops.{name}`." for alias, name in OPS.aliases.items())
    yield "\n## Refused\n"
    yield "layergraph knows these functions of Keras and refuses them.\n"
    yield from (f"- `ops.{name}`: {reason}." for name, reason in OPS.refused.items())


def _row(name: str) -> str:
    described = OPS.find(name)
    assert described is not None
    assert issubclass(described, Op)
    documentation = " ".join(inspect.cleandoc(described.__doc__ or "").split())
    cells = (f"`ops.{name}`", documentation, _tensors(described), _arguments(described))
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def _tensors(described: type[Op]) -> str:
    return ", ".join(
        f"`{argument.name}`"
        + (" (a list)" if argument.many else "")
        + _or_else(described, argument.name)
        for argument in described.declared_tensor_arguments()
    )


def _or_else(described: type[Op], argument: str) -> str:
    """What may stand in the place of the tensor."""
    others = ["a constant"] if argument in described.may_be_constants() else []
    others += ["nothing"] if argument in described.may_be_left_out else []
    return f" (or {', or '.join(others)})" if others else ""


def _arguments(described: type[Op]) -> str:
    return ", ".join(
        f"`{name}`" if field.is_required() else f"`{name}: {_shown(field.default)}`"
        for name, field in described.model_fields.items()
        if name not in described.may_be_constants()
    )


def _shown(default: Any) -> str:
    if default is None or isinstance(default, bool):
        return {None: "null", True: "true", False: "false"}[default]
    return str(default)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
