"""Copies: `repeat` and `each`, and the nodes that `when` leaves out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layergraph.diagnostics import Diagnostics, codes
from layergraph.diagnostics.values import shown
from layergraph.expand.bodies import find_body
from layergraph.expand.expressions import UNKNOWN
from layergraph.expand.feeding import NO_FEED, Feed
from layergraph.expand.scopes import Scope, Spot
from layergraph.expand.things import SPOILT, Parts, Thing
from layergraph.layers.base import Operation
from layergraph.layers.catalog import LAYERS
from layergraph.ops.catalog import OPS
from layergraph.spec.graph_spec import NodeSpec, Values
from layergraph.spec.nodes import OP_PREFIX, Outline, left_out, read_left_out
from layergraph.spec.place import Place
from layergraph.spec.wording import truth_meant
from layergraph.syntax.tree import SPOILED, plain

if TYPE_CHECKING:
    from layergraph.expand.nodes import Asked, Nodes


def expand_copies(nodes: Nodes, spot: Spot, asked: Asked, sketch: Outline) -> Thing:
    """Expand a node as often as it says."""
    if sketch.repeat is not None and not asked.is_copy:
        return _repeated(nodes, spot, asked, sketch, sketch.repeat)
    if sketch.each is not None and not asked.is_copy:
        return _side_by_side(nodes, spot, asked, sketch, sketch.each)
    return nodes.once(spot, asked, sketch)


def _repeated(nodes: Nodes, spot: Spot, asked: Asked, sketch: Outline, repeat: Place) -> Thing:
    count = _count(nodes, spot, nodes.substitution.into(repeat, asked.values))
    if count is None:
        nodes.once(spot.copy(1), asked.copy(repeat.span, i=UNKNOWN), sketch)
        return SPOILT
    if count == 0:
        first = asked.copy(repeat.span, i=1)  # for what the first copy would be called on
        return absent(nodes, spot, first, sketch, None)
    _foresee(nodes, spot, asked, repeat, count)
    parts: dict[str, Thing] = {}
    last: Thing | None = None
    for number in range(1, count + 1):
        last = nodes.once(spot.copy(number), asked.copy(repeat.span, i=number), sketch, last)
        parts[str(number)] = last
    return Parts(parts, tuple(parts.values())[-1:], count, "copy")


def _count(nodes: Nodes, spot: Spot, place: Place) -> int | None:
    value = plain(place.tree)
    if value is SPOILED:
        return None
    if type(value) is not int or value < 0:
        wanted = "at least 0" if type(value) is int else "a whole number"
        help = f"write it without quotes: {value}" if str(value).isdecimal() else None
        if type(value) is float:
            help = f"write {int(value)}; in an expression, `//` divides to a whole number"
        nodes.diagnostics.report(
            codes.OUT_OF_RANGE if type(value) is int else codes.WRONG_TYPE,
            f"`repeat` of `{spot.local}` must be {wanted}, not {shown(value)}",
            place.span,
            path=place.path,
            help=help,
        )
        return None
    return value


def _side_by_side(nodes: Nodes, spot: Spot, asked: Asked, sketch: Outline, each: Place) -> Thing:
    place = nodes.substitution.into(each, asked.values)
    items = plain(place.tree)
    if items is SPOILED:
        nodes.once(spot.copy(1), asked.copy(each.span, i=UNKNOWN, item=UNKNOWN), sketch)
        return SPOILT
    if not isinstance(items, list) or not items:
        is_list = isinstance(items, list)
        nodes.diagnostics.report(
            codes.OUT_OF_RANGE if is_list else codes.WRONG_TYPE,
            f"`each` of `{spot.local}` must be a list{' of at least one item' if is_list else ''}, "
            f"not {shown(items)}",
            place.span,
            path=place.path,
            help="leave the node out with `when`" if is_list else "write `each: [6, 12, 18]`",
        )
        return SPOILT
    _foresee(nodes, spot, asked, each, len(items))
    parts: dict[str, Thing] = {}
    for number, item in enumerate(items, start=1):
        value = UNKNOWN if item is SPOILED else item
        copy = asked.copy(place.at(number - 1).span, i=number, item=value)
        parts[str(number)] = nodes.once(spot.copy(number), copy, sketch)
    return Parts(parts, tuple(parts.values()), len(items), "copy")


def _foresee(nodes: Nodes, spot: Spot, asked: Asked, at: Place, count: int) -> None:
    """Refuse copies that are too many before the first is made."""
    least = nodes.forecast.of_copies(asked.place.tree, asked.values, asked.scope.file)
    nodes.budget.foresee(spot.local, at, count * least)


def is_left_out(nodes: Nodes, spot: Spot, when: Place, values: Values) -> bool:
    """Whether an expression leaves a node out; one that is unknown does not."""
    place = nodes.substitution.into(when, values)
    value = plain(place.tree)
    if value is not SPOILED and not isinstance(value, bool):
        nodes.diagnostics.report(
            codes.WRONG_TYPE,
            f"`when` of `{spot.local}` must be true or false, not {shown(value)}",
            place.span,
            path=place.path,
            help=truth_meant(value) or "write a comparison: `${depth > 2}`",
        )
    return value is False


def absent(nodes: Nodes, spot: Spot, asked: Asked, sketch: Outline, last: Thing | None) -> Thing:
    """What a node that is left out stands for: its `else`, or what it would be called on."""
    place = nodes.substitution.into(left_out(sketch.place), asked.values, left=("when",))
    spec = read_left_out(spot.local, sketch.kind, place, nodes.diagnostics, in_chain=asked.in_chain)
    if spec is None:
        return SPOILT
    owner = f"`{spot.local}`"
    if spec.otherwise is not None:
        at = spec.place.at("else")
        return asked.scope.named(
            spec.otherwise,
            f"`else` of {owner}",
            at,
            nodes.diagnostics,
            left_out=True,
            verb="names",
        )
    feed = nodes.feed(spot, spec, asked, last)
    if feed is None or feed is NO_FEED:
        return SPOILT
    at = feed.place or spec.place
    if feed.single is None:
        nodes.diagnostics.report(
            codes.MISSING_KEY,
            f"{owner} is left out, and is called on several tensors: nothing says which of them "
            "stands for it",
            at.span,
            path=at.path,
            help="add `else: …`",
        )
        return SPOILT
    return nodes.thing_of(feed.single, spot, at, left_out=True)


def next_feed(
    nodes: Nodes, spot: Spot, spec: NodeSpec, scope: Scope, feed: Feed, last: Thing
) -> Feed | None:
    """What a copy is fed: the first tensor comes from the copy before it."""
    handed_on = _handed_on(spec, scope, feed)
    argument = feed.arguments[handed_on]
    is_list = argument.is_list and len(argument.sources) > 1
    number = int(spot.local.rpartition(".")[2]) - 1
    if last.ambiguous or (is_list and spec.kind != "block"):
        if number > 1:
            return None  # which is said of the second copy
        at = feed.place or spec.place
        name = spot.local.rpartition(".")[0]
        several = "gives several outputs" if last.ambiguous else "is called on a list"
        nodes.diagnostics.report(
            codes.WRONG_NUMBER_OF_TENSORS,
            f"`{name}` is repeated, and {several}; each copy is fed by the one before",
            at.span,
            path=at.path,
            help="make it a block with one output, whose first input is what is handed on",
        )
        return None
    return feed.replaced(handed_on, f"{spot.local.rpartition('.')[0]}.{number}", last)


def _handed_on(spec: NodeSpec, scope: Scope, feed: Feed) -> int:
    """The argument that copies hand on: the first input, wherever the file names it."""
    if len(feed.arguments) == 1:
        return 0
    first: str | None = None
    if spec.kind == "block":
        body = find_body(spec.named, "", spec.place, scope, Diagnostics())
        first = body.inputs[0] if body else None
    elif spec.kind == "type":
        is_op = spec.named.startswith(OP_PREFIX)
        described = (OPS if is_op else LAYERS).find(spec.named.removeprefix(OP_PREFIX))
        if described is not None and issubclass(described, Operation):
            first = described.declared_tensor_arguments()[0].name
    names = [argument.name for argument in feed.arguments]
    return names.index(first) if first in names else 0
