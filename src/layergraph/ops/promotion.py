"""The dtype of what is computed from several: Keras' lattice of dtypes, which is JAX's.

Formula: `result_type` in `keras/src/backend/common/dtypes.py`. A number that stands in the file is
weak: `2` is "int" and `0.5` is "float", which give way to the dtype of a tensor of their kind.
"""

from __future__ import annotations

from functools import cache

_NEXT_ABOVE = {
    "bool": ("int",),
    "int": ("uint8", "int8"),
    "uint8": ("int16", "uint16"),
    "uint16": ("int32", "uint32"),
    "uint32": ("int64", "uint64"),
    "int8": ("int16",),
    "int16": ("int32",),
    "int32": ("int64",),
    "uint64": ("float",),
    "int64": ("float",),
    "float": ("bfloat16", "float16"),
    "bfloat16": ("float32",),
    "float16": ("float32",),
    "float32": ("float64",),
    "float64": (),
}
_NUMBERS_OF_PYTHON = {"int": "int32", "float": "float32"}


class NotPromotable(Exception):
    """Dtypes that nothing can be computed from together: strings, and something else."""


@cache
def result_type(*dtypes: str) -> str:
    """The dtype of what is computed from tensors of these dtypes, and "int" and "float".

    As in Keras no result is uint64: what would be is uint32.

    Raises:
        NotPromotable: where strings are among several dtypes.
    """
    distinct = set(dtypes)
    if distinct == {"string"}:
        return "string"
    if not distinct <= _NEXT_ABOVE.keys():
        raise NotPromotable
    if distinct <= _NUMBERS_OF_PYTHON.keys():
        return "float32" if "float" in distinct else "int32"
    least = _least_upper_bound(frozenset(distinct))
    return {**_NUMBERS_OF_PYTHON, "uint64": "uint32"}.get(least, least)


def as_float(dtype: str) -> str:
    """The dtype itself where it is floating-point, and float32 where it is not."""
    return result_type(dtype, "float")


@cache
def _above(dtype: str) -> frozenset[str]:
    """The dtype, and all that can hold what it holds."""
    return frozenset({dtype}).union(*(_above(higher) for higher in _NEXT_ABOVE[dtype]))


def _least_upper_bound(dtypes: frozenset[str]) -> str:
    common = frozenset.intersection(*(_above(dtype) for dtype in dtypes))
    (least,) = (dtype for dtype in common if common <= _above(dtype))
    return least
