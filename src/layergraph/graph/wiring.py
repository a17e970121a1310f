"""What every node runs: its layer or function, with checked arguments."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from layergraph.diagnostics import Diagnostics, Suggestion, codes, did_you_mean
from layergraph.diagnostics.memory import Memory
from layergraph.expand.flat import FlatNode, asker
from layergraph.layers.base import CallArguments, Operation
from layergraph.layers.catalog import LAYERS
from layergraph.objects.catalog import Catalog
from layergraph.objects.declared import article, declarations
from layergraph.ops.catalog import OPS
from layergraph.spec.binding import bind, holds_spoiled
from layergraph.spec.entries import UNREAD
from layergraph.spec.nodes import NODE_KEYS, OP_PREFIX
from layergraph.spec.place import Place
from layergraph.syntax.limits import Limits
from layergraph.syntax.tree import Mapping as MappingTree
from layergraph.syntax.tree import Scalar, Sequence, Tree, plain


class WiredNode(NamedTuple):
    """A node with its layer; `layer` and `call` are None where a mistake has spoilt them.

    `inner` are the nodes of the model that it calls, where it calls one.
    """

    flat: FlatNode
    layer: Operation | None
    call: CallArguments | None
    inner: Mapping[str, WiredNode] | None = None

    @property
    def producers(self) -> list[str]:
        """The paths of the nodes that feed it, as far as they are known."""
        return [
            path
            for fed in self.flat.fed or ()
            for tensors in fed.tensors
            if tensors is not None
            for path in tensors.producers()
        ]


class Wiring:
    """Checks the arguments of nodes; those that copies share are checked once.

    Args:
        limits: how large the tensors and weights of models inside may be.
        diagnostics: where what is wrong is reported.
        prefix: the path of the model that the nodes are in.
    """

    def __init__(self, limits: Limits, diagnostics: Diagnostics, prefix: str = "") -> None:
        self._limits = limits
        self._diagnostics = diagnostics
        self._prefix = prefix
        self._layers: Memory[Operation | None] = Memory(diagnostics)
        self._calls: dict[type[Operation], CallArguments] = {}

    def wire(self, flat: Mapping[str, FlatNode]) -> dict[str, WiredNode]:
        """Check every node's arguments."""
        return {path: self._node(node) for path, node in flat.items()}

    def _node(self, node: FlatNode) -> WiredNode:
        copy = f"{self._prefix}.{node.path}" if self._prefix else node.path
        with self._diagnostics.inside(copy, node.calls):
            if node.inner is not None:
                inner = Wiring(self._limits, self._diagnostics, copy).wire(node.inner.nodes)
                return WiredNode(node, None, None, inner)
            layer = self._layer(node)
            call = self._call(node, layer) if layer else None
        return WiredNode(node, layer, call)

    def _layer(self, node: FlatNode) -> Operation | None:
        if node.models:
            return self._bound(node)  # each copy has models of its own
        key = (id(node.arguments), node.type)
        return self._layers.recall(key, lambda: self._bound(node), keep=node.arguments)

    def _bound(self, node: FlatNode) -> Operation | None:
        tree: Tree = node.arguments
        for steps, flat in node.models:
            from layergraph.graph.nested_model import NestedModel

            path = f"{self._prefix}.{node.path}" if self._prefix else node.path
            inner = Wiring(self._limits, self._diagnostics, path).wire(flat.nodes)
            tree = _with(tree, steps, NestedModel.of(flat, inner, node.calls, self._limits))
        place = Place(tree, node.place.path, node.place.key_span)
        if node.type in node.declared:
            return self._custom(node)
        described = self._described(node)
        if described is None:
            return None
        with declarations(node.declared):
            return bind(
                described,
                place,
                self._diagnostics,
                owner=called(node),
                also=NODE_KEYS,
                missing_at=type_place(node).span,
            )

    def _custom(self, node: FlatNode) -> Operation | None:
        """The layer of the user's own that a node calls; None where a mistake has spoilt it."""
        declared = node.declared[node.type]
        if declared is None:
            return None
        if declared.kind != "layer":
            at = type_place(node)
            self._diagnostics.report(
                codes.UNKNOWN_TYPE,
                f"{called(node)} is a `{node.type}`, which `custom` declares as "
                f"{article(declared.kind)}, and not as a layer",
                at.span,
                path=at.path,
                help="drop its `kind`, and say what it gives with `output`, if it is a layer",
            )
            return None
        given = plain(node.arguments)
        if holds_spoiled(given):
            return None
        from layergraph.layers.custom_layer import CustomLayer

        return CustomLayer.of(declared, given)

    def _call(self, node: FlatNode, layer: Operation) -> CallArguments | None:
        if node.call is None:
            kind = type(layer)
            if kind not in self._calls:
                self._calls[kind] = kind.Call.model_construct()  # nothing given, nothing to check
            return self._calls[kind]
        if layer.is_own:
            from layergraph.layers.custom_layer import CustomCall

            given = plain(node.call.tree)
            return None if holds_spoiled(given) else CustomCall.of(given)
        return bind(layer.Call, node.call, self._diagnostics, owner=f"`call` of {called(node)}")

    def _described(self, node: FlatNode) -> type[Operation] | None:
        is_op = node.type.startswith(OP_PREFIX)
        catalog, name = (OPS, node.type.removeprefix(OP_PREFIX)) if is_op else (LAYERS, node.type)
        found = catalog.find(name)
        if found is not None:
            assert issubclass(found, Operation)
            if catalog is LAYERS and name in LAYERS.aliases:
                self._report_alias(node, LAYERS.aliases[name])
            return found
        at = type_place(node)
        if name in catalog.refused:
            instead = "as functions that it knows" if is_op else "as layers of `keras.layers`"
            self._diagnostics.report(
                codes.REFUSED_TYPE,
                f"{called(node)} is {_article(node.type)} `{node.type}`, which layergraph refuses: "
                f"{catalog.refused[name]}",
                at.span,
                path=at.path,
                help=catalog.instead.get(name, f"write what it computes {instead}"),
            )
            return None
        if UNREAD in node.declared and not is_op:
            return None
        what = "function" if is_op else "layer"
        self._diagnostics.report(
            codes.UNKNOWN_TYPE,
            f"{called(node)} is a `{node.type[:64]}`, which is no {what} that layergraph knows",
            at.span,
            path=at.path,
            help=_help_for_unknown(name, catalog, _own_layers(node), is_op=is_op),
        )
        return None

    def _report_alias(self, node: FlatNode, proper: str) -> None:
        at, name = type_place(node), node.type
        self._diagnostics.report(
            codes.LAYER_ALIAS,
            f"{called(node)} is {_article(name)} `{name}`, another name of `{proper}`",
            at.span,
            path=at.path,
            help=Suggestion(f"write `{proper}`", name, proper),
        )


