"""Linking: what every node is called on, once all names stand for something."""

from __future__ import annotations

from collections.abc import Sequence

from layergraph.diagnostics import Diagnostics, Related, codes
from layergraph.expand.feeding import Feed, FeedArgument, Source
from layergraph.expand.flat import Fed, FlatNode, Tensors, asker
from layergraph.expand.scopes import Draft
from layergraph.expand.settling import settle
from layergraph.expand.things import Named, Settled, Thing


class Linking:
    """Finds the tensors that references stand for; `prefix` is the path of the model they are in.

    Given drafts whose scopes are complete, it makes nodes of them.
    """

    def __init__(self, diagnostics: Diagnostics, prefix: str = "") -> None:
        self._diagnostics = diagnostics
        self._prefix = prefix

    def link(self, drafts: list[Draft]) -> dict[str, FlatNode]:
        """The nodes by path, in the order of the drafts."""
        owners = {draft.path: draft for draft in drafts}
        return {draft.path: self._node(draft, owners) for draft in drafts}

    def one_tensor(self, thing: Thing) -> Tensors | None:
        """The tensors of a thing as one value; None where a mistake has spoilt it."""
        tensors = self.settled(thing)
        if tensors is None:
            return None
        return tensors[0] if len(tensors) == 1 else Tensors(tensors)

    def settled(self, thing: Thing) -> Settled:
        """The tensors of a thing."""
        return settle(thing, self._report_cycle)

    def _node(self, draft: Draft, owners: dict[str, Draft]) -> FlatNode:
        copy = f"{self._prefix}.{draft.path}" if self._prefix else draft.path
        shares = draft.shares
        while shares is not None and shares in owners and owners[shares].shares is not None:
            shares = owners[shares].shares
        if shares not in owners:
            shares = None
        calls = draft.scope.calls
        with self._diagnostics.inside(copy, calls):
            fed = self._fed(draft) if draft.feed is not None else None
        return FlatNode(
            path=draft.path,
            local=draft.local,
            keras_name=owners[shares].keras_name if shares else draft.keras_name,
            type=draft.type,
            arguments=draft.arguments,
            call=draft.call,
            fed=fed,
            place=draft.place,
            from_place=draft.feed.place if draft.feed else None,
            calls=calls,
            shares=shares,
            declared=draft.scope.file.spec.custom,
            inner=draft.inner,
            models=draft.models,
        )

    def _fed(self, draft: Draft) -> tuple[Fed, ...]:
        feed = draft.feed
        assert feed is not None
        return tuple(self._argument(argument, feed, draft) for argument in feed.arguments)

    def _argument(self, argument: FeedArgument, feed: Feed, draft: Draft) -> Fed:
        return Fed(
            argument.name,
            tuple(source.reference for source in argument.sources),
            tuple(self._tensors(source, feed, draft) for source in argument.sources),
            argument.is_list,
        )

    def _tensors(self, source: Source, feed: Feed, draft: Draft) -> Tensors | None:
        thing: Thing | None = source.thing
        if thing is None:
            assert source.scope is not None
            place = feed.place or draft.place
            thing = source.scope.look_up(
                source.reference, asker(place, draft.place, draft.local), place, self._diagnostics
            )
            if thing is None:
                return None
            if source.reference.tensor is not None:
                thing = Named(source.reference, lambda _, found=thing: found, place)  # type: ignore[misc]
        return self.one_tensor(thing)

    def _report_cycle(self, things: Sequence[Thing]) -> None:
        """Report things that stand for each other, in the names of the outermost block."""
        named = [thing for thing in things if isinstance(thing, Named)]
        depth = min(len(thing.calls) for thing in named)
        named = [thing for thing in named if len(thing.calls) == depth]
        first = min(range(len(named)), key=lambda i: named[i].span.order)
        first_named, *others = named[first:] + named[:first]
        names = [f"`{thing.reference}`" for thing in (first_named, *others, first_named)]
        with self._diagnostics.inside(first_named.copy, first_named.calls):
            self._diagnostics.report(
                codes.CYCLE,
                f"{' → '.join(names)} is a cycle in which nothing is called"
                if others
                else f"{names[0]} stands for itself, as nothing is called on the way back to it",
                first_named.span,
                path=first_named.place.path,
                related=tuple(
                    Related(f"`{other.reference}` is named here", other.span) for other in others
                ),
                help="call one of the nodes on the way on something else",
            )
