"""The notation of Einstein's summation, "ab,bc->ac": letters for axes, dots for further ones."""

from __future__ import annotations

from typing import NamedTuple

DOTS = "…"
"""What stands for "..." once subscripts are parsed: one character, like a letter."""


class Subscripts(NamedTuple):
    """The letters of each operand's axes and of the output's; `DOTS` stands for other axes."""

    operands: tuple[str, ...]
    output: str


def parsed_subscripts(text: str) -> Subscripts:
    """The parts of "ij,jk->ik"."""
    left, _, output = text.replace("...", DOTS).partition("->")
    return Subscripts(tuple(left.split(",")), output)


def letters_of_axes(term: str, rank: int) -> tuple[str, ...] | None:
    """The letter of each axis of a tensor, `DOTS` for those that the dots stand for.

    None where the tensor has not as many axes as its term has letters.
    """
    before, dots, behind = term.partition(DOTS)
    others = rank - len(before) - len(behind)
    if others < 0 or (others and not dots):
        return None
    return (*before, *[DOTS] * others, *behind)
