"""Models of their own: instances with `nested: true`, and blocks that are arguments of layers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from layergraph.expand.block_outputs import block_outputs
from layergraph.expand.bodies import Body
from layergraph.expand.feeding import Feed
from layergraph.expand.flat import MODEL, FlatModel, Tensors
from layergraph.expand.linking import Linking
from layergraph.expand.scopes import Draft, Scope, Spot
from layergraph.expand.things import Given, Instance, Made, Thing
from layergraph.spec.graph_spec import InputSpec, NodeSpec
from layergraph.spec.place import Place
from layergraph.spec.references import Reference
from layergraph.syntax.tree import Mapping as MappingTree

if TYPE_CHECKING:
    from layergraph.expand.nodes import Asked, Nodes


def model_of(
    nodes: Nodes,
    body: Body,
    inner: Scope,
    place: Place,
    declared: Mapping[str, InputSpec | None],
    path: str = "",
) -> FlatModel:
    """A model whose inputs are nodes of its own, and whose names start afresh.

    Args:
        nodes: what expands the nodes in it.
        body: the block or the graph.
        inner: its scope, which has no spot.
        place: what asks for it.
        declared: what an imported graph declares of its inputs.
        path: its path, where it has one.
    """
    for name in body.inputs:
        inner.things[name] = Made(Tensors(name), is_input=True)
    nodes.expand_all(inner)
    things = block_outputs(nodes, body, inner)
    linking = Linking(nodes.diagnostics, prefix=path)
    flat = linking.link(inner.drafts)
    with nodes.diagnostics.inside(path, inner.calls):
        outputs = {name: linking.one_tensor(thing) for name, thing in things.items()}
    inputs = {name: declared.get(name) for name in body.inputs}
    return FlatModel(body.name, inputs, flat, outputs, place, inner.entries)


def nested_instance(
    nodes: Nodes,
    spot: Spot,
    spec: NodeSpec,
    asked: Asked,
    body: Body,
    inner: Scope,
    given: dict[str, tuple[Thing, ...]] | None,
    declared: Mapping[str, InputSpec | None],
) -> Thing:
    """An instance that is one node: a call of a model."""
    model = model_of(nodes, body, inner, spec.place, declared, inner.path)
    feed = None
    if given is not None:
        own = spec.place.at("from") if spec.place.has("from") else None
        feed = Feed.of_things(
            [(Reference(name), Given(given[name])) for name in body.inputs],
            asked.feed.place if asked.feed else own,
        )
    asked.scope.drafts.append(
        Draft(
            path=spot.path,
            local=spot.local,
            keras_name=spot.keras_name,
            type=MODEL,
            arguments=MappingTree({}, spec.place.span),
            call=None,
            place=spec.place,
            feed=feed,
            scope=asked.scope,
            shares=spot.shares,
            inner=model,
        )
    )
    several = len(model.outputs) > 1
    outputs: dict[str, Thing] = {
        name: Made(Tensors(spot.path, number if several else None))
        for number, name in enumerate(model.outputs)
    }
    return Instance(outputs, lambda _: None, None)
