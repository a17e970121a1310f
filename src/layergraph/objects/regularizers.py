"""Regularizers, as in `keras.regularizers`."""

from typing import Literal

from layergraph.objects.base import KerasObject
from layergraph.objects.values import NonNegative


class L1(KerasObject):
    """`l1` times the sum of the absolute values."""

    l1: NonNegative = 0.01


class L2(KerasObject):
    """`l2` times the sum of the squares."""

    l2: NonNegative = 0.01


class L1L2(KerasObject):
    """The sum of `L1` and `L2`; a part whose factor is not given is off."""

    l1: NonNegative = 0.0
    l2: NonNegative = 0.0


class OrthogonalRegularizer(KerasObject):
    """Draws the rows or the columns of a matrix towards right angles to each other."""

    factor: NonNegative = 0.01
    mode: Literal["rows", "columns"] = "rows"
