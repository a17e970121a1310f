"""Batch normalization, and what it shares with the other normalizations."""

# ruff: noqa: ARG002  (every rule takes all tensors of the call)

from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator, Field

from layergraph.diagnostics import codes
from layergraph.layers.base import CallArguments, Layer, Training, Weight, Weights
from layergraph.layers.rules import (
    elements,
    known,
    require_axis,
    require_mask,
    require_numbers,
)
from layergraph.objects.arguments import Constraint, Initializer, Regularizer
from layergraph.objects.base import complaint
from layergraph.objects.values import Axis, Rate
from layergraph.tensors import TensorSpec

Epsilon = Annotated[float, Field(ge=0)]


def _clipping(limits: dict[str, float]) -> dict[str, float]:
    if "rmax" in limits and limits["rmax"] < limits.get("rmin", 0):
        raise complaint(codes.CONFLICTING_ARGUMENTS, "has an `rmax` below its `rmin`")
    if limits.get("dmax", 0) < 0:
        predicate = f"must be at least 0, not {limits['dmax']}"
        raise complaint(codes.OUT_OF_RANGE, predicate, at=("dmax",))
    return limits


Clipping = Annotated[
    dict[Literal["rmax", "rmin", "dmax"], float],
    AfterValidator(_clipping),
]


class AffineNormalization(Layer):
    """The base of what normalizes and then scales by `gamma` and shifts by `beta`."""

    supports_masking = True

    epsilon: Epsilon = 1e-3
    center: bool = True
    scale: bool = True
    beta_initializer: Initializer = "zeros"
    gamma_initializer: Initializer = "ones"
    beta_regularizer: Regularizer | None = None
    gamma_regularizer: Regularizer | None = None
    beta_constraint: Constraint | None = None
    gamma_constraint: Constraint | None = None

    def _affine(self, shape: tuple[int, ...]) -> dict[str, Weight]:
        weights = {}
        if self.scale:
            weights["gamma"] = Weight(shape)
        if self.center:
            weights["beta"] = Weight(shape)
        return weights


class BatchNormalization(AffineNormalization):
    """Zero mean and unit variance of each feature over the batch: the same shape as before.

    Ioffe and Szegedy, "Batch Normalization" (2015), arXiv:1502.03167; with `renorm`, Ioffe,
    "Batch Renormalization" (2017), arXiv:1702.03275. Outside of training the moving averages
    stand in for the batch's own, one multiply-add for each element.
    """

    axis: Axis = -1
    momentum: Rate = 0.99
    moving_mean_initializer: Initializer = "zeros"
    moving_variance_initializer: Initializer = "ones"
    renorm: bool = False
    renorm_clipping: Clipping | None = None
    renorm_momentum: Rate = 0.99
    synchronized: bool = False

    Call: ClassVar[type[CallArguments]] = Training

    def infer(self, inputs: TensorSpec, mask: TensorSpec | None = None) -> TensorSpec:
        require_numbers(inputs)
        known(inputs, require_axis(inputs, self.axis))
        if mask is not None:
            require_mask(mask, inputs, axes=inputs.rank - 1, input=1)
        return self.computed(inputs)

    def weights(self, inputs: TensorSpec, mask: TensorSpec | None = None) -> Weights:
        shape = (known(inputs, self.axis),)
        moving = ["moving_mean", "moving_variance"]
        if self.renorm:
            moving += ["moving_stddev", "renorm_mean", "renorm_stddev"]
        return self._affine(shape) | {name: Weight(shape, trainable=False) for name in moving}

    def multiply_adds(self, inputs: TensorSpec, mask: TensorSpec | None = None) -> int | None:
        return elements(inputs.dims[1:])
