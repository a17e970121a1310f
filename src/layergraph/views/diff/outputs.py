"""What changed of outputs, what they are trained on, and of training."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from layergraph.graph.graph import Graph, Output
from layergraph.graph.metric_names import names_of
from layergraph.objects.catalogs import LOSSES
from layergraph.views.diff.difference import OutputChange
from layergraph.views.diff.levels import LevelChanges
from layergraph.views.diff.values import (
    ABSENT,
    ModelSignature,
    ValueChange,
    changes,
    described,
    resolved,
)
from layergraph.views.plain import type_of


def compared_outputs(
    old: Graph | None, new: Graph | None, level: LevelChanges, of_model: ModelSignature
) -> tuple[OutputChange, ...]:
    """What became of every output: in the order of the new graph, and then what went."""
    before, after = (graph.heads if graph else {} for graph in (old, new))
    pairs = _pairs(before, after, level)
    found = []
    for name, output in after.items():
        if name not in pairs:
            found.append(OutputChange(None, output))
            continue
        change = _change(before[pairs[name]], output, level, of_model)
        if change is not None:
            found.append(change)
    gone = (output for name, output in before.items() if name not in pairs.values())
    return (*found, *(OutputChange(output, None) for output in gone))


def _pairs(
    before: Mapping[str, Output], after: Mapping[str, Output], level: LevelChanges
) -> dict[str, str]:
    """Outputs by name; one of another name is the same where it is the one of the same tensor."""
    found = {name: name for name in after if name in before}
    for name in after:
        if name in found:
            continue
        same = [
            other
            for other in before
            if other not in after
            and level.tensors.are_same(level.old.ends[other], level.new.ends[name])
        ]
        if len(same) == 1 and same[0] not in found.values():
            found[name] = same[0]
    return found


def _change(
    old: Output, new: Output, level: LevelChanges, of_model: ModelSignature
) -> OutputChange | None:
    before, after = level.old.ends[old.name], level.new.ends[new.name]
    source = None
    if not level.tensors.are_explained(before, after):
        source = level.old.reference(*before), level.new.reference(*after)
    values = tuple(_value_changes(old, new, of_model))
    reshaped = old.spec != new.spec
    if not (source or values or reshaped or old.name != new.name):
        return None
    return OutputChange(old, new, values, source, reshaped)


def _value_changes(old: Output, new: Output, of_model: ModelSignature) -> Iterator[ValueChange]:
    before, after = _settings(old), _settings(new)
    for name in before | after:
        yield from _only_values(
            changes(name, before.get(name, ABSENT), after.get(name, ABSENT), of_model)
        )


def _settings(output: Output) -> dict[str, Any]:
    """What an output is trained on, and measured by; each metric by the name that it has."""
    weights = output.class_weight
    if isinstance(weights, Mapping):
        weights = {str(label): weight for label, weight in weights.items()}
    weight = 1.0 if output.loss_weight is None else output.loss_weight
    found = {
        "loss": resolved(output.loss, LOSSES),
        "loss_weight": weight if output.loss is not None else None,
        "columns": None if output.columns in ((), (output.name,)) else output.columns,
        "classes": output.classes,
        "class_weight": weights,
        "sample_weight": output.sample_weight,
    }
    named = zip(names_of(output), output.metrics, strict=True)
    metrics = ((name or type_of(metric), metric) for name, metric in named)  # type: ignore[arg-type]
    return found | _numbered("metrics", metrics)


def _numbered(prefix: str, items: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """Items by their names, with a number from the second of one name on."""
    numbers: Counter[str] = Counter()
    found = {}
    for name, item in items:
        numbers[name] += 1
        number = f".{numbers[name]}" if numbers[name] > 1 else ""
        found[f"{prefix}.{name}{number}"] = item
    return found


def compared_training(
    old: Graph | None, new: Graph | None, of_model: ModelSignature
) -> tuple[ValueChange, ...]:
    """What changed of training; nothing where one of the graphs is not there."""
    if old is None or new is None:
        return ()
    before, after = _training(old), _training(new)
    return tuple(
        change
        for name in before | after
        for change in _only_values(
            changes(name, before.get(name, ABSENT), after.get(name, ABSENT), of_model)
        )
    )


def _training(graph: Graph) -> dict[str, Any]:
    found = described(graph.training)
    callbacks = found.pop("callbacks")
    return found | _numbered("callbacks", ((type_of(item), item) for item in callbacks))


def _only_values(found: Iterable[Any]) -> Iterator[ValueChange]:
    return (change for change in found if isinstance(change, ValueChange))
