"""A functional Keras model → its calls, in the order in which they can be made.

What Keras adds to a call by itself, masks and the default of `training`, is left out, and with it
the operations that nothing else needs. Models in `inlined` are walked as if their layers stood in
the outer model.
"""

from __future__ import annotations

import inspect
from collections.abc import Collection
from dataclasses import dataclass, field
from functools import cache
from typing import Any, NamedTuple

from layergraph.importers.refusals import Unsayable


@dataclass(eq=False)
class Call:
    """One call of an operation.

    `operation` is a layer, a model or a function of Keras; `outputs` are the symbolic tensors that
    it gives, flat; `arguments` is what it is given by name, with a `Tensor` in the place of each
    symbolic tensor; `index` counts the calls of the operation, whatever model they are for. An
    input is a call of an `InputLayer` without arguments.
    """

    operation: Any
    outputs: list[Any]
    arguments: dict[str, Any] = field(default_factory=dict)
    index: int = 0


class Tensor(NamedTuple):
    """A tensor of the graph: the call that gives it, and which of its tensors it is."""

    call: Call
    number: int = 0


Origin = tuple[int, int, int]


class Level(NamedTuple):
    """A model: the calls in it, its inputs and what it gives, in Keras' flat order."""

    calls: list[Call]
    inputs: list[Call]
    outputs: list[Tensor]


def functional(model: Any) -> Any:
    """The functional model that a model is, or is made of; None where it has no graph."""
    import keras
    from keras.src.models.functional import Functional

    if isinstance(model, keras.Sequential):
        return model._functional  # noqa: SLF001  there is no public way
    return model if isinstance(model, Functional) else None


def is_model(operation: Any) -> bool:
    """Whether an operation is a model."""
    import keras

    return isinstance(operation, keras.Model)


def level_of(model: Any, inlined: Collection[int] = ()) -> Level:
    """The calls of a model.

    Args:
        model: a functional or sequential model that is built.
        inlined: the ids of models in it whose layers are walked as the model's own.
    """
    graph = functional(model)
    inputs = [Call(t._keras_history.operation, [t]) for t in graph.inputs]  # noqa: SLF001
    walk = _Walk(inlined)
    outputs = walk.outputs(graph, [Tensor(call) for call in inputs], training=None)
    return Level(_in_order(walk.calls), inputs, outputs)


def _in_order(calls: list[Call]) -> list[Call]:
    """Calls, each after those that it needs, and those of one operation in the order of Keras."""
    of_operation: dict[int, list[Call]] = {}
    for call in calls:
        of_operation.setdefault(id(call.operation), []).append(call)
    before: dict[Call, Call] = {}
    for same in of_operation.values():
        if len({call.index for call in same}) == len(same):  # else it stands in an inlined model
            same.sort(key=lambda call: call.index)
            before |= dict(zip(same[1:], same, strict=False))
    ordered: dict[Call, None] = {}
    for last in calls:
        waiting = [last]
        while waiting:
            call = waiting[-1]
            needed = [tensor.call for tensor in flat_tensors(list(call.arguments.values()))]
            needed += [before[call]] if call in before else []
            missing = [other for other in needed if other not in ordered and other.arguments]
            if missing:
                waiting += reversed(missing)
            else:
                ordered[waiting.pop()] = None
    return list(ordered)


class _Walk:
    """Collects calls; each after those that it needs."""

    def __init__(self, inlined: Collection[int]) -> None:
        self.calls: list[Call] = []
        self._inlined = inlined

    def outputs(self, graph: Any, given: list[Tensor], training: Any) -> list[Tensor]:
        """Walk a graph called on some tensors; what it gives."""
        known = {_origin(tensor): at for tensor, at in zip(graph.inputs, given, strict=True)}
        for output in graph.outputs:
            self._reach(output, known, training)
        return [known[_origin(output)] for output in graph.outputs]

    def _reach(self, output: Any, known: dict[Origin, Tensor], training: Any) -> None:
        """Make a call of the node of a tensor, and before of all that it needs."""
        import keras

        waiting = [output]
        while waiting:
            origin = _origin(waiting[-1])
            if origin in known:
                waiting.pop()
                continue
            operation, index, _ = waiting[-1]._keras_history  # noqa: SLF001  no public way
            node = operation._inbound_nodes[index]  # noqa: SLF001
            arguments = given_arguments(operation, node)
            needed = [t for t in keras.tree.flatten(list(arguments.values())) if is_symbolic(t)]
            missing = [t for t in needed if _origin(t) not in known]
            if missing:
                waiting += reversed(missing)
                continue
            waiting.pop()
            arguments = {
                name: keras.tree.map_structure(
                    lambda t: known[_origin(t)] if is_symbolic(t) else t, value
                )
                for name, value in arguments.items()
            }
            for number, at in enumerate(self._called(node, index, arguments, training)):
                known[id(operation), index, number] = at

    def _called(
        self, node: Any, index: int, arguments: dict[str, Any], training: Any
    ) -> list[Tensor]:
        import keras

        operation = node.operation
        if training is not None and _has_training(operation):
            arguments = {**arguments, "training": training}
        if id(operation) in self._inlined:
            given = flat_tensors(arguments.get("inputs"))
            return self.outputs(functional(operation), given, arguments.get("training"))
        call = Call(operation, list(keras.tree.flatten(node.outputs)), arguments, index)
        self.calls.append(call)
        return [Tensor(call, number) for number in range(len(call.outputs))]


