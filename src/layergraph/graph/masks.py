"""Masks: one walk over the nodes of a graph, after their shapes are known.

Given nodes in topological order, it says for each which of its tensors carry a mask, and what
becomes of the masks that come in. What is found is what runs: Keras' symbolic call of a model
inside of another drops masks that its real call hands on.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from layergraph.layers.base import Mask, Masks
from layergraph.layers.masking import call_on_masks

if TYPE_CHECKING:
    from layergraph.graph.graph import Edge, InnerModel, Node

Fate = Literal["made", "carried", "consumed", "lost", "unknown"]


class NodeMasks(NamedTuple):
    """The masks of a node: a mask or None for each tensor that goes in, and that comes out.

    `fate` says what becomes of them: it is made here; carried on; consumed, which means that the
    layer heeds it and hands none on; lost, where the layer knows nothing of masks. It is unknown
    for a layer of the user's own, and None where there is no mask.
    """

    inputs: Masks
    outputs: Masks
    fate: Fate | None


def masks_of(
    nodes: Mapping[str, Node], given: Mapping[str, Mask] | None = None, inside: str = ""
) -> dict[str, NodeMasks]:
    """The masks of every node, by its path; those of models inside are `path/path`.

    Args:
        nodes: the nodes in topological order.
        given: the masks that inputs carry, by path, where the nodes are those of an inner model.
        inside: what the paths begin with.
    """
    found: dict[str, NodeMasks] = {}
    for node in nodes.values():
        path = f"{inside}{node.path}"
        if node.layer is None:
            mask = (given or {}).get(node.path)
            found[path] = NodeMasks((), (mask,), None)
            continue
        edges = [edge for argument in node.arguments for edge in argument.edges]
        inputs = tuple(_at(edge, found, inside) for edge in edges)
        if node.inner is not None:
            found |= _of_model(node.inner, inputs, path)
            outputs = tuple(_at(edge, found, f"{path}/") for edge in node.inner.outputs)
            within = (found[f"{path}/{inner}"].fate for inner in node.inner.nodes)
            heeded = "consumed" in within
        else:
            outputs, heeded = _called(node, inputs)
        found[path] = NodeMasks(inputs, outputs, _fate(node, inputs, outputs, heeded=heeded))
    return found


def _at(edge: Edge, found: Mapping[str, NodeMasks], inside: str) -> Mask:
    return found[f"{inside}{edge.producer}"].outputs[edge.tensor]


def _of_model(model: InnerModel, inputs: Masks, path: str) -> dict[str, NodeMasks]:
    given = dict(zip(model.inputs, inputs, strict=True))
    return masks_of(model.nodes, given, f"{path}/")


def _called(node: Node, inputs: Masks) -> tuple[Masks, bool]:
    """The masks of a call's outputs, and whether it heeds those of its inputs."""
    assert node.layer is not None
    if not node.layer.supports_masking and not any(inputs):
        return (None,) * len(node.outputs), False
    specs, rest = list(node.inputs), list(inputs)
    tensors: dict[str, Any] = {}
    masks: dict[str, Mask | Masks] = {}
    for argument in node.arguments:
        count = len(argument.edges)
        of_argument, specs = tuple(specs[:count]), specs[count:]
        its_masks, rest = tuple(rest[:count]), rest[count:]
        tensors[argument.name] = of_argument if argument.is_list else of_argument[0]
        masks[argument.name] = its_masks if argument.is_list else its_masks[0]
    call = call_on_masks(node.layer, tensors, masks, len(node.outputs), node.call)
    return call.outputs, call.consumed


def _fate(node: Node, inputs: Masks, outputs: Masks, *, heeded: bool) -> Fate | None:
    if node.layer is not None and node.layer.is_own:
        return "unknown" if any(inputs) else None
    if any(outputs):
        return "carried" if any(inputs) else "made"
    if not any(inputs):
        return None
    return "consumed" if heeded else "lost"
