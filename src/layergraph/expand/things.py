"""What names stand for: a node, copies, the parts of a chain or of an instance, another tensor.

Things are made while nodes are expanded, in any order. Which tensors they stand for is settled
once all are there, without recursion: a chain of names may be as long as a file.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from layergraph.diagnostics import Call, Span, did_you_mean
from layergraph.expand.flat import Tensors
from layergraph.spec.place import Place
from layergraph.spec.references import Reference

if TYPE_CHECKING:
    from layergraph.expand.nodes import Asked

MOST_LISTED = 8

Settled = tuple[Tensors, ...] | None


class Thing:
    """What a name stands for. `made_of` is what was expanded, at `path`, to make it."""

    made_of: Asked | None = None
    path: str = ""
    _settled: Settled = None
    _is_settled = False

    def needs(self) -> tuple[Thing, ...]:
        """The things that have to be settled before it."""
        return ()

    def gather(self) -> Settled:
        """Its tensors, once what it needs is settled; None where a mistake has spoilt it."""
        raise NotImplementedError

    def member(self, step: str) -> Thing | None:  # noqa: ARG002  most have none
        """The part of it that a step names."""
        return None

    def why_no_member(self, path: str, step: str) -> str | None:  # noqa: ARG002
        """The help for a step that names no part."""
        return None

    @property
    def is_spoilt(self) -> bool:
        """Whether a mistake that is reported already has hidden what it would hold."""
        return False

    @property
    def ambiguous(self) -> tuple[str, ...]:
        """The outputs among which a bare name does not choose."""
        return ()

    @property
    def parts(self) -> tuple[str, ...]:
        """The steps that name its parts, for "did you mean …?"."""
        return ()

    @property
    def settled(self) -> Settled:
        """Its tensors, once they are found."""
        return self._settled

    @property
    def is_settled(self) -> bool:
        """Whether its tensors are found."""
        return self._is_settled

    def settle(self, tensors: Settled) -> None:
        """Take down its tensors."""
        self._settled, self._is_settled = tensors, True


class Spoilt(Thing):
    """What a mistake has spoilt, and everything in it."""

    def gather(self) -> Settled:
        """None."""
        return None

    def member(self, step: str) -> Thing | None:  # noqa: ARG002
        """Itself."""
        return self

    @property
    def is_spoilt(self) -> bool:
        """It is."""
        return True


class Expanding(Spoilt):
    """What is being expanded just now, as it stands for itself."""


class Made(Thing):
    """The tensors of one node, or one of them."""

    def __init__(self, tensors: Tensors, *, is_input: bool = False) -> None:
        self._is_input = is_input
        self._settled = (tensors,)
        self._is_settled = True

    def gather(self) -> Settled:
        """The tensors of the node."""
        return self._settled

    def why_no_member(self, path: str, step: str) -> str | None:
        """What it is instead of something with parts."""
        if not step.isdigit():
            return None
        if self._is_input:
            return f"`{path}` is an input, which has no items: write `{path}`"
        return f"`{path}` is no chain; `{path}:1` is the second tensor of a layer"


class Given(Thing):
    """An input, of the file or of a block: what it is fed, if that is known."""

    def __init__(
        self, fed: tuple[Thing, ...], make: Callable[[Tensors], Tensors] | None = None
    ) -> None:
        self._fed = fed
        self._make = make

    def needs(self) -> tuple[Thing, ...]:
        """What it is fed."""
        return self._fed

    def gather(self) -> Settled:
        """The tensors of all it is fed."""
        tensors = _joined(self._fed)
        if tensors is None or self._make is None:
            return tensors
        return tuple(self._make(one) for one in tensors)

    def why_no_member(self, path: str, step: str) -> str | None:
        """That an input has no parts."""
        if not step.isdigit():
            return None
        return f"`{path}` is an input, which has no items: write `{path}`"


class Named(Thing):
    """What a reference stands for, looked up when it is needed.

    Args:
        reference: the reference.
        find: looks it up, and says so where there is nothing.
        place: where it stands.
        left_out: whether it stands for a node that is left out, which has no parts.
        copy: the path of what it stands in.
        calls: the calls that led there.
    """

    def __init__(
        self,
        reference: Reference,
        find: Callable[[Reference], Thing | None],
        place: Place,
        *,
        left_out: bool = False,
        copy: str = "",
        calls: tuple[Call, ...] = (),
    ) -> None:
        self.reference = reference
        self.place = place
        self.copy = copy
        self.calls = calls
        self._find = find
        self._left_out = left_out
        self._found: Thing | None = None
        self._looked = False

    @property
    def span(self) -> Span:
        """Where it stands."""
        return self.place.at(*self.reference.steps).span

    def target(self) -> Thing:
        """The thing that the reference names."""
        if not self._looked:
            self._found = self._find(self.reference)
            self._looked = True
        return self._found or SPOILT

    def needs(self) -> tuple[Thing, ...]:
        """What it names."""
        return (self.target(),)

    def gather(self) -> Settled:
        """The tensors of what it names, or the one that is numbered."""
        return picked(self.target().settled, self.reference.tensor)

    def member(self, step: str) -> Thing | None:
        """The part of what it names; a node that is left out has none."""
        return None if self._left_out else self.target().member(step)

    def why_no_member(self, path: str, step: str) -> str | None:
        """That the node is not there."""
        if self._left_out:
            return f"`{path}` is left out, so it has no `{step}`"
        return self.target().why_no_member(path, step)


class Parts(Thing):
    """A chain, or copies: parts by step. It stands for the last one, or for all of them."""

    def __init__(
        self, parts: Mapping[str, Thing], last: tuple[Thing, ...], count: int, noun: str
    ) -> None:
        self._parts = parts
        self._last = last
        self._count = count
        self._noun = noun

    def needs(self) -> tuple[Thing, ...]:
        """What it stands for."""
        return self._last

    def gather(self) -> Settled:
        """The tensors of what it stands for."""
        return _joined(self._last)

    def member(self, step: str) -> Thing | None:
        """The item or the copy that a step names; one that is spoilt may have any name."""
        found = self._parts.get(step)
        if found is None and any(part.is_spoilt for part in self._parts.values()):
            return SPOILT
        return found

    def why_no_member(self, path: str, step: str) -> str | None:
        """Which part is the last."""
        if not step.isdigit():
            of_copy = f"name a copy first: `{path}.{self._count}.{step}` is in the last one"
            return of_copy if self._noun == "copy" else None
        start = f"the last {self._noun} of `{path}` is `{path}.{self._count}`"
        return f"they count from 1: {start}" if int(step) == 0 else start

    @property
    def ambiguous(self) -> tuple[str, ...]:
        """The outputs of its last parts, where one has several."""
        steps = {id(part): step for step, part in self._parts.items()}
        return tuple(f"{steps[id(part)]}.{name}" for part in self._last for name in part.ambiguous)

    @property
    def parts(self) -> tuple[str, ...]:
        """The items of a chain; copies are counted, and not spelt."""
        return tuple(self._parts) if self._noun == "item" else ()


class Instance(Thing):
    """A block's instance: its outputs by name, and the nodes in it.

    Args:
        outputs: its outputs.
        inside: finds the nodes in it.
        names: their names; None for a model of its own, in which nothing can be named.
    """

    def __init__(
        self,
        outputs: Mapping[str, Thing],
        inside: Callable[[str], Thing | None],
        names: tuple[str, ...] | None,
    ) -> None:
        self._outputs = outputs
        self._inside = inside
        self._names = names
        self._only = next(iter(outputs)) if len(outputs) == 1 else None

    def needs(self) -> tuple[Thing, ...]:
        """Its output."""
        return () if self._only is None else (self._outputs[self._only],)

    def gather(self) -> Settled:
        """The tensors of its output."""
        return None if self._only is None else self._outputs[self._only].settled

    def member(self, step: str) -> Thing | None:
        """The output or the node that a step names."""
        return self._outputs.get(step) or self._inside(step)

    def why_no_member(self, path: str, step: str) -> str | None:
        """What there is in it instead."""
        if self._names is None:
            return (
                f"`{path}` is a model of its own, in which nothing can be named: drop `nested`, "
                "or make the node an output of the block"
            )
        names = dict.fromkeys((*self._names, *filter(None, self._outputs)))
        help = did_you_mean(step, names, before=f"{path}.")
        if help is not None:
            return help
        listed = ", ".join(f"`{path}.{name}`" for name in names)
        return f"there is {listed}" if len(names) <= MOST_LISTED else None

    @property
    def ambiguous(self) -> tuple[str, ...]:
        """Its outputs, where it has several."""
        return tuple(self._outputs) if self._only is None else ()


SPOILT = Spoilt()


def picked(tensors: Settled, number: int | None) -> Settled:
    """All of the tensors, or the one with a number."""
    if tensors is None or number is None:
        return tensors
    if len(tensors) == 1 and tensors[0].tensor is None and isinstance(tensors[0].of, str):
        return (tensors[0]._replace(tensor=number),)
    if len(tensors) == 1 and tensors[0].tensor is not None and number == 0:
        return tensors
    return (Tensors(tensors, number),)


def _joined(things: tuple[Thing, ...]) -> Settled:
    found: list[Tensors] = []
    for thing in things:
        if thing.settled is None:
            return None
        found += thing.settled
    return tuple(found)
