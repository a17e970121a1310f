"""The arithmetic of sliding windows: convolutions and poolings.

Formulas: Dumoulin and Visin, "A guide to convolution arithmetic for deep learning" (2016),
arXiv:1603.07285, in the form that TensorFlow gives "valid" and "same" padding.
"""

from __future__ import annotations

from layergraph.tensors.size import Dim, floor_divided, plus


def window_extent(kernel: int, dilation: int = 1) -> int:
    """The stretch of an axis that one window covers."""
    return (kernel - 1) * dilation + 1


def slid(size: Dim, kernel: int, stride: int = 1, padding: str = "valid", dilation: int = 1) -> Dim:
    """The number of places at which a window stands along an axis of `size`.

    It is zero or less where the window is larger than the axis, which the caller has to refuse.
    """
    if padding == "valid":
        return plus(floor_divided(plus(size, -window_extent(kernel, dilation)), stride), 1)
    return floor_divided(plus(size, stride - 1), stride)
