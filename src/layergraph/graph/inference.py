"""Shapes, dtypes and weights: one walk over the nodes in their order.

Given the wired nodes in topological order, it reports every call that a layer's rules refuse, and
hands on a `Node` for each that they accept. What a mistake spoils is unknown from there on, and
stays silent.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from typing import Any, NamedTuple

from layergraph.diagnostics import Diagnostics, codes
from layergraph.graph.calls import Binding, BoundCall
from layergraph.graph.graph import Node
from layergraph.graph.misfits import MistakesInside, report_misfit
from layergraph.graph.named_sizes import NamedSizes
from layergraph.graph.size_limits import check_sizes
from layergraph.graph.wiring import WiredNode
from layergraph.layers.base import CallArguments, Operation, Weights
from layergraph.syntax.limits import Limits
from layergraph.tensors import ShapeError, SizesDiffer, TensorSpec
from layergraph.tensors.equations import current


class _Inferred(NamedTuple):
    """What follows from a layer and what it is called on."""

    outputs: tuple[TensorSpec, ...]
    weights: Weights
    multiply_adds: int | None


class Inference:
    """One walk over the nodes of a model.

    Args:
        limits: how large tensors and weights may be.
        diagnostics: where calls that layers refuse are reported.
    """

    def __init__(self, limits: Limits, diagnostics: Diagnostics) -> None:
        self._limits = limits
        self._sizes = NamedSizes(current())
        self._diagnostics = diagnostics
        self._binding = Binding(diagnostics)
        self._known: dict[Hashable, _Inferred] = {}
        self._specs: dict[TensorSpec, TensorSpec] = {}

    def infer(
        self, wired: Mapping[str, WiredNode], nodes: dict[str, Node], order: Iterable[str]
    ) -> None:
        """Add to `nodes`, which holds the inputs, every node of `order` that can be inferred."""
        for path in order:
            if path in wired:
                flat = wired[path].flat
                with self._diagnostics.inside(path, flat.calls):
                    node = self._node(wired[path], nodes)
                if node is not None:
                    nodes[path] = node
            if path in nodes:
                self._sizes.take_down(nodes[path])
        self._check_shared(wired, nodes)

    def _node(self, wired: WiredNode, nodes: Mapping[str, Node]) -> Node | None:
        flat, layer = wired.flat, wired.layer
        if wired.inner is not None:
            assert flat.inner is not None
            from layergraph.graph.nested_model import NestedModel

            layer = NestedModel.of(flat.inner, wired.inner, flat.calls, self._limits)
        if layer is None or (wired.call is None and wired.inner is None):
            return None
        call = self._binding.bind(wired, layer, nodes)
        if call is None:
            return None
        try:
            inferred = self._inferred(layer, wired.call, call)
        except MistakesInside as mistakes:
            for diagnostic in mistakes.found:
                self._diagnostics.take(diagnostic)
            return None
        except (ShapeError, SizesDiffer) as error:
            misfit = error if isinstance(error, ShapeError) else _disagreement(error, call)
            report_misfit(misfit, wired, call, nodes, self._sizes, self._diagnostics)
            return None
        return Node(
            path=flat.path,
            keras_name=flat.keras_name,
            type=layer.type_name(),
            span=flat.place.key_span,
            layer=layer,
            arguments=call.arguments,
            call=wired.call,
            inputs=call.inputs,
            outputs=inferred.outputs,
            weights=inferred.weights,
            multiply_adds=inferred.multiply_adds,
            in_file=flat.place.path,
            local=flat.local,
            calls=flat.calls,
            shares=flat.shares,
            inner=getattr(layer, "model", None) if layer.is_model else None,
            given=tuple(flat.arguments.entries),
        )

    def _inferred(
        self, layer: Operation, further: CallArguments | None, call: BoundCall
    ) -> _Inferred:
        """What a call comes to; copies that are called on the same share it.

        Args:
            layer: what is called.
            further: the arguments of the call that are no tensors.
            call: its tensors. Of those that are alike there is one, as of slots: their ids tell
                calls apart, which is quicker than what they hold.

        Raises:
            ShapeError, SizesDiffer: where the layer's rules refuse it.
        """
        key = (id(call.slots), id(further), *map(id, call.inputs))
        if key in self._known:
            return self._known[key]
        named: dict[str, Any] = dict(call.specs)
        if layer.infers_from_call():
            named["call"] = further
        outputs = layer.infer(**named)
        outputs = outputs if isinstance(outputs, tuple) else (outputs,)
        weights = _weights(layer, named)
        check_sizes(outputs, weights, self._limits)
        found = _Inferred(
            tuple([self._specs.setdefault(spec, spec) for spec in outputs]),
            weights,
            layer.multiply_adds(**named),
        )
        # What is found of a size with a name depends on what else was, and a model on its own.
        if not layer.is_model and not any(spec.has_names for spec in call.inputs):
            self._known[key] = found
        return found

    def _check_shared(self, wired: Mapping[str, WiredNode], nodes: Mapping[str, Node]) -> None:
        """Weights that are shared have to fit every call."""
        for path, one in wired.items():
            shares = one.flat.shares
            if shares is None or path not in nodes or shares not in nodes:
                continue
            here, there = nodes[path].weights, nodes[shares].weights
            for name, weight in here.items():
                if name not in there or weight.shape != there[name].shape:
                    self._report_unfit(nodes[path], nodes[shares], name, one)
                    break

    def _report_unfit(self, node: Node, owner: Node, name: str, wired: WiredNode) -> None:
        wanted = node.weights[name].shape
        has = owner.weights[name].shape if name in owner.weights else None
        place = wired.flat.from_place or wired.flat.place
        scope = f"{wired.flat.scope}." if wired.flat.scope else ""
        local = owner.path.startswith(scope)
        owned = owner.path.removeprefix(scope)
        user = node.path.removeprefix(scope) if local else node.path
        with self._diagnostics.inside(node.path, node.calls):
            self._diagnostics.report(
                codes.UNFIT_SHARED_WEIGHTS,
                f"`{user}` uses the weights of `{owned}`, which do not fit its tensors",
                place.span,
                label=f"`{name}` would have to be {wanted}, and is {has}"
                if has
                else f"`{owned}` has no `{name}`",
                path=place.path,
                notes=(f"`{owned}` is called on {_listed(owner)}, this on {_listed(node)}",),
                help="call it on a tensor of the same sizes, or give it a layer of its own",
            )


def _listed(node: Node) -> str:
    return ", ".join(str(spec) for spec in node.inputs)


def _disagreement(error: SizesDiffer, call: BoundCall) -> ShapeError:
    return ShapeError(
        codes.SIZE_CONFLICT,
        "the tensors of {node} disagree on a named size",
        label=str(error),
        inputs=tuple(range(len(call.tensors))),
    )


def _weights(layer: Operation, named: dict[str, Any]) -> Weights:
    weights = layer.weights(**named)
    if not layer.frozen:
        return weights
    return {path: weight._replace(trainable=False) for path, weight in weights.items()}
