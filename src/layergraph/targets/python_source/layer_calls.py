"""Calls of layers and of functions of `keras.ops`, as statements."""

from __future__ import annotations

from layergraph.graph.graph import Node
from layergraph.layers.base import POSITIONAL, Operation
from layergraph.layers.custom_layer import CustomLayer
from layergraph.ops.base import Op
from layergraph.syntax.tree import plain
from layergraph.targets.python_source.expressions import Unsayable
from layergraph.targets.python_source.flat_code import flattened, unpacked
from layergraph.targets.python_source.layout import Expression, Named, Text, listed
from layergraph.targets.python_source.objects import nested
from layergraph.targets.python_source.references import is_expression
from layergraph.targets.python_source.scope import Feed, Scope, Task
from layergraph.targets.python_source.stands_for import One, Several, Thing
from layergraph.targets.python_source.written import part


def write_layer(scope: Scope, task: Task) -> Thing:
    """Write the call of a layer, which is made before where it is used again."""
    place, target, translation = task.place, task.target, task.translation
    node = scope.concrete(place, translation)
    thing: Thing = Several(target) if len(node.outputs) > 1 else One(target)
    assert node.layer is not None
    if is_expression(place.at("type")):
        raise Unsayable("an expression for a type")
    given = arguments(node.layer, task.feed)
    if isinstance(node.layer, Op):
        _write_function(scope, task, node, node.layer, given)
        return thing
    written = translation.written(place.tree)
    made: Expression = scope.objects.layer(node.layer, task.keras_name(), written, node.given)
    if task.is_shared:
        thing.again = Text(scope.names.fresh(f"{target}_layer"))
        scope.out.put(f"{thing.again.text} = ", made)
        made = thing.again
    further: tuple[Named, ...] = ()
    if node.call is not None:
        of_call = translation.written(place.at("call").tree) if place.has("call") else None
        further = scope.objects.arguments(node.call, of_call)
    called = scope.objects.called(node.layer, made, given, further)
    scope.out.put(f"{target} = ", flattened(node, called))
    return thing


def _write_function(
    scope: Scope, task: Task, node: Node, op: Op, given: dict[str, Expression]
) -> None:
    """Write the call of a function."""
    if task.is_shared:
        raise Unsayable("a `use` of a function")
    place, translation = task.place, task.translation
    made: Expression | None = None
    if "key" in op.arguments_set():
        index = translation.index(str(plain(place.at("key").tree)))
        if index is not None:
            (tensor,) = given.values()
            made = Text(f"{tensor.flat}{index.flat}")
        elif is_expression(place.at("key")):
            raise Unsayable("an expression in an index")
    if made is None:
        written = translation.written(place.tree)
        constants = {
            key: scope.objects.argument(op, key, value, part(written, key))
            for key, value in op.arguments_set().items()
        }
        made = scope.objects.operation(op, given, constants)
    named = scope.module.named(task.keras_name(), made)
    scope.out.put(f"{unpacked(node, task.target)} = ", named)


def arguments(layer: Operation, feed: Feed) -> dict[str, Expression]:
    """What each argument of a layer's call is given, in the layer's order."""
    if isinstance(layer, CustomLayer):
        return {
            argument or POSITIONAL: listed(tensors)
            if is_list or len(tensors) > 1 or _are_several(tensors)
            else tensors[0]
            for argument, tensors, is_list in feed
        }
    found: dict[str, Expression] = {}
    known = {argument.name: argument for argument in layer.tensor_arguments()}
    first = next(iter(known.values()))
    for argument, tensors, _ in feed:
        several = _are_several(tensors)
        if argument is None and isinstance(layer, Op) and not first.many and len(tensors) > 1:
            if several:
                raise Unsayable("several tensors in order")
            found |= dict(zip(known, tensors, strict=False))
            continue
        name = argument or first.name
        if not known[name].many:
            if several or len(tensors) > 1:
                raise Unsayable("several tensors where one stands")
            found[name] = tensors[0]
            continue
        arranged = layer.arranged(name, list(tensors))
        if several and arranged != list(tensors):
            raise Unsayable("states in groups")
        found[name] = nested(arranged)
    return {name: found[name] for name in known if name in found}


def _are_several(tensors: tuple[Text, ...]) -> bool:
    """Whether one of them stands for several."""
    return any(tensor.text.startswith("*") for tensor in tensors)
