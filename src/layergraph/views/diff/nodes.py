"""What changed of a node itself: its layer, the arguments of its call, what of the data it is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from layergraph.graph.graph import Node
from layergraph.layers.base import Operation
from layergraph.views.diff.values import (
    ModelPair,
    ModelSignature,
    ValueChange,
    changes,
    described,
    kind_of,
    value_of,
)


def node_changes(
    old: Node, new: Node, of_model: ModelSignature, *, of_layer: bool, is_inside: bool
) -> Iterator[ValueChange | ModelPair]:
    """What differs between a node on two sides, wherever it is called.

    Args:
        old: the node before.
        new: the node after.
        of_model: what tells a model from others.
        of_layer: whether the layer is told of too, and not the call alone.
        is_inside: whether it is in a model, whose inputs are what it is given.
    """
    if old.input is not None and new.input is not None:
        if not is_inside:
            yield from _input_changes(old, new, of_model)
        return
    is_one_kind = old.layer is not None and new.layer is not None and are_alike(old, new)
    if of_layer and old.inner is not None and new.inner is not None:
        yield ModelPair("", old.inner, new.inner)
    elif of_layer and is_one_kind:
        yield from changes("", old.layer, new.layer, of_model)
    elif of_layer:
        yield ValueChange("type", value_of(_kind(old)), value_of(_kind(new)))
    if is_one_kind and old.call is not None and new.call is not None:
        yield from changes("call", old.call, new.call, of_model)


def are_alike(old: Node, new: Node) -> bool:
    """Whether two calls are of one type of layer; of the user's own, in whatever name."""
    if old.layer is None or new.layer is None:
        return False
    return old.type == new.type or kind_of(old.layer) == kind_of(new.layer)


def _kind(node: Node) -> Operation | str:
    """What stands for a node of another type: its layer with what it is given, or a word."""
    if node.layer is None or node.inner is not None:
        return "a model" if node.inner is not None else "Input"
    return node.layer


def _input_changes(old: Node, new: Node, of_model: ModelSignature) -> Iterator[Any]:
    before, after = _input_values(old), _input_values(new)
    for name in before:
        yield from changes(name, before[name], after[name], of_model)


def _input_values(node: Node) -> dict[str, Any]:
    """The keys of an input but its name; without columns its data stand in the one of its name."""
    assert node.input is not None
    found = described(node.input)
    del found["name"]
    column = found.pop("column")
    found["columns"] = found["columns"] or ((column,) if column else None)
    if found["columns"] == (node.keras_name,):
        found["columns"] = None
    return found
