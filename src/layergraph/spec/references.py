"""References: the paths by which `from` names tensors."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Any, NamedTuple

from layergraph.diagnostics import codes
from layergraph.objects.base import Checked, complaint
from layergraph.syntax.tree import SPOILED

_FORM = re.compile(r"(?P<path>[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*)(?::(?P<tensor>[0-9]{1,9}))?")


class Reference(NamedTuple):
    """A tensor, or all that a node gives: `features.norm`, `lstm:1`.

    `path` is the node's, with its steps joined by dots; `tensor` counts from 0 and is None where
    the reference names no single tensor; `steps` lead from the value of `from` to the reference.
    """

    path: str
    tensor: int | None = None
    steps: tuple[str | int, ...] = ()

    def __str__(self) -> str:
        return self.path if self.tensor is None else f"{self.path}:{self.tensor}"


class Connection(NamedTuple):
    """What one argument of a call is given.

    `argument` is None for the first, positional one; `is_list` says that the file gives a list.
    """

    argument: str | None
    references: tuple[Reference, ...]
    is_list: bool = False


def parse_reference(text: Any, steps: tuple[str | int, ...] = ()) -> Reference:
    """The reference that a string is.

    Raises:
        PydanticCustomError: where it is none.
    """
    if not isinstance(text, str):
        raise complaint(
            codes.WRONG_TYPE, f"must be the name of a node, not {_shown(text)}", at=steps
        )
    match = _FORM.fullmatch(text)
    if match is None:
        raise complaint(
            codes.INVALID_NAME,
            f"is `{text[:64]}`, which is no reference",
            at=steps,
            help="write `node`, `chain.item` or `node:1`",
        )
    tensor = match["tensor"]
    return Reference(match["path"], None if tensor is None else int(tensor), steps)


def parse_from(value: Any) -> tuple[Connection, ...]:
    """The connections that a value of `from` makes: `a`, `[a, b]`, or `{query: a, value: b}`.

    Raises:
        PydanticCustomError: where it has another form.
    """
    if isinstance(value, Mapping):
        if not value:
            raise complaint(codes.OUT_OF_RANGE, "names no tensor")
        return tuple(_connection(name, item, (name,)) for name, item in value.items())
    return (_connection(None, value, ()),)


def _connection(argument: str | None, value: Any, steps: tuple[str | int, ...]) -> Connection:
    if value is SPOILED:
        raise complaint(codes.WRONG_TYPE, "", at=steps)  # the reader has said what is wrong
    if isinstance(value, list | tuple):
        if not value:
            raise complaint(codes.OUT_OF_RANGE, "names no tensor", at=steps)
        references = [parse_reference(item, (*steps, i)) for i, item in enumerate(value)]
        return Connection(argument, tuple(references), is_list=True)
    return Connection(argument, (parse_reference(value, steps),))


def _shown(value: Any) -> str:
    return "null" if value is None else f"`{value}`"


From = Annotated[tuple[Connection, ...], Checked(parse_from)]
OneTensor = Annotated[Reference, Checked(parse_reference)]
