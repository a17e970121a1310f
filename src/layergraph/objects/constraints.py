"""Constraints, as in `keras.constraints`."""

from layergraph.objects.base import KerasObject
from layergraph.objects.values import Axes, NonNegative, Rate


class NonNeg(KerasObject):
    """Sets what is negative to 0."""


class MaxNorm(KerasObject):
    """Scales vectors along `axis` down to a norm of at most `max_value`."""

    max_value: NonNegative = 2
    axis: Axes = 0


class MinMaxNorm(KerasObject):
    """Draws norms along `axis` into a range; `rate` 1 does so fully at every step."""

    min_value: NonNegative = 0.0
    max_value: NonNegative = 1.0
    rate: Rate = 1.0
    axis: Axes = 0


class UnitNorm(KerasObject):
    """Scales vectors along `axis` to norm 1."""

    axis: Axes = 0
