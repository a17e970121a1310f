"""Activations as layers: `keras.layers` from `keras/src/layers/activations`."""

from typing import Annotated

from pydantic import Field

from layergraph.diagnostics import codes
from layergraph.layers.arguments import Activation as ActivationFunction
from layergraph.layers.arguments import Axes
from layergraph.layers.base import Layer, Weight, Weights
from layergraph.layers.rules import require_axes, require_floats, require_numbers
from layergraph.objects.arguments import Constraint, Initializer, Regularizer
from layergraph.objects.values import FloatDType
from layergraph.tensors import Dim, NotBroadcastable, ShapeError, TensorSpec, broadcast

NonNegativeFloat = Annotated[float, Field(ge=0)]


class _Elementwise(Layer):
    """The base of activations that look at each number by itself: any shape → the same shape."""

    supports_masking = True

    dtype: FloatDType | None = None

    def infer(self, inputs: TensorSpec) -> TensorSpec:
        require_numbers(inputs)
        return self.computed(inputs)


class Activation(_Elementwise):
    """An activation function by its name: any shape → the same shape."""

    activation: ActivationFunction


class ReLU(_Elementwise):
    """Zero below `threshold`, and no more than `max_value`: any shape → the same shape.

    Below the threshold it is `negative_slope * (x - threshold)`.
    """

    max_value: NonNegativeFloat | None = None
    negative_slope: NonNegativeFloat = 0.0
    threshold: NonNegativeFloat = 0.0


class LeakyReLU(_Elementwise):
    """The positive part, and `negative_slope` times the rest: any shape → the same shape."""

    negative_slope: NonNegativeFloat = 0.3


class ELU(_Elementwise):
    """The positive part, and `alpha * (exp(x) - 1)` of the rest: any shape → the same shape."""

    alpha: float = 1.0

    def infer(self, inputs: TensorSpec) -> TensorSpec:
        require_floats(inputs)
        return super().infer(inputs)


class PReLU(_Elementwise):
    """The positive part, and a learned slope times the rest: any shape → the same shape.

    There is a slope for each place in a sample; along `shared_axes` (1 is the first one after the
    batch) one slope serves all.
    """

    alpha_initializer: Initializer = "Zeros"
    alpha_regularizer: Regularizer | None = None
    alpha_constraint: Constraint | None = None
    shared_axes: Axes | None = None

    def infer(self, inputs: TensorSpec) -> TensorSpec:
        require_floats(inputs)
        for axis, size in enumerate(self._slopes(inputs), start=1):
            if not isinstance(size, int):
                raise ShapeError(
                    codes.UNKNOWN_SIZE,
                    f"{{node}} needs to know the size of axis {axis} to make its weights",
                    label=f"{{0}} is {inputs}",
                    help=f"share the slope along that axis: `shared_axes: [{axis}]`",
                )
        return super().infer(inputs)

    def weights(self, inputs: TensorSpec) -> Weights:
        sizes = self._slopes(inputs)
        return {"alpha": Weight(tuple(size for size in sizes if isinstance(size, int)))}

    def _slopes(self, inputs: TensorSpec) -> tuple[Dim, ...]:
        sizes = list(inputs.dims[1:])
        shared = self.shared_axes or ()
        for axis in (shared,) if isinstance(shared, int) else shared:
            # Keras takes 0 for the last axis and -1 for the one before it, by an index off by one.
            if not 1 <= axis <= len(sizes):
                raise ShapeError(
                    codes.ARGUMENT_MISFIT,
                    f"{{node}} cannot share its slope along axis {axis}",
                    label=f"{{0}} is {inputs}",
                    argument="shared_axes",
                    help=f"name axes from 1, the first after the batch, to {len(sizes)}",
                )
            sizes[axis - 1] = 1
        return tuple(sizes)


class Softmax(_Elementwise):
    """Positive numbers that sum to 1 along `axis`: any shape → the same shape.

    Where a `mask` that broadcasts to the input is false, they are 0.
    """

    axis: Axes = -1

    def infer(self, inputs: TensorSpec, mask: TensorSpec | None = None) -> TensorSpec:
        require_floats(inputs)
        require_axes(inputs, self.axis)
        if mask is not None:
            require_numbers(mask, input=1)
            _require_stretching(mask, inputs)
        return self.computed(inputs)


def _require_stretching(mask: TensorSpec, inputs: TensorSpec) -> None:
    """Refuse a mask that does not broadcast to the input's shape.

    Raises:
        ShapeError: shape-mismatch.
    """
    try:
        stretched = broadcast(mask.dims, inputs.dims)
        fits = TensorSpec(stretched).shape == inputs.shape
    except NotBroadcastable:
        fits = False
    if not fits:
        raise ShapeError(
            codes.SHAPE_MISMATCH,
            "the mask of {node} does not fit its input",
            label=f"{{1}} is {mask}, and {{0}} is {inputs}",
            inputs=(0, 1),
            help="each size of the mask has to be 1 or the input's own",
        )
