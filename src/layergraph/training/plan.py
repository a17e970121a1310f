"""Which rows each fit of a run is trained and validated on."""

from __future__ import annotations

from typing import NamedTuple

from layergraph.graph.graph import Graph
from layergraph.spec.training_keys import Validation
from layergraph.training.given_source import check_splittable
from layergraph.training.sources import Source
from layergraph.training.splits import Split, splits


class Plan(NamedTuple):
    """The split of each fold, where there are folds, and that of the final fit.

    `held_out` is where the rows come from that the final fit is validated on.
    """

    folds: tuple[Split, ...]
    final: Split
    held_out: Source


def planned(graph: Graph, source: Source, held_out: Source | None) -> Plan:
    """The plan of a run.

    Args:
        graph: the graph, whose `training.validation` says how to split.
        source: the data.
        held_out: separate data to validate on.

    Raises:
        GraphError: too-few-rows, unstratifiable, unsplittable-data.
    """
    validation = graph.training.validation
    if held_out is not None:
        return Plan((), Split(source.rows, held_out.rows), held_out)
    if validation is None:
        return Plan((), Split(source.rows), source)
    found = _split(source, validation, graph.training.seed or 0)
    if validation.folds is not None:
        return Plan(found, Split(source.rows), source)
    return Plan((), found[0], source)


def _split(source: Source, validation: Validation, seed: int) -> tuple[Split, ...]:
    check_splittable(source)
    rows = source.rows
    labels = source.labels(validation.stratify)[rows] if validation.stratify else None
    return tuple(
        Split(rows[training], rows[held_out] if held_out is not None else None)
        for training, held_out in splits(len(rows), validation, seed=seed, labels=labels)
    )
