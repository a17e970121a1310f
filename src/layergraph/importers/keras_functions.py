"""Calls of functions of `keras.ops` and of operators on tensors → nodes with `type: ops.…`."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from functools import cache
from types import EllipsisType
from typing import Any, NamedTuple

from layergraph.importers.calls import Call, Tensor, flat_tensors
from layergraph.importers.refusals import Unsayable
from layergraph.objects.catalog import snake_case
from layergraph.ops.base import Op
from layergraph.ops.catalog import OPS
from layergraph.ops.refused import REFUSED

_OTHER_NAMES = {
    "batchnorm": "batch_normalization",
    "layernorm": "layer_normalization",
    "rmsnorm": "rms_normalization",
}
"""Functions whose class in Keras is not named after them."""


class FunctionCall(NamedTuple):
    """A function with its arguments, and the tensors of each that is given some."""

    op: Op
    tensors: Mapping[str, Any]


def function_call(call: Call) -> FunctionCall:
    """What a call of a function of Keras is in a graph file.

    Raises:
        Unsayable: where a graph file has no such function, or not with such arguments.
        ValidationError: where ours refuses an argument.
    """
    values = _made_with(call.operation) | call.arguments
    kind = _described(call.operation, values)
    taken = [argument.name for argument in kind.declared_tensor_arguments()]
    tensors = {name: value for name, value in values.items() if flat_tensors(value)}
    known = kind.key_names()
    given: dict[str, Any] = {}
    for name, value in values.items():
        if name in tensors:
            if name not in taken:
                raise Unsayable(
                    f"is given a tensor as `{name}`, where a graph file holds a plain value",
                    f"give `{name}` as a number",
                )
            continue
        plain = _index(value) if name == "key" else _constant(value)
        if name in known:
            given[name] = plain
        elif plain is not None:
            raise Unsayable(
                f"is given `{name}: {value!r}`, which `{kind.type_name()}` does not take in a "
                "graph file",
                f"call it without `{name}`",
            )
    fields = {field.alias or name: field for name, field in kind.model_fields.items()}
    kept = {
        name: value
        for name, value in given.items()
        if fields[name].is_required() or repr(value) != repr(_constant(fields[name].default))
    }
    op = kind.checked(kept)
    assert isinstance(op, Op)
    return FunctionCall(op, {name: tensors[name] for name in taken if name in tensors})


def _described(operation: Any, values: Mapping[str, Any]) -> type[Op]:
    """Our class for a function of Keras."""
    name = type(operation).__name__
    module = type(operation).__module__
    function = _functions().get((module.endswith(".image"), name.lower()))
    if name == "ExtractPatches" and len(values["size"]) == 3:
        function = "image.extract_patches_3d"
    found = OPS.find(function) if function is not None else None
    if found is None:
        reason = REFUSED.get(snake_case(name), "a graph file has no such function")
        raise Unsayable(
            f"is a call of `{module}.{name}`: {reason}", "write what it computes in another way"
        )
    assert issubclass(found, Op)
    return found


@cache
def _functions() -> Mapping[tuple[bool, str], str]:
    """The name of each function, by whether it is one of images and the name of Keras' class."""
    found = {
        (name.startswith("image."), name.rpartition(".")[2].replace("_", "")): name
        for name in OPS.classes
    }
    return found | {(False, name): function for name, function in _OTHER_NAMES.items()}


def _made_with(operation: Any) -> dict[str, Any]:
    """The arguments that an operation was made with."""
    parameters = inspect.signature(type(operation).__init__).parameters
    names = [
        name
        for name, parameter in parameters.items()
        if name not in ("self", "name")
        and parameter.kind not in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD)
    ]
    try:
        config = operation.get_config()
    except NotImplementedError:  # an array is among them
        config = {}
    return {name: config[name] if name in config else getattr(operation, name) for name in names}


def _constant(value: Any) -> Any:
    """A number or an array as a graph file has it."""
    if isinstance(value, list | tuple):
        return [_constant(item) for item in value]
    if not hasattr(value, "dtype"):
        return value
    import keras

    array = keras.ops.convert_to_numpy(value)
    dtype = keras.backend.standardize_dtype(value.dtype)
    return {"array": array.tolist(), "dtype": dtype}


def _index(key: Any) -> str:
    """The index of `get_item` in Python's own notation."""
    items = key if isinstance(key, tuple | list) else (key,)
    return f"[{', '.join(_index_item(item) for item in items)}]"


def _index_item(item: Any) -> str:
    if item is None:
        return "None"
    if isinstance(item, EllipsisType):
        return "..."
    if isinstance(item, slice):
        ends = [item.start, item.stop] if item.step is None else [item.start, item.stop, item.step]
        return ":".join("" if end is None else _whole(end) for end in ends)
    return _whole(item)


def _whole(number: Any) -> str:
    if isinstance(number, Tensor) or not hasattr(number, "__index__"):
        raise Unsayable(
            f"has {number!r} in its index, which a graph file holds as a whole number",
            "take it with `keras.ops.take`",
        )
    return str(number.__index__())
