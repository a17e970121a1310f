"""Looking up a reference: from its first name, step by step, to a thing."""

from __future__ import annotations

from collections.abc import Callable

from layergraph.diagnostics import Code, codes
from layergraph.expand.things import SPOILT, Thing
from layergraph.spec.references import Reference


class Unresolved(Exception):
    """A reference that stands for nothing."""

    def __init__(self, code: Code, predicate: str, help: str | None) -> None:
        super().__init__(predicate)
        self.code = code
        self.predicate = predicate
        self.help = help


def walk(reference: Reference, get: Callable[[str], Thing | None], *, is_whole: bool) -> Thing:
    """The thing at the path of a reference; `is_whole` says that all names are known.

    Raises:
        Unresolved: where there is none.
    """
    first, *steps = reference.path.split(".")
    whole = get(reference.path) if steps else None
    if whole is not None:
        return whole  # whose name holds a dot, which is reported
    thing = get(first)
    if thing is None:
        if not is_whole:
            return SPOILT
        raise Unresolved(codes.UNKNOWN_REFERENCE, "which does not exist", None)
    path = first
    for step in steps:
        if thing.is_spoilt:
            return thing
        found = thing.member(step)
        if found is None:
            help = thing.why_no_member(path, step)
            raise Unresolved(codes.UNKNOWN_REFERENCE, "which does not exist", help)
        thing, path = found, f"{path}.{step}"
    return thing


def find(reference: Reference, get: Callable[[str], Thing | None], *, is_whole: bool) -> Thing:
    """The thing whose tensors a reference names.

    Raises:
        Unresolved: where there is none, or it has several outputs.
    """
    thing = walk(reference, get, is_whole=is_whole)
    if thing.ambiguous:
        outputs = [f"`{reference.path}.{name}`" for name in thing.ambiguous]
        raise Unresolved(
            codes.SEVERAL_OUTPUTS,
            f"which has {len(outputs)} outputs",
            f"name one: {', '.join(outputs)}",
        )
    return thing
