"""Calls: the tensors that a node is called on, matched with the arguments of its layer's `call`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from layergraph.diagnostics import Diagnostics
from layergraph.graph.graph import Argument, Edge, Node
from layergraph.graph.miscalls import report_miscall
from layergraph.graph.tensors_given import flattened
from layergraph.graph.wiring import WiredNode, call_place
from layergraph.layers.base import POSITIONAL, Operation
from layergraph.spec.references import Reference
from layergraph.tensors import TensorSpec

Form = tuple[tuple[str | None, int, bool], ...]
"""What a `from` gives, part by part: the argument it names, how many tensors, if as a list."""


class Given(NamedTuple):
    """A tensor that a call is given: where it comes from, and the reference that says so."""

    edge: Edge
    spec: TensorSpec
    reference: Reference


class Slot(NamedTuple):
    """An argument of a call, and which of the tensors of the `from` it is given."""

    name: str
    is_list: bool
    start: int
    stop: int


class BoundCall(NamedTuple):
    """The tensors of a call, by the names of the layer's arguments.

    `arguments` is the call as the graph keeps it. `inputs` are what is known of all its tensors in
    the order of the call, `references` say where each is named. `slots` are the same for all calls
    of one layer that give it tensors alike.
    """

    arguments: tuple[Argument, ...]
    inputs: tuple[TensorSpec, ...]
    references: tuple[Reference, ...]
    slots: tuple[Slot, ...]

    @property
    def specs(self) -> dict[str, TensorSpec | tuple[TensorSpec, ...]]:
        """What a shape rule is given for each argument."""
        found: dict[str, TensorSpec | tuple[TensorSpec, ...]] = {}
        start = 0
        for argument in self.arguments:
            specs = self.inputs[start : start + len(argument.edges)]
            found[argument.name] = specs if argument.is_list else specs[0]
            start += len(specs)
        return found

    @property
    def tensors(self) -> tuple[Given, ...]:
        """All tensors, in the order of the call."""
        edges = [edge for argument in self.arguments for edge in argument.edges]
        return tuple(map(Given, edges, self.inputs, self.references))


class Binding:
    """Matches what nodes are called on with the arguments of their layers.

    Args:
        diagnostics: where calls are reported that are not as the layer's is.
    """

    def __init__(self, diagnostics: Diagnostics) -> None:
        self._diagnostics = diagnostics
        self._known: dict[tuple[int, Form], tuple[Slot, ...] | None] = {}

    def bind(
        self, wired: WiredNode, layer: Operation, nodes: Mapping[str, Node]
    ) -> BoundCall | None:
        """The call of a node; None where a mistake has spoilt it.

        Args:
            wired: the node.
            layer: what it calls, which has to outlive this.
            nodes: the nodes inferred so far.
        """
        given = wired.flat.fed
        if given is None:
            return None
        place = call_place(wired.flat)
        edges: list[Edge] = []
        references: list[Reference] = []
        parts: list[tuple[str | None, int, bool]] = []
        sound = True
        for fed in given:
            start = len(edges)
            for reference, tensors in zip(fed.references, fed.tensors, strict=True):
                found = None
                if tensors is not None:
                    found = flattened(tensors, reference, place, nodes, self._diagnostics)
                if found is None:
                    sound = False
                else:
                    edges += found
                    references += [reference] * len(found)
            parts.append((fed.argument, len(edges) - start, fed.is_list))
        form = tuple(parts)
        slots = self._slots(layer, form) if sound else None
        if slots is None:
            report_miscall(wired, layer, nodes, self._diagnostics)
            return None
        arguments = [
            Argument(name, tuple(edges[start:stop]), many) for name, many, start, stop in slots
        ]
        if len(slots) > 1:  # in the order of the layer's arguments
            taken = [number for slot in slots for number in range(slot.start, slot.stop)]
            edges = [edges[number] for number in taken]
            references = [references[number] for number in taken]
        inputs = [nodes[producer].outputs[number] for producer, number in edges]
        return BoundCall(tuple(arguments), tuple(inputs), tuple(references), slots)

    def _slots(self, layer: Operation, form: Form) -> tuple[Slot, ...] | None:
        """What each argument is given, which calls of one form and layer have in common."""
        key = (id(layer), form)
        if key not in self._known:
            self._known[key] = _slots_of_any(form) if layer.is_own else _slots(layer, form)
        return self._known[key]


def _slots(layer: Operation, form: Form) -> tuple[Slot, ...] | None:
    """What each argument is given, in the layer's order; None where it does not take that."""
    known = {argument.name: argument for argument in layer.tensor_arguments()}
    first = next(iter(known.values()))
    found: dict[str, Slot] = {}
    start = 0
    for name, count, _ in form:
        is_in_order = name is None and layer.is_function and not first.many
        if is_in_order and 1 < count <= len(known):
            for number, one in enumerate(list(known)[:count], start):
                found[one] = Slot(one, False, number, number + 1)
        else:
            argument = first if name is None else known.get(name)
            if argument is None or not (argument.many or count == 1):
                return None
            found[argument.name] = Slot(argument.name, argument.many, start, start + count)
        start += count
    if any(argument.required and argument.name not in found for argument in known.values()):
        return None
    return tuple(found[name] for name in known if name in found)


def _slots_of_any(form: Form) -> tuple[Slot, ...]:
    """The same for a layer of the user's own, which alone knows what arguments it has."""
    found: list[Slot] = []
    start = 0
    for name, count, is_list in form:
        given_as = POSITIONAL if name is None else name
        found.append(Slot(given_as, is_list or count > 1, start, start + count))
        start += count
    return tuple(found)
