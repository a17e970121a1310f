"""Two graphs → their `Difference`."""

from __future__ import annotations

from pathlib import PurePath

from layergraph.graph.graph import Graph
from layergraph.views.diff.difference import Difference, NodeChange
from layergraph.views.diff.levels import level_changes
from layergraph.views.diff.outputs import compared_outputs, compared_training
from layergraph.views.diff.sides import Signatures, side_of_graph


def diff(old: Graph | None, new: Graph | None) -> Difference:
    """What changed from one graph to another: in the model, and not in the text of its file.

    Nodes are told apart by their names in Keras. One that is called otherwise, and is the same
    layer at the same place, is renamed: its weights are saved under another name. Nodes that reach
    no output are no part of a model.

    Args:
        old: the graph before; None where there was none.
        new: the graph after.
    """
    signatures = Signatures()
    level = level_changes(
        side_of_graph(old, signatures), side_of_graph(new, signatures), signatures
    )
    outputs = compared_outputs(old, new, level, signatures.of_model)
    renamed: set[tuple[str | None, str | None]] = {
        (change.old.head, change.new.head)
        for change in outputs
        if change.old and change.new and change.old.head and change.old.name != change.new.name
    }
    nodes = [change for change in level.changes if not _is_told(change, renamed)]
    return Difference(
        old,
        new,
        name=_names(old, new),
        inputs=tuple(change for change in nodes if _is_input(change)),
        nodes=tuple(change for change in nodes if not _is_input(change)),
        outputs=outputs,
        training=compared_training(old, new, signatures.of_model),
    )


def _is_input(change: NodeChange) -> bool:
    """Whether it is an input of the model itself."""
    return change.place.node.input is not None and "/" not in change.place.name


def _is_told(change: NodeChange, renamed: set[tuple[str | None, str | None]]) -> bool:
    """Whether it is the head of an output of another name, and nothing else of it changed."""
    if change.old is None or change.new is None or change.values or change.sources:
        return False
    has_same_weights = change.old.node.weights == change.new.node.weights
    is_of_shape = has_same_weights and change.old.node.outputs == change.new.node.outputs
    return is_of_shape and (change.old.node.path, change.new.node.path) in renamed


def _names(old: Graph | None, new: Graph | None) -> tuple[str, str] | None:
    """The names of two models, where they differ and are not those of their files alone."""
    if old is None or new is None or old.name == new.name:
        return None
    of_files = [PurePath(graph.source.name).stem == graph.name for graph in (old, new)]
    return None if all(of_files) else (old.name, new.name)
