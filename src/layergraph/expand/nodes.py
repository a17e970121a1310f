"""Nodes: chains taken apart, expressions given their values, layers taken down."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from layergraph.diagnostics import Diagnostics, Span, codes
from layergraph.diagnostics.memory import Memory
from layergraph.expand.budget import Budget
from layergraph.expand.copies import absent, expand_copies, is_left_out, next_feed
from layergraph.expand.feeding import NO_FEED, Feed, Source
from layergraph.expand.flat import FlatModel, Models, Tensors
from layergraph.expand.forecast import Forecast
from layergraph.expand.known_values import KnownValues, with_any_copy
from layergraph.expand.scopes import Draft, Scope, Spot
from layergraph.expand.substitution import Substitution
from layergraph.expand.things import SPOILT, Expanding, Made, Parts, Thing
from layergraph.expand.uses import used
from layergraph.spec.chains import Item, items_of
from layergraph.spec.graph_spec import NodeSpec, Values
from layergraph.spec.nodes import OP_PREFIX, Outline, has_misspelt_from, outline, read_node
from layergraph.spec.place import Place
from layergraph.syntax.tree import Mapping, Sequence, Tree

if TYPE_CHECKING:
    from layergraph.expand.instances import Instances

_BY_THEMSELVES = ("when", "repeat", "each", "chain")
"""Keys whose expressions are not evaluated with those of the node."""


class Asked(NamedTuple):
    """A node to be expanded: its place, what it sees, and what it is called on.

    `feed` is None where its own `from` says so. `used_by` is the `use` that calls it again;
    `is_copy` says that it is one of the copies that the node asks for.
    """

    place: Place
    values: Values
    scope: Scope
    feed: Feed | None = None
    used_by: NodeSpec | None = None
    in_chain: bool = False
    is_copy: bool = False

    def copy(self, at: Span, **values: Any) -> Asked:
        """One of the copies, for which expressions see more, which a place says."""
        assert isinstance(self.values, KnownValues)
        more = self.values.also(values, dict.fromkeys(values, at))
        return self._replace(values=more, is_copy=True)


class Nodes:
    """Expands nodes into drafts, and the things that their names stand for."""

    def __init__(
        self, substitution: Substitution, budget: Budget, diagnostics: Diagnostics
    ) -> None:
        self.substitution = substitution
        self.budget = budget
        self.forecast = Forecast(substitution.largest)
        self.diagnostics = diagnostics
        self.instances: Instances
        self.offered: list[Thing] = []
        """What the outputs of instances stand for, whether or not something is called on them."""
        self._outlines: Memory[Outline | None] = Memory(diagnostics)
        self._items: Memory[tuple[Item, ...]] = Memory(diagnostics)
        self._with_blocks: dict[int, tuple[tuple[tuple[str | int, ...], ...], Mapping]] = {}
        self._specs: Memory[NodeSpec | None] = Memory(diagnostics)

    def expand_all(self, scope: Scope) -> None:
        """Expand every node of a scope, in the order of the file.

        A node that is used before its turn is expanded then; its drafts keep their place.
        """
        collected: dict[str, list[Draft]] = {}

        def expand(name: str) -> Thing:
            place = scope.nodes[name]
            scope.things[name] = Expanding() if place is not None else SPOILT
            if place is not None:
                before, scope.drafts = scope.drafts, []
                spot = scope.spot_of(name)
                scope.entries[spot.path] = place
                scope.things[name] = self.expand(spot, Asked(place, scope.values, scope))
                collected[name], scope.drafts = scope.drafts, before
            return scope.things[name]

        scope.expand = expand
        for name in scope.nodes:
            scope.get(name)
        for name in scope.nodes:
            scope.drafts += collected.get(name, ())

    def expand(self, spot: Spot, asked: Asked) -> Thing:
        """Expand one node, with all its copies."""
        with self.diagnostics.inside(asked.scope.prefix + spot.path, asked.scope.calls):
            self.budget.enter(spot.local, asked.place)
            sketch = self._outline(spot, asked)
            thing = expand_copies(self, spot, asked, sketch) if sketch else SPOILT
            self.budget.leave()
        if thing is not SPOILT and thing.made_of is None:
            thing.made_of, thing.path = asked, spot.path
        return thing

    def once(self, spot: Spot, asked: Asked, sketch: Outline, last: Thing | None = None) -> Thing:
        """Expand one copy of a node; `last` is the copy before it."""
        with self.diagnostics.inside(asked.scope.prefix + spot.path, asked.scope.calls):
            return self._once(spot, asked, sketch, last)

    def _once(self, spot: Spot, asked: Asked, sketch: Outline, last: Thing | None) -> Thing:
        if sketch.kind in ("block", "chain") and not asked.is_copy:
            least = self.forecast.of_copies(sketch.place.tree, asked.values, asked.scope.file)
            self.budget.foresee(spot.local, sketch.place, least)
        self.budget.spend(spot.local, sketch.place)
        if sketch.when is not None and is_left_out(self, spot, sketch.when, asked.values):
            return absent(self, spot, asked, sketch, last)
        spec = self.spec(spot, asked, sketch)
        if spec is None:
            if sketch.kind == "chain":  # the items may have mistakes of their own
                alone = asked._replace(values=with_any_copy(asked.values))
                self._chain(spot, alone, sketch, None)
            return SPOILT
        feed = self.feed(spot, spec, asked, last)
        if sketch.kind == "chain":
            thing = self._chain(spot, asked, sketch, feed)
        elif sketch.kind == "block":
            thing = self.instances.instance(spot, spec, asked, feed)
        elif sketch.kind == "use":
            thing = used(self, spot, spec, asked.scope, feed)
        else:
            thing = self._layer(spot, spec, asked, feed)
        if thing is not SPOILT:
            thing.made_of, thing.path = asked._replace(is_copy=True), spot.path
        return thing

    def spec(self, spot: Spot, asked: Asked, sketch: Outline) -> NodeSpec | None:
        """The node with its values; read once for all copies that see the same ones."""
        place, values = sketch.place, asked.values
        is_fixed = not self.substitution.holds(place.tree)
        is_shared = is_fixed or values is asked.scope.values

        def read() -> NodeSpec | None:
            known = self.substitution.into(
                place,
                values,
                left=_BY_THEMSELVES,
                may_be_copy=lambda: self._holds_stranger(sketch.kind, place, asked.scope),
            )
            return read_node(
                spot.local, sketch.kind, known, self.diagnostics, in_chain=asked.in_chain
            )

        key = (id(place.tree), place.path, 0 if is_fixed else id(values))
        return self._specs.recall(key, read, keep=values) if is_shared else read()

    def feed(self, spot: Spot, spec: NodeSpec, asked: Asked, last: Thing | None) -> Feed | None:
        """What a node is called on; where nothing says so, that is reported."""
        feed = asked.feed
        if feed is None and spec.connections is not None:
            feed = Feed.of_file(spec.connections, asked.scope, spec.place.at("from"))
        if feed is not None:
            has_next = last is not None and feed is not NO_FEED
            return (
                next_feed(self, spot, spec, asked.scope, feed, last) if has_next and last else feed
            )
        if last is None and not self._may_have_from(spec, asked.scope):
            self.diagnostics.report(
                codes.MISSING_FROM,
                f"`{spot.local}` has no `from`",
                spec.place.key_span,
                path=spec.place.path,
                help="add `from: …` with what it is called on; nothing is implied by order",
            )
        return None

    def thing_of(
        self, source: Source, spot: Spot, place: Place, *, left_out: bool = False
    ) -> Thing:
        """What a source of a feed stands for, for the node at a spot."""
        if source.thing is not None:
            return source.thing
        assert source.scope is not None
        return source.scope.named(
            source.reference,
            f"`{spot.local}`",
            place,
            self.diagnostics,
            left_out=left_out,
            spot=spot,
        )

    def _may_have_from(self, spec: NodeSpec, scope: Scope) -> bool:
        """Whether another mistake may be what its `from` is missing for."""
        if spec.kind == "type" and spec.named in scope.file.spec.custom:
            return False
        return has_misspelt_from(spec) or self._holds_stranger(spec.kind, spec.place, scope)

    def _holds_stranger(self, kind: str, place: Place, scope: Scope) -> bool:
        from layergraph.expand.strangers import holds_stranger

        return holds_stranger(kind, place, scope)

    def _outline(self, spot: Spot, asked: Asked) -> Outline | None:
        place = asked.place
        return self._outlines.recall(
            (id(place.tree), place.path),
            lambda: outline(spot.local, place, self.diagnostics, in_chain=asked.in_chain),
        )

    def _chain(self, spot: Spot, asked: Asked, sketch: Outline, feed: Feed | None) -> Thing:
        place = sketch.place.at("chain")
        if not isinstance(place.tree, Sequence) or not place.tree.items:
            return SPOILT
        items = self._items.recall(
            (id(place.tree), place.path), lambda: items_of(spot.local, place, self.diagnostics)
        )
        parts: dict[str, Thing] = {}
        last: Thing = SPOILT
        feed = feed or NO_FEED
        for number, (step, at) in enumerate(items, start=1):
            part = spot.part(step)
            last = SPOILT
            if at is not None:
                item = asked._replace(place=at, feed=feed, in_chain=True, is_copy=False)
                last = self.expand(part, item)
            parts[step] = parts[str(number)] = last
            feed = Feed.of_thing(part.local, last)
            if last.ambiguous and number < len(items):
                self._report_several(part, last, items[number])
                feed = NO_FEED
        return Parts(parts, (last,), len(items), "item")

    def _report_several(self, part: Spot, thing: Thing, following: Item) -> None:
        step, at = following
        if at is None:
            return
        outputs = ", ".join(f"`{part.local}.{name}`" for name in thing.ambiguous)
        self.diagnostics.report(
            codes.SEVERAL_OUTPUTS,
            f"`{part.local.rpartition('.')[0]}.{step}` is called on `{part.local}`, which has "
            f"{len(thing.ambiguous)} outputs",
            at.key_span,
            path=at.path,
            help=f"end the chain before it, and call the rest on one of {outputs}",
        )

    def _layer(self, spot: Spot, spec: NodeSpec, asked: Asked, feed: Feed | None) -> Thing:
        scope = asked.scope
        declared = scope.file.spec.custom
        if spec.named in declared and declared[spec.named] is None:
            return SPOILT
        used_by = asked.used_by
        models = self._models(spot, spec, scope) if spec.named not in declared else ()
        if models is None:
            return SPOILT
        name, shares = spec.name or spot.keras_name, spot.shares
        if shares and spec.named.startswith(OP_PREFIX):  # which has no weights, and one call
            name, shares = spot.keras_name, None
        scope.drafts.append(
            Draft(
                path=spot.path,
                local=spot.local,
                keras_name=name,
                type=spec.named,
                arguments=spec.arguments,
                call=used_by.call if used_by and used_by.call else spec.call,
                place=spec.place,
                feed=None if feed is NO_FEED else feed,
                scope=scope,
                shares=shares,
                models=models,
            )
        )
        return Made(Tensors(spot.path))

    def _models(self, spot: Spot, spec: NodeSpec, scope: Scope) -> Models | None:
        """The models among a layer's arguments; None where a mistake has spoilt one."""
        key = id(spec.arguments)
        if key not in self._with_blocks:
            self._with_blocks[key] = (tuple(_blocks_in(spec.arguments)), spec.arguments)
        found: list[tuple[tuple[str | int, ...], FlatModel]] = []
        for steps in self._with_blocks[key][0]:
            place = spec.place.at(*steps)
            model = self.instances.argument_model(place, spot, scope)
            if model is None:
                return None
            found.append((steps, model))
        return tuple(found)


def _blocks_in(tree: Tree, steps: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The steps to every `{block: …}` in the arguments of a layer."""
    if isinstance(tree, Sequence):
        for number, item in enumerate(tree.items):
            yield from _blocks_in(item, (*steps, number))
    if isinstance(tree, Mapping):
        if "block" in tree.entries and steps:
            yield steps
            return
        for key, entry in tree.entries.items():
            yield from _blocks_in(entry.value, (*steps, key))
