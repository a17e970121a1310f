"""What a node is called on, before names are looked up."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from layergraph.expand.things import Thing
from layergraph.spec.place import Place
from layergraph.spec.references import Connection, Reference

if TYPE_CHECKING:
    from layergraph.expand.scopes import Scope


class Source(NamedTuple):
    """A reference, and the scope that it is looked up in; or the thing that it is, if known."""

    reference: Reference
    scope: Scope | None = None
    thing: Thing | None = None


class FeedArgument(NamedTuple):
    """One argument of a call, and what it is given."""

    name: str | None
    sources: tuple[Source, ...]
    is_list: bool = False


class Feed(NamedTuple):
    """What a node is called on, and the value of the `from` that says so, where there is one."""

    arguments: tuple[FeedArgument, ...]
    place: Place | None = None

    @classmethod
    def of_file(cls, connections: tuple[Connection, ...], scope: Scope, place: Place) -> Feed:
        """What a `from` of the file says."""
        arguments = [
            FeedArgument(
                connection.argument,
                tuple(Source(reference, scope) for reference in connection.references),
                connection.is_list,
            )
            for connection in connections
        ]
        return cls(tuple(arguments), place)

    @classmethod
    def of_thing(cls, path: str, thing: Thing) -> Feed:
        """What an item or a copy is fed by the one before it."""
        return cls((FeedArgument(None, (Source(Reference(path), None, thing),)),))

    @classmethod
    def of_things(cls, things: list[tuple[Reference, Thing]], place: Place | None) -> Feed:
        """Things as the one list that a model is called on."""
        sources = tuple(Source(reference, None, thing) for reference, thing in things)
        return cls((FeedArgument(None, sources, is_list=True),), place)

    def replaced(self, number: int, path: str, thing: Thing) -> Feed:
        """The feed of the next copy: one argument's first tensor comes from the copy before."""
        one = self.arguments[number]
        source = Source(Reference(path), None, thing)
        replaced = one._replace(sources=(source, *one.sources[1:]))
        is_all = len(self.arguments) == len(one.sources) == 1
        arguments = (*self.arguments[:number], replaced, *self.arguments[number + 1 :])
        return Feed(arguments, None if is_all else self.place)

    @property
    def single(self) -> Source | None:
        """The one source, where there is just one."""
        if len(self.arguments) == 1 and len(self.arguments[0].sources) == 1:
            return self.arguments[0].sources[0]
        return None


NO_FEED = Feed(())
"""What is fed to what a mistake has left without a feed."""
