"""The equations of `EinsumDense`, and the sizes that go with them."""

from __future__ import annotations

import re
from typing import Annotated, Any

from layergraph.diagnostics import codes
from layergraph.diagnostics.values import shown
from layergraph.objects.base import Checked, complaint
from layergraph.objects.values import LARGEST_SIZE
from layergraph.tensors.subscripts import DOTS, parsed_subscripts

_LETTERS = "[a-zA-Z]+"
_FORM = re.compile(
    rf"{_LETTERS},{_LETTERS}->{_LETTERS}"
    rf"|\.\.\.{_LETTERS},{_LETTERS}->\.\.\.{_LETTERS}"
    rf"|[a-zA-Z]{{2,}}\.\.\.,{_LETTERS}->{_LETTERS}\.\.\."
)


def _equation(value: Any) -> str:
    """The equation as it stands, where some input fits it."""
    if not isinstance(value, str):
        raise complaint(codes.WRONG_TYPE, f"must be a string, not {shown(value)}")
    if not _FORM.fullmatch(value):
        raise complaint(
            codes.OUT_OF_RANGE,
            f"must be an equation of input, kernel and output, not {shown(value)}",
            help="letters for the axes and no spaces: `abc,cd->abd`, `...c,cd->...d`, "
            "or `ab...,bc->ac...`",
        )
    (inputs, kernel), output = parsed_subscripts(value)
    twice = [letter for letter in output if output.count(letter) > 1]
    strange = [letter for letter in output if letter not in inputs + kernel]
    loose = [letter for letter in kernel if letter not in inputs + output]
    if twice:
        raise complaint(codes.OUT_OF_RANGE, f"must not give `{twice[0]}` twice")
    if strange:
        predicate = f"must not give `{strange[0]}`, which neither input nor kernel has"
        raise complaint(codes.OUT_OF_RANGE, predicate)
    if loose:
        predicate = f"has `{loose[0]}` in the kernel alone, so that nothing gives its size"
        raise complaint(codes.OUT_OF_RANGE, predicate, help="name it in the output too")
    if not inputs.startswith(DOTS) and (inputs[0] != output[0] or inputs[0] in kernel):
        raise complaint(
            codes.OUT_OF_RANGE,
            f"must keep the batch, `{inputs[0]}`, first in the output and out of the kernel",
        )
    return value


def _sizes(value: Any) -> tuple[int | None, ...]:
    """The sizes of the output's axes, of which one may stand alone."""
    listed = [value] if type(value) is int else value
    if not isinstance(listed, (list, tuple)):
        raise complaint(codes.WRONG_TYPE, f"must be a size or a list of sizes, not {shown(value)}")
    for position, item in enumerate(listed):
        at = (position,) if listed is value else ()
        if item is not None and type(item) is not int:
            raise complaint(codes.WRONG_TYPE, f"must be a size or null, not {shown(item)}", at=at)
        if item is not None and not 1 <= item <= LARGEST_SIZE:
            predicate = f"must be from 1 to {LARGEST_SIZE:,}, not {item}"
            raise complaint(codes.OUT_OF_RANGE, predicate, at=at)
    return tuple(listed)


Equation = Annotated[str, Checked(_equation)]
OutputShape = Annotated[
    tuple[int | None, ...],
    Checked(_sizes, takes=int | tuple[int | None, ...], least=1, most=LARGEST_SIZE),
]
