"""Keys of a node that are none of its own: what seems to be missing may be what they are meant for.

They are reported where the node's arguments are read, so that nothing else is to be said.
"""

from __future__ import annotations

from collections.abc import Container

from layergraph.diagnostics import Diagnostics
from layergraph.expand.bodies import find_body
from layergraph.expand.scopes import Scope
from layergraph.layers.catalog import LAYERS
from layergraph.ops.catalog import OPS
from layergraph.spec.node_keys import COPYING, KINDS
from layergraph.spec.nodes import OP_PREFIX
from layergraph.spec.place import Place
from layergraph.syntax.tree import Mapping, plain


def holds_stranger(kind: str, place: Place, scope: Scope) -> bool:
    """Whether a node has a key that nothing of its kind has, which is an error in any case.

    Args:
        kind: the key that says what it is.
        place: the node.
        scope: what it stands in.
    """
    assert isinstance(place.tree, Mapping)
    known = _known(kind, place, scope)
    return known is not None and any(key not in known for key in place.tree.entries)


def _known(kind: str, place: Place, scope: Scope) -> Container[str] | None:
    """The keys that it may have; None where that is not known."""
    own = (*KINDS[kind].key_names(), *COPYING)
    if kind in ("chain", "use"):
        return own
    named = plain(place.at(kind).tree)
    if not isinstance(named, str) or named in scope.file.spec.custom:
        return None
    if kind == "block":
        body = find_body(named, "", place.at(kind), scope, Diagnostics())
        return (*body.params, *own) if body else None
    catalog = OPS if named.startswith(OP_PREFIX) else LAYERS
    described = catalog.find(named.removeprefix(OP_PREFIX))
    return (*described.key_names(), *own) if described else None
