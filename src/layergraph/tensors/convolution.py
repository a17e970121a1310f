"""The arithmetic of sliding windows: convolutions and poolings.

Formulas: Dumoulin and Visin, "A guide to convolution arithmetic for deep learning" (2016),
arXiv:1603.07285, in the form that TensorFlow gives "valid" and "same" padding.
"""

from __future__ import annotations

from layergraph.tensors.size import Dim, floor_divided, plus, times


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


def transposed(
    size: Dim,
    kernel: int,
    stride: int = 1,
    padding: str = "valid",
    dilation: int = 1,
    output_padding: int | None = None,
) -> Dim:
    """The size that a transposed convolution makes of an axis of `size`.

    It undoes `slid`, which several sizes lead to the same result through: `output_padding` picks
    one of them, and None takes the one that TensorFlow takes. Formula: relationship 14 of the
    guide above, with the paddings that Keras chooses
    (`_get_output_shape_given_tf_padding` in `keras/src/backend/common/backend_utils.py`).
    """
    extent = window_extent(kernel, dilation)
    if padding == "same" and output_padding is None:
        return times(size, stride)
    if padding == "same":
        extent %= 2
    if output_padding is None:
        output_padding = max(stride - extent, 0)
    return plus(times(plus(size, -1), stride), extent + output_padding)
