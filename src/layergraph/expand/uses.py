"""`use`: a layer, a chain or an instance called again, with the same weights."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layergraph.diagnostics import codes
from layergraph.expand.feeding import NO_FEED, Feed
from layergraph.expand.lookup import Unresolved, walk
from layergraph.expand.scopes import Scope, Spot
from layergraph.expand.things import SPOILT, Expanding, Made, Named, Thing
from layergraph.spec.graph_spec import NodeSpec
from layergraph.spec.place import Place
from layergraph.spec.references import parse_reference

if TYPE_CHECKING:
    from layergraph.expand.nodes import Nodes


def used(nodes: Nodes, spot: Spot, spec: NodeSpec, scope: Scope, feed: Feed | None) -> Thing:
    """Expand what a `use` names once more, on what the `use` is called on."""
    at = spec.place.at("use")
    target = _target(nodes, spot, spec, scope, at)
    if isinstance(target, Expanding):
        nodes.diagnostics.report(
            codes.CYCLE,
            f"`{spot.local}` uses `{spec.named}`, which is made of it",
            at.span,
            path=at.path,
            help="name another node, or say what this one is with `type` or `block`",
        )
        return SPOILT
    if target is None or target.is_spoilt:
        return SPOILT
    if target.made_of is None:
        nodes.diagnostics.report(
            codes.INVALID_USE,
            f"`{spot.local}` uses `{spec.named}`, which is no layer, chain or instance of a block",
            at.span,
            path=at.path,
            help=f"write `{spec.named.rpartition('.')[0]}.{target.reference}`, the node that it is"
            if isinstance(target, Named)
            else "name a node that has weights to share",
        )
        return SPOILT
    if spec.call is not None and not isinstance(target, Made):
        nodes.diagnostics.report(
            codes.CONFLICTING_ARGUMENTS,
            f"`{spot.local}` has a `call`, and `{spec.named}` is no layer",
            spec.place.at("call").key_span,
            path=spec.place.at("call").path,
            help="call arguments belong to a layer: drop it",
        )
        return SPOILT
    asked = target.made_of
    again = spot._replace(shares=target.path)
    before, asked.scope.drafts = asked.scope.drafts, scope.drafts
    try:
        user = spec if spec.call or asked.used_by is None else asked.used_by
        thing = nodes.expand(again, asked._replace(feed=feed or NO_FEED, used_by=user))
    finally:
        asked.scope.drafts = before
    return thing


def _target(nodes: Nodes, spot: Spot, spec: NodeSpec, scope: Scope, at: Place) -> Thing | None:
    reference = parse_reference(spec.named)
    problem: Unresolved | None = None
    if reference.tensor is None and reference.has_form:
        try:
            return walk(reference, scope.get, is_whole=scope.is_whole)
        except Unresolved as error:
            problem = error
    help = problem.help if problem else "name a node: `use: encoder`"
    nodes.diagnostics.report(
        problem.code if problem else codes.INVALID_NAME,
        f"`{spot.local}` uses `{spec.named[:64]}`, which "
        + ("does not exist" if problem else "is no path of a node"),
        at.span,
        path=at.path,
        help=help or scope.help_for(reference.path, f"`{spot.local}`"),
    )
    return None
