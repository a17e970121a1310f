"""Values of a graph as JSON holds them: scalars, lists and mappings."""

from __future__ import annotations

from collections.abc import Mapping
from math import isfinite
from typing import Any

from layergraph.graph.nested_model import NestedModel
from layergraph.layers.base import Operation
from layergraph.objects.base import KerasObject
from layergraph.objects.declared import CustomObject
from layergraph.ops.constants import Array
from layergraph.tensors import Size, TensorSpec


def plain_tensor(spec: TensorSpec) -> dict[str, Any]:
    """The shape and the dtype of a tensor; a size with a name is text."""
    sizes = [size if size is None or isinstance(size, int) else str(size) for size in spec.dims]
    return {"shape": sizes, "dtype": spec.dtype}


def plain(value: Any) -> Any:
    """Scalars, lists and mappings for the value of an argument, at any depth, defaults filled in.

    What is infinite is text, as JSON has no such number.
    """
    if isinstance(value, NestedModel):
        return {"block": value.flat.name}
    if isinstance(value, KerasObject):
        return {"type": type_of(value), **plain(value.arguments())}
    if isinstance(value, Array):
        return {"array": plain(value.values), "dtype": value.dtype}
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    is_text = isinstance(value, Size) or (isinstance(value, float) and not isfinite(value))
    return str(value) if is_text else value


def type_of(described: KerasObject) -> str:
    """What a file calls the type of an object or an operation."""
    if isinstance(described, CustomObject):
        return str(described.declared.name)
    if isinstance(described, Operation):
        return described.type_name()
    return type(described).__name__
