"""Nodes that are left out of a graph, and are there where its params are others."""

from __future__ import annotations

from layergraph.diagnostics import Diagnostics
from layergraph.expand.files import LoadedFile
from layergraph.expand.substitution import Substitution
from layergraph.graph.graph import Node
from layergraph.layers.base import Layer
from layergraph.layers.catalog import LAYERS
from layergraph.spec.binding import bind
from layergraph.spec.node_keys import COPYING, NodeKeys
from layergraph.spec.nodes import NODE_KEYS, split
from layergraph.spec.place import Place
from layergraph.syntax.limits import DEFAULT
from layergraph.syntax.tree import Mapping, plain
from layergraph.targets.python_source.expressions import Translation, Unsayable


def absent_node(file: LoadedFile, place: Place, translation: Translation) -> Node:
    """The layer that a node would be, with the values that are known there.

    Raises:
        Unsayable: where they do not make a layer, or it could give several tensors.
    """
    named = str(plain(place.at("type").tree)) if place.has("type") else ""
    described = LAYERS.find(named)
    if described is None or named in file.spec.custom or place.has("call"):
        raise Unsayable(f"`{place.path[-1]}`, which is left out")
    assert isinstance(place.tree, Mapping)
    diagnostics = Diagnostics()
    arguments = split(place.tree, (*NodeKeys.key_names(), *COPYING))[1]
    given = place._replace(tree=arguments)
    substitution = Substitution(diagnostics, (), DEFAULT.value_size)
    known = substitution.into(given, translation.values)
    layer = bind(described, known, diagnostics, owner="", also=NODE_KEYS)
    if not isinstance(layer, Layer) or diagnostics.has_errors:
        raise Unsayable(f"`{place.path[-1]}`, which is left out")
    if layer.arguments().get("return_state"):
        raise Unsayable(f"`{place.path[-1]}`, which is left out and gives several tensors")
    return Node("", "", named, place.key_span, layer, given=tuple(arguments.entries))
