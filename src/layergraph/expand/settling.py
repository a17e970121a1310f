"""Settling: which tensors a thing stands for, without recursion."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from layergraph.expand.things import Settled, Thing


def settle(thing: Thing, cycle: Callable[[Sequence[Thing]], None]) -> Settled:
    """The tensors of a thing; `cycle` is told of things that stand for each other."""
    open_: set[int] = set()
    waiting = [thing]
    while waiting:
        current = waiting[-1]
        if current.is_settled:
            waiting.pop()
            continue
        missing = [need for need in current.needs() if not need.is_settled]
        if missing and id(current) not in open_:
            open_.add(id(current))
            waiting += missing
            continue
        if missing:
            cycle(_way([one for one in waiting if id(one) in open_], missing[0]))
            current.settle(None)
        else:
            current.settle(current.gather())
        waiting.pop()
    return thing.settled


def _way(things: list[Thing], back_to: Thing) -> list[Thing]:
    """The end of a list from the last place where a thing stands in it."""
    last = max(number for number, one in enumerate(things) if one is back_to)
    return things[last:]
