"""Heads of outputs: one more layer, on what the output exposes."""

from __future__ import annotations

from layergraph.expand.feeding import Feed, FeedArgument, Source
from layergraph.expand.flat import Tensors
from layergraph.expand.scopes import Draft, Scope, Spot
from layergraph.expand.things import Made
from layergraph.spec.graph_spec import OutputSpec
from layergraph.syntax.tree import Mapping


def add_head(spot: Spot, output: OutputSpec, scope: Scope) -> Made:
    """Add the head of an output to a scope's drafts: an Identity, where the file names none."""
    source = Source(output.keys.from_, scope)
    scope.drafts.append(
        Draft(
            path=spot.path,
            local=spot.local,
            keras_name=spot.keras_name,
            type=output.head.type if output.head else "Identity",
            arguments=output.head.arguments if output.head else Mapping({}, output.place.span),
            call=None,
            place=output.place,
            feed=Feed((FeedArgument(None, (source,)),), output.place.at("from")),
            scope=scope,
            shares=spot.shares,
        )
    )
    return Made(Tensors(spot.path))
