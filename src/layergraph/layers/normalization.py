"""Normalizations within a sample: `keras.layers` from `keras/src/layers/normalization`."""

from typing import Annotated

from pydantic import AfterValidator

from layergraph.diagnostics import codes
from layergraph.layers.arguments import Axes
from layergraph.layers.base import Layer, Weight, Weights
from layergraph.layers.batch_normalization import AffineNormalization, Epsilon
from layergraph.layers.normalized_sizes import sizes_along
from layergraph.layers.rules import (
    elements,
    known,
    require_axes,
    require_axis,
    require_numbers,
)
from layergraph.objects.base import complaint
from layergraph.objects.values import LARGEST_SIZE, Axis
from layergraph.tensors import ShapeError, TensorSpec


def _groups(value: int) -> int:
    if value == -1 or 1 <= value <= LARGEST_SIZE:
        return value
    raise complaint(
        codes.OUT_OF_RANGE,
        f"must be at least 1, or -1 for a group of each channel, not {value}",
    )


class GroupNormalization(AffineNormalization):
    """Zero mean and unit variance within groups of channels: the same shape as before.

    Wu and He, "Group Normalization" (2018), arXiv:1803.08494. With `groups: -1` each channel is
    a group. Each element takes one multiply-add for the variance and one for the scaling.
    """

    groups: Annotated[int, AfterValidator(_groups)] = 32
    axis: Axis = -1

    def infer(self, inputs: TensorSpec) -> TensorSpec:
        require_numbers(inputs)
        channels = known(inputs, require_axis(inputs, self.axis))
        if self.groups != -1 and channels % self.groups:
            raise ShapeError(
                codes.ARGUMENT_MISFIT,
                f"{{node}} cannot make {self.groups} groups of {channels} channels",
                label=f"{{0}} is {inputs}, with {channels} channels on axis {self.axis}",
                argument="groups",
                help=f"set `groups` to a divisor of {channels}, or to -1 for a group of each",
            )
        return self.computed(inputs)

    def weights(self, inputs: TensorSpec) -> Weights:
        return self._affine((known(inputs, self.axis),))

    def multiply_adds(self, inputs: TensorSpec) -> int | None:
        return elements(inputs.dims[1:], times=2)


class UnitNormalization(Layer):
    """Length 1 (the L2 norm) along `axis`: the same shape as before.

    Each element takes one multiply-add for the norm.
    """

    supports_masking = True

    axis: Axes = -1

    def infer(self, inputs: TensorSpec) -> TensorSpec:
        require_numbers(inputs)
        require_axes(inputs, self.axis)
        return self.computed(inputs)

    def multiply_adds(self, inputs: TensorSpec) -> int | None:
        return elements(inputs.dims[1:])


class RMSNormalization(Layer):
    """Root mean square 1 along `axis`, scaled by a weight: the same shape as before.

    Zhang and Sennrich, "Root Mean Square Layer Normalization" (2019), arXiv:1910.07467. Each
    element takes one multiply-add for the mean square.
    """

    axis: Axes = -1
    epsilon: Epsilon = 1e-6

    def infer(self, x: TensorSpec) -> TensorSpec:
        require_numbers(x)
        for axis in require_axes(x, self.axis):
            known(x, axis)
        return self.computed(x)

    def weights(self, x: TensorSpec) -> Weights:
        return {"scale": Weight(sizes_along(x, self.axis))}

    def multiply_adds(self, x: TensorSpec) -> int | None:
        return elements(x.dims[1:])
