"""The words and numbers of a difference, as its text and its table write them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from layergraph.graph.graph import Graph, Node
from layergraph.views.diff.difference import Difference, NodeChange, OutputChange
from layergraph.views.diff.values import Value, ValueChange

ARROW = "→"
MOST = 8
"""How many of what is alike are listed one by one."""


class Total(NamedTuple):
    """A number of the whole model, before and after; None where there is no model.

    The other two say whether it is a lower bound.
    """

    name: str
    before: int | None
    after: int | None
    is_bound_before: bool
    is_bound_after: bool

    @property
    def is_changed(self) -> bool:
        """Whether it is another number."""
        return self.before != self.after or self.is_bound_before is not self.is_bound_after

    def __str__(self) -> str:
        before = _count(self.before, self.is_bound_before)
        after = _count(self.after, self.is_bound_after)
        if not self.is_changed:
            return f"{after} (unchanged)"
        return f"{before} {ARROW} {after}{_share(self.before, self.after)}"


def totals(difference: Difference) -> tuple[Total, ...]:
    """Parameters, and what else of the totals changed."""
    old, new = difference.old, difference.new
    parameters = _total("parameters", [_parameters(graph, None) for graph in (old, new)])
    trainable = _total("trainable parameters", [_parameters(graph, True) for graph in (old, new)])
    multiply_adds = _total(
        "multiply-adds a sample", [_multiply_adds(graph) for graph in (old, new)]
    )
    others = [total for total in (trainable, multiply_adds) if total.is_changed]
    return (parameters, *(o for o in others if o[1:] != parameters[1:]))


def _total(name: str, counts: Sequence[tuple[int | None, bool]]) -> Total:
    (before, is_bound_before), (after, is_bound_after) = counts
    return Total(name, before, after, is_bound_before, is_bound_after)


def _parameters(graph: Graph | None, trainable: bool | None) -> tuple[int | None, bool]:
    if graph is None:
        return None, False
    return graph.count_params(trainable), not graph.knows_weights


def _multiply_adds(graph: Graph | None) -> tuple[int | None, bool]:
    if graph is None:
        return None, False
    counts = [graph.nodes[path].multiply_adds for path in graph.in_model]
    return sum(count or 0 for count in counts), None in counts


def _count(number: int | None, is_bound: bool) -> str:
    if number is None:
        return "none"
    return f"{'at least ' if is_bound else ''}{number:,}"


def _share(before: int | None, after: int | None) -> str:
    if not before or after is None:
        return ""
    share = 100 * (after - before) / before
    digits = 0 if abs(share) >= 9.95 else 1
    return f" ({share:+,.{digits}f} %)" if round(share, digits) else ""


def plural(number: int, noun: str) -> str:
    """A number with its noun."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def value_text(change: ValueChange) -> str:
    """`filters: 32 → 64`."""
    return f"{change.name}: {_value(change.before)} {ARROW} {_value(change.after)}"


def _value(value: Value | None) -> str:
    return "(not given)" if value is None else value.text


def tensors_text(node: Node) -> str:
    """The shapes that come out, with what dtype, where that is not float32."""
    return ", ".join(
        f"{spec}" if spec.dtype == "float32" else f"{spec} {spec.dtype}" for spec in node.outputs
    )


def named(names: Sequence[str]) -> str:
    """Names in backticks, the first and the last where they are many."""
    if len(names) <= 3:
        return ", ".join(f"`{name}`" for name in names)
    return f"`{names[0]}` … `{names[-1]}`"


def types_text(changes: Iterable[NodeChange]) -> str:
    """`12 Conv2D, 12 BatchNormalization`."""
    counts = Counter(change.place.node.type for change in changes)
    return ", ".join(f"{number} {kind}" for kind, number in counts.most_common())


def details(change: NodeChange) -> list[str]:
    """What changed of a node that is on both sides, each by itself; its derived values last."""
    assert change.old is not None
    assert change.new is not None
    found = [value_text(value) for value in change.values]
    sides = change.old.node, change.new.node
    has_one = all(len(node.arguments) == 1 or node.inner is not None for node in sides)
    for source in change.sources:
        before, after = (", ".join(names) or "nothing" for names in source[1:])
        is_call = has_one and not source.argument.startswith("output")
        what = "called on" if is_call else source.argument
        found.append(f"{what}: {before} {ARROW} {after}")
    return found + derived(change)


def derived(change: NodeChange) -> list[str]:
    """The shapes and the number of parameters of a node, where they changed."""
    assert change.old is not None
    assert change.new is not None
    found = []
    before, after = (tensors_text(place.node) for place in (change.old, change.new))
    if before != after and change.new.node.input is None:  # whose shape is an argument
        found.append(f"shape: {before} {ARROW} {after}")
    if change.old.parameters != change.new.parameters:
        counts = f"{change.old.parameters:,} {ARROW} {change.new.parameters:,}"
        found.append(f"parameters: {counts}")
    return found


def output_details(change: OutputChange) -> list[str]:
    """What changed of an output that is on both sides."""
    assert change.old is not None
    assert change.new is not None
    found = [value_text(value) for value in change.values]
    if change.source is not None:
        found.insert(0, f"from: {change.source[0]} {ARROW} {change.source[1]}")
    if change.reshaped:
        found.append(f"shape: {change.old.spec} {ARROW} {change.new.spec}")
    return found
