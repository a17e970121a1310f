"""Broadcasting, as Keras' merge layers and its functions do it."""

from __future__ import annotations

from layergraph.tensors.equations import SizesDiffer, require_equal
from layergraph.tensors.size import Dim, Size


class NotBroadcastable(Exception):
    """Two shapes that do not broadcast; `axis` counts from the end, -1 is the last."""

    def __init__(self, axis: int, left: Dim, right: Dim) -> None:
        super().__init__(f"{left} and {right} do not broadcast")
        self.axis = axis
        self.left = left
        self.right = right


def broadcast(left: tuple[Dim, ...], right: tuple[Dim, ...]) -> tuple[Dim, ...]:
    """The shape of an elementwise operation on two shapes, aligned at their last axes.

    An axis of size 1 stretches; one of unknown size stays unknown, as in Keras.

    Raises:
        NotBroadcastable: where two sizes differ and neither is 1.
    """
    if len(left) < len(right):
        left, right = right, left
    kept = len(left) - len(right)
    sizes = [
        _joined(axis - len(right), a, b)
        for axis, (a, b) in enumerate(zip(left[kept:], right, strict=True))
    ]
    return (*left[:kept], *sizes)


def _joined(axis: int, left: Dim, right: Dim) -> Dim:
    if left is None or right is None:
        return None
    if left == 1 or right == 1:
        return right if left == 1 else left
    try:
        require_equal(left, right)
    except SizesDiffer:
        raise NotBroadcastable(axis, left, right) from None
    return left if isinstance(left, Size) else right


def broadcast_dims(left: tuple[Dim, ...], right: tuple[Dim, ...]) -> tuple[Dim, ...]:
    """The same as the functions of `keras.ops` do it: a known size beside an unknown one stays.

    Raises:
        NotBroadcastable: where two sizes differ and neither is 1.
    """
    if len(left) < len(right):
        left, right = right, left
    kept = len(left) - len(right)
    pairs = zip(left[kept:], right, strict=True)
    return (*left[:kept], *(_known(n - len(right), a, b) for n, (a, b) in enumerate(pairs)))


def _known(axis: int, left: Dim, right: Dim) -> Dim:
    if left == 1 or right == 1:
        return right if left == 1 else left
    if left is None or right is None:
        known = left if right is None else right
        return known if isinstance(known, int) else None
    try:
        require_equal(left, right)
    except SizesDiffer:
        raise NotBroadcastable(axis, left, right) from None
    return right if isinstance(left, Size) else left
