"""What a model asks of data: a field for each input, a target for each output that is measured."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from layergraph.diagnostics import Span
from layergraph.graph.graph import Edge, Graph, Node
from layergraph.graph.output_data import form_of

_EMBEDDINGS = ("Embedding", "ReversibleEmbedding")


class Field(NamedTuple):
    """An input of a model, as data.

    Args:
        name: the key of the model's dict.
        columns: those of the data; several stand side by side on the last axis.
        shape: of one sample.
        dtype: of an element; "string" for words.
        span: where the input stands in the graph file.
        decode: "image" where a column holds paths of images.
        missing: what becomes of a gap: "error", "drop" or "allow".
        below: where it goes straight into an embedding, one more than the largest number that it
            may hold; the least of them, where there are several.
    """

    name: str
    columns: tuple[str, ...]
    shape: tuple[int | None, ...]
    dtype: str
    span: Span
    decode: str | None = None
    missing: str = "error"
    below: int | None = None


class Target(NamedTuple):
    """An output of a model that has a loss or metrics, as data.

    Args:
        name: the output's.
        columns: those of the data; several stand side by side on the last axis.
        shape: of one target: for numbers of classes the output's without the axis of classes.
        dtype: int32 for numbers of classes, float32 for all else.
        span: where the output stands in the graph file.
        form: "integer" (numbers of classes), "probability" (from 0 to 1) or "number".
        classes: the labels of its classes, in the order of their numbers.
        count: the number of classes, where it is known; 2 where one probability tells two apart.
        is_one_hot: whether the last axis is one of classes, of which one is 1.
        class_weight: "balanced", or weights by label; by number, where classes have no labels.
        sample_weight: the column of the samples' weights.
        ignored: the number that is no class and may stand for one, where the loss has one.
        has_loss: whether it is trained, and not only measured.
    """

    name: str
    columns: tuple[str, ...]
    shape: tuple[int | None, ...]
    dtype: str
    span: Span
    form: str
    classes: tuple[str | int, ...] | None = None
    count: int | None = None  # type: ignore[assignment]  # tuples have a method of this name
    is_one_hot: bool = False
    class_weight: str | Mapping[str | int, float] | None = None
    sample_weight: str | None = None
    ignored: int | None = None
    has_loss: bool = True


def fields_of(graph: Graph) -> tuple[Field, ...]:
    """The inputs of a graph as data, in the order of its file."""
    return tuple(_fields(graph))


def targets_of(graph: Graph) -> tuple[Target, ...]:
    """The outputs of a graph that have a loss, or metrics alone, as data."""
    return tuple(_targets(graph))


def _fields(graph: Graph) -> Iterator[Field]:
    nodes = {path: node for path, node in graph.nodes.items() if path in graph.in_model}
    for path, node in nodes.items():
        keys = node.input
        if keys is None:
            continue
        columns = keys.columns or ((keys.column,) if keys.column else (node.keras_name,))
        yield Field(
            name=node.keras_name,
            columns=columns,
            shape=node.outputs[0].shape[1:],
            dtype=keys.dtype,
            span=node.span,
            decode=keys.decode,
            missing=keys.missing,
            below=min(_limits(path, nodes), default=None),
        )


def _targets(graph: Graph) -> Iterator[Target]:
    for output in graph.heads.values():
        if output.loss is None and not output.metrics:
            continue
        form = form_of(output)
        yield Target(
            name=output.name,
            columns=output.columns or (output.name,),
            shape=form.shape,
            dtype=form.dtype,
            span=output.span,
            form=form.form,
            classes=output.classes,
            count=form.count,
            is_one_hot=form.is_one_hot,
            class_weight=output.class_weight,
            sample_weight=output.sample_weight,
            ignored=form.ignored,
            has_loss=output.loss is not None,
        )


def _limits(path: str, nodes: Mapping[str, Node]) -> Iterator[int]:
    """The sizes of the vocabularies of the embeddings that are called on an input.

    An input of a model inside of this one stands for what is given to it.
    """
    waiting = [(path, nodes)]
    while waiting:
        producer, level = waiting.pop()
        for node in level.values():
            given = [edge for argument in node.arguments for edge in argument.edges]
            if Edge(producer) not in given:
                continue
            if node.type in _EMBEDDINGS and given[0] == Edge(producer):
                yield node.args["input_dim"]
            elif node.inner is not None:
                inner = node.inner
                waiting += [
                    (name, inner.nodes)
                    for name, edge in zip(inner.inputs, given, strict=False)
                    if edge == Edge(producer)
                ]
