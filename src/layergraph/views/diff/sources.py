"""What a call is given: the tensors that are other ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from layergraph.views.diff.difference import SourceChange
from layergraph.views.diff.sides import Side
from layergraph.views.diff.tensors import Tensor, Tensors

Given = Mapping[str, tuple[Tensor, ...]]
"""Tensors by what they are given to: the arguments of a call, or the outputs of a model."""


def given_to(side: Side, number: int) -> Given:
    """The tensors that a node is given, by argument."""
    found: dict[str, tuple[Tensor, ...]] = {}
    for link in side.links[number]:
        found[link.argument] = (*found.get(link.argument, ()), (link.producer, link.tensor))
    return found


def given_out(side: Side) -> Given:
    """The tensors that a side gives, by output."""
    return {name: (tensor,) for name, tensor in side.ends.items()}


def changed_sources(
    old: Given, new: Given, sides: tuple[Side, Side], tensors: Tensors
) -> Iterator[SourceChange]:
    """What is given other tensors, and not because nodes came between, or went."""
    for argument in {**old, **new}:
        before, after = old.get(argument, ()), new.get(argument, ())
        is_as_long = len(before) == len(after)
        if is_as_long and all(
            tensors.are_explained(a, b) for a, b in zip(before, after, strict=True)
        ):
            continue
        yield SourceChange(
            argument,
            tuple(sides[0].reference(*tensor) for tensor in before),
            tuple(sides[1].reference(*tensor) for tensor in after),
        )
