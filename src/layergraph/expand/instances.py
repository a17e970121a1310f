"""Instances: blocks and imported graphs, expanded where they are called."""

from __future__ import annotations

from layergraph.diagnostics import Call, Diagnostics, codes
from layergraph.diagnostics.values import shown
from layergraph.expand.block_inputs import given_inputs
from layergraph.expand.block_outputs import block_outputs
from layergraph.expand.bodies import Body, find_body
from layergraph.expand.feeding import Feed
from layergraph.expand.files import LoadedFile
from layergraph.expand.flat import Expected, FlatModel, Tensors
from layergraph.expand.known_values import KnownValues
from layergraph.expand.models import model_of, nested_instance
from layergraph.expand.nodes import Asked, Nodes
from layergraph.expand.params import Caller, example_values
from layergraph.expand.scopes import Draft, Scope, Spot
from layergraph.expand.things import SPOILT, Given, Instance, Thing
from layergraph.spec.graph_spec import InputSpec, NodeSpec, Values
from layergraph.spec.names import KERAS_NAME
from layergraph.spec.node_keys import InstanceKeys
from layergraph.spec.nodes import split
from layergraph.spec.place import Place
from layergraph.spec.reading import read_input
from layergraph.syntax.tree import SPOILED, plain
from layergraph.syntax.tree import Mapping as MappingTree


class Instances:
    """Expands instances of blocks, with the nodes in them."""

    def __init__(self, nodes: Nodes, diagnostics: Diagnostics) -> None:
        self._nodes = nodes
        self._diagnostics = diagnostics
        self._values: dict[str, Values] = {}
        self._called: set[int] = set()

    def instance(self, spot: Spot, spec: NodeSpec, asked: Asked, feed: Feed | None) -> Thing:
        """Expand one instance."""
        owner = f"`{spot.local}`"
        scope = asked.scope
        body = find_body(spec.named, owner, spec.place.at("block"), scope, self._diagnostics)
        if body is None:
            return SPOILT
        user = asked.used_by or spec
        keras_name = spec.name or spot.keras_name
        inner = self._scope(
            body,
            self._given(body, spec.arguments, spec.place, owner),
            user.place,
            scope,
            spot._replace(keras_name=keras_name),
            is_model=spec.nested,
        )
        given = given_inputs(self._nodes, spot, body, feed, user)
        specs = self._declared_inputs(body, inner)
        if spec.nested:
            at = spot._replace(keras_name=keras_name)
            return nested_instance(self._nodes, at, spec, asked, body, inner, given, specs)
        for name in body.inputs:
            inner.things[name] = self._input(name, body, given, specs, user)
        self._nodes.expand_all(inner)
        outputs = block_outputs(self._nodes, body, inner)
        self._nodes.offered += outputs.values()
        scope.drafts += inner.drafts
        return Instance(outputs, inner.get, (*body.inputs, *body.nodes))

    def argument_model(self, place: Place, spot: Spot, scope: Scope) -> FlatModel | None:
        """The model that `{block: …}` stands for as an argument of a layer.

        Args:
            place: the mapping with `block` and the block's params.
            spot: where the layer is to stand.
            scope: what the layer stands in.
        """
        assert isinstance(place.tree, MappingTree)
        owner = f"`{spot.local}`"
        named = plain(place.at("block").tree)
        if not isinstance(named, str):
            if named is not SPOILED:
                self._diagnostics.report(
                    codes.WRONG_TYPE,
                    f"`block` of {owner} must be the name of a block, not {shown(named)}",
                    place.at("block").span,
                    path=place.at("block").path,
                )
            return None
        body = find_body(named, owner, place.at("block"), scope, self._diagnostics)
        if body is None:
            return None
        arguments = split(place.tree, InstanceKeys.key_names())[1]
        given = self._given(body, arguments, place, owner)
        inner = self._scope(body, given, place, scope, spot, is_model=True)
        declared = self._declared_inputs(body, inner)
        model = model_of(self._nodes, body, inner, place, declared, inner.path)
        name = plain(place.at("name").tree) if place.gives("name") else None
        if isinstance(name, str) and KERAS_NAME.fullmatch(name):
            return model._replace(name=name)  # else that of its block
        return model

    def expand_uncalled(self, file: LoadedFile, entries: dict[str, Place]) -> list[Draft]:
        """Look into the blocks of a file that nothing calls: their inputs may be anything."""
        drafts: list[Draft] = []
        for name, block in file.spec.blocks.items():
            if block is None or id(block) in self._called:
                continue
            body = Body.of_block(name, file, block)
            inner = Scope(
                file,
                body.nodes,
                self._shared(example_values(block)),
                [],
                spot=Spot(f"block {name}", "", name),
                blocks=(body.key,),
                is_whole=body.is_whole,
                entries=entries,
            )
            inner.things.update(dict.fromkeys(body.inputs, SPOILT))
            self._nodes.expand_all(inner)
            for thing in block_outputs(self._nodes, body, inner).values():
                thing.needs()  # which looks their references up
            drafts += inner.drafts
        return drafts

    def _given(self, body: Body, arguments: MappingTree, place: Place, owner: str) -> KnownValues:
        caller = Caller(body.called, body.params)
        return caller.values(arguments, place, owner, self._diagnostics)

    def _scope(
        self,
        body: Body,
        values: KnownValues,
        called_at: Place,
        outer: Scope,
        spot: Spot,
        *,
        is_model: bool,
    ) -> Scope:
        if body.block is not None:
            self._called.add(id(body.block))
        return Scope(
            body.file,
            body.nodes,
            self._shared(values),
            [],
            spot=None if is_model else spot,
            prefix=f"{outer.prefix}{spot.path}." if is_model else outer.prefix,
            calls=(Call(body.name, called_at.key_span), *outer.calls),
            blocks=(*outer.blocks, body.key),
            is_whole=body.is_whole,
            entries=None if is_model else outer.entries,
        )

    def _shared(self, values: KnownValues) -> Values:
        """The same values for all calls that give the same, so that what is read is shared."""
        return self._values.setdefault(repr(values), values)

    def _declared_inputs(self, body: Body, inner: Scope) -> dict[str, InputSpec | None]:
        """What an imported graph declares of its inputs; a block declares nothing."""
        if body.block is not None:
            return {}
        found: dict[str, InputSpec | None] = {}
        with self._diagnostics.inside(inner.path, inner.calls):
            for name, place in body.file.spec.inputs.items():
                known = place and self._nodes.substitution.into(place, inner.values)
                found[name] = read_input(name, known, self._diagnostics) if known else None
        return found

    def _input(
        self,
        name: str,
        body: Body,
        given: dict[str, tuple[Thing, ...]] | None,
        specs: dict[str, InputSpec | None],
        user: NodeSpec,
    ) -> Thing:
        if given is None:
            return SPOILT
        if body.block is not None:
            return Given(given[name])
        declared = specs[name]
        if declared is None:
            return SPOILT
        at = user.place.at("from") if user.place.has("from") else user.place
        expected = Expected(name, declared, body.name, at, [])
        return Given(given[name], lambda tensors: Tensors((tensors,), None, expected))
