"""References: the paths by which `from` names tensors."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Any, NamedTuple

from layergraph.diagnostics import codes
from layergraph.diagnostics.values import shown
from layergraph.objects.base import Checked, complaint
from layergraph.syntax.tree import SPOILED

_PATH = re.compile(r"[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*")
_PARTS = re.compile(r"(?P<path>.*?)(?::(?P<tensor>[0-9]{1,9}))?", re.DOTALL)

_NAME_ONE = "name the nodes that it is called on"


class Reference(NamedTuple):
    """A tensor, or all that a node gives: `features.norm`, `lstm:1`.

    `path` is the node's, with its steps joined by dots; `tensor` counts from 0 and is None where
    the reference names no single tensor; `steps` lead from the value of `from` to the reference.
    """

    path: str
    tensor: int | None = None
    steps: tuple[str | int, ...] = ()

    @property
    def has_form(self) -> bool:
        """Whether its path is one that a node could have."""
        return _PATH.fullmatch(self.path) is not None

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
    """The reference that a string is. Its path may still be none that a node could have.

    Raises:
        PydanticCustomError: where it is no string.
    """
    if not isinstance(text, str):
        raise complaint(
            codes.WRONG_TYPE,
            f"must be the name of a node, not {shown(text)}",
            at=steps,
            help=_help_for(text),
        )
    match = _PARTS.fullmatch(text)
    assert match is not None
    tensor = match["tensor"]
    return Reference(match["path"], None if tensor is None else int(tensor), steps)


def parse_from(value: Any) -> tuple[Connection, ...]:
    """The connections that a value of `from` makes: `a`, `[a, b]`, or `{query: a, value: b}`.

    Raises:
        PydanticCustomError: where it has another form.
    """
    if isinstance(value, Mapping):
        if not value:
            raise complaint(codes.OUT_OF_RANGE, "names no tensor", help=_NAME_ONE)
        return tuple(_connection(name, item, (name,)) for name, item in value.items())
    return (_connection(None, value, ()),)


def _connection(argument: str | None, value: Any, steps: tuple[str | int, ...]) -> Connection:
    if value is SPOILED:
        raise complaint(codes.WRONG_TYPE, "", at=steps)  # the reader has said what is wrong
    if isinstance(value, list | tuple):
        if not value:
            raise complaint(codes.OUT_OF_RANGE, "names no tensor", at=steps, help=_NAME_ONE)
        references = [parse_reference(item, (*steps, i)) for i, item in enumerate(value)]
        return Connection(argument, tuple(references), is_list=True)
    return Connection(argument, (parse_reference(value, steps),))


def _help_for(value: Any) -> str | None:
    if isinstance(value, list | tuple):
        return "join them first, in a node of `merges`"
    return f'quote it: "{shown(value)}"' if isinstance(value, int | float) else None


From = Annotated[tuple[Connection, ...], Checked(parse_from)]
OneTensor = Annotated[Reference, Checked(parse_reference)]
