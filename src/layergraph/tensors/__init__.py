"""What is known of tensors without running anything: sizes, shapes and dtypes."""

from layergraph.tensors.broadcasting import NotBroadcastable, broadcast, broadcast_dims
from layergraph.tensors.convolution import slid, transposed, window_extent
from layergraph.tensors.equations import SizesDiffer, equations, require_equal
from layergraph.tensors.errors import ShapeError
from layergraph.tensors.size import BATCH, Dim, Size, floor_divided, plus, product, times
from layergraph.tensors.spec import DTYPES, FLOAT_DTYPES, INTEGER_DTYPES, TensorSpec

__all__ = [
    "BATCH",
    "DTYPES",
    "FLOAT_DTYPES",
    "INTEGER_DTYPES",
    "Dim",
    "NotBroadcastable",
    "ShapeError",
    "Size",
    "SizesDiffer",
    "TensorSpec",
    "broadcast",
    "broadcast_dims",
    "equations",
    "floor_divided",
    "plus",
    "product",
    "require_equal",
    "slid",
    "times",
    "transposed",
    "window_extent",
]