def _article(name: str) -> str:
    return article(name.lower()).partition(" ")[0]


def _own_layers(node: FlatNode) -> list[str]:
    """The layers of the user's own that a node could be."""
    return [name for name, spec in node.declared.items() if spec and spec.kind == "layer"]


def _with(tree: Tree, steps: tuple[str | int, ...], model: Operation) -> Tree:
    """The tree with a model at the end of the steps."""
    if not steps:
        return Scalar(model, tree.span)  # type: ignore[arg-type]  # which `plain` gives back
    step, *others = steps
    if isinstance(tree, MappingTree):
        entry = tree.entries[str(step)]
        changed = entry._replace(value=_with(entry.value, tuple(others), model))
        return MappingTree({**tree.entries, str(step): changed}, tree.span)
    assert isinstance(tree, Sequence)
    items = [
        _with(item, tuple(others), model) if number == step else item
        for number, item in enumerate(tree.items)
    ]
    return Sequence(tuple(items), tree.span)


def _help_for_unknown(
    name: str, catalog: Catalog, declared: list[str], *, is_op: bool
) -> str | None:
    if is_op:
        known: list[Any] = [f"{OP_PREFIX}{op}" for op in catalog.names]
        return did_you_mean(f"{OP_PREFIX}{name}", known) or (
            f"a `type` that begins with `{OP_PREFIX}` is a function of `keras.ops`"
        )
    if name in OPS.names:
        return f"it is a function: write `{OP_PREFIX}{name}`"
    return did_you_mean(name, [*catalog.names, *declared]) or (
        "a `type` is the name of a layer in `keras.layers`, or of one that `custom` declares"
    )


def owner(node: FlatNode) -> str:
    """What messages call a node: the key that its `from` stands under."""
    return asker(node.from_place, node.place, node.local)


def called(node: FlatNode) -> str:
    """What messages call the layer itself, which in a chain is one of its items."""
    return owner(node) if node.place.path[0] == "outputs" else f"`{node.local}`"


def call_place(node: FlatNode) -> Place:
    """Where a node says what it is called on; an item of a chain, which does not, is at fault."""
    return node.from_place or type_place(node)


def type_place(node: FlatNode) -> Place:
    """Where a node says what it is: its `type`, its `block`, its `task`, or the node itself."""
    for key in ("type", "block", "task"):
        if node.place.has(key):
            return node.place.at(key)
    return node.place