def _origin(tensor: Any) -> Origin:
    """What tells a tensor from all others: its operation, which call of it, which of its outputs.

    Keras copies symbolic tensors now and then, so that they are not told apart by what they are.
    """
    operation, index, number = tensor._keras_history  # noqa: SLF001
    return id(operation), index, number


def is_symbolic(value: Any) -> bool:
    """Whether a value is a symbolic tensor of Keras."""
    import keras

    return isinstance(value, keras.KerasTensor)


def flat_tensors(value: Any) -> list[Tensor]:
    """The tensors in an argument, at any depth, in Keras' order: dicts by key."""
    if isinstance(value, Tensor):
        return [value]
    if isinstance(value, dict):
        return [tensor for key in sorted(value) for tensor in flat_tensors(value[key])]
    if isinstance(value, list | tuple):
        return [tensor for item in value for tensor in flat_tensors(item)]
    return []


def given_arguments(operation: Any, node: Any) -> dict[str, Any]:
    """What a call gives by name, less what Keras fills in by itself."""
    parameters = _parameters(type(operation))  # type: ignore[arg-type]  # a class is hashable
    given = _bound(operation, node, parameters)
    tensors = {name: value for name, value in given.items() if _holds_tensor(value)}
    kept: dict[str, Any] = {}
    for name, value in given.items():
        default = parameters[name].default if name in parameters else None
        if value is None and name != "training" and default is None:
            continue
        if name == "training" and (value is None or value is default):
            continue
        if _is_own_mask(name, value, tensors):
            continue
        kept[name] = value
    return kept


def _bound(operation: Any, node: Any, parameters: dict[str, inspect.Parameter]) -> dict[str, Any]:
    """The arguments of a call by name; those that are given by position alone in a tuple."""
    arguments = node.arguments
    positional = [
        name
        for name, parameter in parameters.items()
        if parameter.kind in (parameter.POSITIONAL_OR_KEYWORD, parameter.POSITIONAL_ONLY)
    ]
    rest = [name for name, p in parameters.items() if p.kind is p.VAR_POSITIONAL]
    found = dict(zip(positional, arguments.args, strict=False))
    left = arguments.args[len(positional) :]
    if left and not rest:
        raise Unsayable(
            f"`{operation.name}` is called with {len(arguments.args)} arguments by position, and "
            f"has names for {len(positional)}",
            f"give the arguments of `{type(operation).__name__}` by name",
        )
    if left:
        found[rest[0]] = tuple(left)
    return {**found, **arguments.kwargs}


@cache
def _parameters(kind: Any) -> dict[str, inspect.Parameter]:
    """The parameters of `call`, in order, without `self`."""
    return dict(list(inspect.signature(kind.call).parameters.items())[1:])


def _has_training(operation: Any) -> bool:
    import keras

    if not isinstance(operation, keras.Layer):
        return False
    return "training" in _parameters(type(operation))  # type: ignore[arg-type]  # as above


def _holds_tensor(value: Any) -> bool:
    import keras

    return any(map(is_symbolic, keras.tree.flatten(value)))


def _is_own_mask(name: str, value: Any, tensors: dict[str, Any]) -> bool:
    """Whether an argument is the mask that Keras passes on by itself.

    It passes the mask of a lone tensor argument as `mask`, and those of several as `query_mask` and
    the like.
    """
    if name == "mask":
        others = [t for key, t in tensors.items() if key != "mask" and not key.endswith("_mask")]
        if len(others) != 1:
            return False
        (tensor,) = others
    elif name.endswith("_mask") and name.removesuffix("_mask") in tensors:
        tensor = tensors[name.removesuffix("_mask")]
    else:
        return False
    import keras

    masks = [getattr(t, "_keras_mask", None) for t in keras.tree.flatten(tensor)]
    given = list(value) if isinstance(value, list | tuple) else [value]
    return len(masks) == len(given) and all(
        _is_same_tensor(a, b) for a, b in zip(masks, given, strict=True)
    )


def _is_same_tensor(left: Any, right: Any) -> bool:
    """Whether two tensors are one, or computed alike by functions from the same tensors.

    Keras makes the operations of a mask anew wherever it needs the mask.
    """
    if left is right:
        return True
    if left is None or right is None:
        return False
    operations = [tensor._keras_history.operation for tensor in (left, right)]  # noqa: SLF001
    indices = [tensor._keras_history.node_index for tensor in (left, right)]  # noqa: SLF001
    first, second = operations
    if first is second and indices[0] == indices[1]:
        return bool(left._keras_history == right._keras_history)  # noqa: SLF001
    import keras

    if isinstance(first, keras.Layer) or type(first) is not type(second):
        return False
    nodes = [o._inbound_nodes[i] for o, i in zip(operations, indices, strict=True)]  # noqa: SLF001
    flat = [keras.tree.flatten((n.arguments.args, n.arguments.kwargs)) for n in nodes]
    return (
        _without_name(first.get_config()) == _without_name(second.get_config())
        and len(flat[0]) == len(flat[1])
        and all(
            _is_same_tensor(a, b) if is_symbolic(a) and is_symbolic(b) else _is_equal(a, b)
            for a, b in zip(*flat, strict=True)
        )
    )


def _without_name(config: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in config.items() if key != "name"}


def _is_equal(left: Any, right: Any) -> bool:
    return type(left) is type(right) and bool(left == right)
