"""The calls of a layer as the versions of Keras write them: `inbound_nodes`.

- Keras 1: a list of tensors, each `[layer, call, tensor]`;
- Keras 2: the same with the further arguments of the call behind, `[layer, call, tensor, {…}]`,
  and for functions of TensorFlow one tensor alone;
- Keras 3: `{"args": […], "kwargs": {…}}`, with tensors as objects of class `__keras_tensor__`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any, NamedTuple

from layergraph.importers.keras_json.malformed import Malformed, Path, a_dict, a_list

_TENSOR = "__keras_tensor__"
_CONSTANT = "_CONSTANT_VALUE"
"""What Keras 2 writes for a layer where a function is called on a number first."""


class Reference(NamedTuple):
    """A tensor: the layer that gives it, in which of its calls, and which of its tensors."""

    layer: str
    call: int
    tensor: int


class Call(NamedTuple):
    """A call: its arguments by position and by name, with a `Reference` for each tensor."""

    given: tuple[Any, ...]
    named: Mapping[str, Any]


def call_of(node: Any, layers: Collection[str], path: Path) -> Call:
    """One call.

    Args:
        node: an entry of `inbound_nodes`.
        layers: the names of the model's layers.
        path: where it stands.

    Raises:
        Malformed: where it has none of the forms.
    """
    if isinstance(node, dict) and "args" in node:
        given = [_modern(value, path) for value in a_list(node["args"], (*path, "args"))]
        kwargs = a_dict(node.get("kwargs", {}), (*path, "kwargs"))
        return Call(tuple(given), {key: _modern(value, path) for key, value in kwargs.items()})
    named: dict[str, Any] = {}
    found = _tensors(node, layers, named, path)
    if isinstance(found, list) and len(found) == 1:
        return Call((found[0],), named)
    return Call((found,), named)


def references(
    written: Any, layers: Collection[str], path: Path
) -> list[tuple[str | None, Reference]]:
    """The tensors of `input_layers` or `output_layers`, with their keys where they are a dict.

    Raises:
        Malformed: where something else stands there.
    """
    found: list[tuple[str | None, Reference]] = []
    if isinstance(written, dict):
        for key in sorted(written):
            inner = references(written[key], layers, (*path, key))
            found += [(f"{key}_{deeper}" if deeper else key, tensor) for deeper, tensor in inner]
        return found
    tensor = _reference(written, layers)
    if tensor is not None:
        return [(None, tensor)]
    for number, item in enumerate(a_list(written, path)):
        found += references(item, layers, (*path, number))
    return found


def tensors_in(value: Any) -> Iterator[Reference]:
    """The tensors in an argument of a call."""
    if isinstance(value, Reference):
        yield value
    elif isinstance(value, list | tuple):
        for item in value:
            yield from tensors_in(item)
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from tensors_in(item)


def _modern(value: Any, path: Path) -> Any:
    """An argument as Keras 3 writes it."""
    if isinstance(value, list):
        return [_modern(item, path) for item in value]
    if not isinstance(value, dict):
        return value
    if value.get("class_name") == _TENSOR:
        history = a_dict(value.get("config"), path).get("keras_history")
        if not isinstance(history, list) or [type(item) for item in history] != [str, int, int]:
            raise Malformed(path, "has a tensor without its `keras_history`")
        return Reference(*history)
    if value.get("class_name") == "__tuple__":
        return [_modern(item, path) for item in a_list(value.get("items"), path)]
    return {key: _modern(item, path) for key, item in value.items()}


def _tensors(node: Any, layers: Collection[str], named: dict[str, Any], path: Path) -> Any:
    """The tensors of a call of Keras 1 or 2; what else it is given goes to `named`."""
    if isinstance(node, dict):
        return {key: _tensors(item, layers, named, path) for key, item in node.items()}
    if not isinstance(node, list):
        raise Malformed(path, f"is no call: {node!r}")
    if node and node[0] == _CONSTANT and len(node) == 4:
        _name(named, node[3], layers, path)
        return node[2]
    tensor = _reference(node, layers)
    if tensor is not None:
        _name(named, node[3] if len(node) == 4 else {}, layers, path)
        return tensor
    if not node or isinstance(node[0], str):
        raise Malformed(path, f"names a layer that is not there: {node!r}")
    return [_tensors(item, layers, named, path) for item in node]


def _name(named: dict[str, Any], kwargs: Any, layers: Collection[str], path: Path) -> None:
    """Add the arguments by name, in which tensors are lists."""
    for key, value in a_dict(kwargs, path).items():
        named[key] = _argument(value, layers)


def _argument(value: Any, layers: Collection[str]) -> Any:
    tensor = _reference(value, layers)
    if tensor is not None:
        return tensor
    return [_argument(item, layers) for item in value] if isinstance(value, list) else value


def _reference(value: Any, layers: Collection[str]) -> Reference | None:
    if not isinstance(value, list) or len(value) not in (3, 4):
        return None
    name, call, tensor = value[:3]
    is_one = isinstance(name, str) and name in layers and type(call) is int and type(tensor) is int
    if not is_one or (len(value) == 4 and not isinstance(value[3], dict)):
        return None
    return Reference(name, call, tensor)
