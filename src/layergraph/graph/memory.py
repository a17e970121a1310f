"""Memory: the bytes that tensors and weights take up, before they exist."""

from __future__ import annotations

from math import prod

from layergraph.layers.base import Weight
from layergraph.tensors import BATCH, Dim, Size, TensorSpec

BYTES = {
    "bool": 1,
    "int8": 1,
    "uint8": 1,
    "int16": 2,
    "uint16": 2,
    "float16": 2,
    "bfloat16": 2,
    "int32": 4,
    "uint32": 4,
    "float32": 4,
    "int64": 8,
    "uint64": 8,
    "float64": 8,
    "string": 0,  # each value has a length of its own: strings are not counted
}
"""The bytes of one value, by dtype."""


def tensor_bytes(spec: TensorSpec, batch_size: int) -> int:
    """The bytes of a tensor; an unknown size beside the batch counts as 1, and strings do not."""
    return BYTES[spec.dtype] * prod(_size(dim, batch_size) for dim in spec.dims)


def knows_size(spec: TensorSpec) -> bool:
    """Whether all its sizes are known once that of the batch is."""
    return all(isinstance(dim, int) or _is_of_batch(dim) for dim in spec.dims)


def weight_bytes(weight: Weight, variable_dtype: str) -> int:
    """The bytes of a weight of a layer whose variables have a dtype."""
    return BYTES[weight.dtype or variable_dtype] * prod(weight.shape)


def _size(dim: Dim, batch_size: int) -> int:
    if isinstance(dim, int):
        return dim
    if isinstance(dim, Size) and _is_of_batch(dim):
        return dim.factor * batch_size + dim.offset
    return 1


def _is_of_batch(dim: Dim) -> bool:
    return isinstance(dim, Size) and dim.name == BATCH.name
