"""The outputs of a block or of an imported graph, as things of its scope."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layergraph.expand.bodies import Body
from layergraph.expand.heads import add_head
from layergraph.expand.scopes import Scope
from layergraph.expand.things import SPOILT, Thing
from layergraph.objects.declared import declarations
from layergraph.spec.blocks import ONLY
from layergraph.spec.place import Place
from layergraph.spec.reading import read_output

if TYPE_CHECKING:
    from layergraph.expand.nodes import Nodes


def block_outputs(nodes: Nodes, body: Body, inner: Scope) -> dict[str, Thing]:
    """The things that the outputs name; the heads of a graph's are made."""
    if body.block is None:
        places = body.file.spec.outputs.items()
        return {name: _of_graph(nodes, name, place, body, inner) for name, place in places}
    outputs: dict[str, Thing] = {}
    for name, reference in body.block.outputs.items():
        at = body.place.at("outputs", *([name] if name != ONLY else []))
        owner = f"output `{name}` of block `{body.name}`" if name else f"block `{body.name}`"
        outputs[name] = inner.named(reference, owner, at, nodes.diagnostics, verb="gives")
    return outputs


def _of_graph(nodes: Nodes, name: str, place: Place | None, body: Body, inner: Scope) -> Thing:
    if place is None:
        return SPOILT
    with nodes.diagnostics.inside(inner.path, inner.calls):
        known = nodes.substitution.into(place, inner.values)
        with declarations(body.file.spec.custom):
            output = read_output(name, known, nodes.diagnostics)
    if output is None:
        return SPOILT
    if output.head is None:
        at = output.place.at("from")
        return inner.named(output.keys.from_, f"output `{name}`", at, nodes.diagnostics)
    if name in body.nodes or name in body.inputs:
        return SPOILT  # which validating the graph itself says
    return add_head(inner.spot_of(name, output.keys.name), output, inner)
