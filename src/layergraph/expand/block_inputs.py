"""What the inputs of a block are given: by name, or by position."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layergraph.diagnostics import Diagnostics, codes, did_you_mean
from layergraph.expand.bodies import Body
from layergraph.expand.feeding import NO_FEED, Feed, Source
from layergraph.expand.scopes import Spot
from layergraph.expand.things import Thing
from layergraph.spec.graph_spec import NodeSpec
from layergraph.spec.place import Place

if TYPE_CHECKING:
    from layergraph.expand.nodes import Nodes


def given_inputs(
    nodes: Nodes, spot: Spot, body: Body, feed: Feed | None, user: NodeSpec
) -> dict[str, tuple[Thing, ...]] | None:
    """What each input of a block is given, by name; None where a mistake has spoilt the call.

    Args:
        nodes: what finds the things that a feed stands for.
        spot: where the instance is to stand.
        body: what it calls.
        feed: what it is called on.
        user: the node that calls it.
    """
    diagnostics = nodes.diagnostics
    if feed is None or feed is NO_FEED:
        return None
    place = feed.place or user.place
    given: dict[str, tuple[Source, ...]] = {}
    sound = True
    for argument in feed.arguments:
        if argument.name is not None:
            if argument.name in body.inputs:
                given[argument.name] = argument.sources
                continue
            at = place.at(argument.name)
            _report_unknown(diagnostics, spot, body, argument.name, at)
            sound = False
        elif body.block is None and len(body.inputs) > 1:
            _report_positions(diagnostics, spot, body, place)
            sound = False
        elif len(argument.sources) > len(body.inputs):
            _report_too_many(diagnostics, spot, body, len(argument.sources), place)
            sound = False
        else:
            given |= {
                name: (source,) for name, source in zip(body.inputs, argument.sources, strict=False)
            }
    missing = [name for name in body.inputs if name not in given]
    if missing and sound:
        named = f"`from: {{{', '.join(f'{name}: …' for name in body.inputs)}}}`"
        diagnostics.report(
            codes.MISSING_CALL_ARGUMENT,
            f"`{spot.local}` is not given `{missing[0]}`, which {body.called} is called on",
            place.span if feed.place else place.key_span,
            path=place.path,
            help=f"write {named}"
            if feed.place
            else f"make it a node of its own in `layers`, with {named}",
        )
        sound = False
    if not sound:
        return None
    return {
        name: tuple(nodes.thing_of(source, spot, place) for source in sources)
        for name, sources in given.items()
    }


def _report_unknown(diagnostics: Diagnostics, spot: Spot, body: Body, name: str, at: Place) -> None:
    diagnostics.report(
        codes.UNKNOWN_CALL_ARGUMENT,
        f"`from` of `{spot.local}` names `{name}`, which is no input of {body.called}",
        at.key_span,
        path=at.path,
        help=did_you_mean(name, body.inputs)
        or f"it is called on {', '.join(f'`{input}`' for input in body.inputs)}",
    )


def _report_positions(diagnostics: Diagnostics, spot: Spot, body: Body, place: Place) -> None:
    diagnostics.report(
        codes.MISSING_CALL_ARGUMENT,
        f"`{spot.local}` gives {body.called} its inputs by position, and a graph has no order",
        place.span,
        path=place.path,
        help=f"name them: `from: {{{', '.join(f'{name}: …' for name in body.inputs)}}}`",
    )


def _report_too_many(
    diagnostics: Diagnostics, spot: Spot, body: Body, count: int, place: Place
) -> None:
    inputs = ", ".join(f"`{name}`" for name in body.inputs)
    several = "s" if len(body.inputs) > 1 else ""
    diagnostics.report(
        codes.WRONG_NUMBER_OF_TENSORS,
        f"`{spot.local}` is called on {count} tensors, and {body.called} has "
        f"{len(body.inputs)} input{several}: {inputs}",
        place.span,
        path=place.path,
        help="join them first, in a node of `merges`, or name the input that is given the "
        f"list: `from: {{{body.inputs[0]}: […]}}`",
    )
