"""Activations that let some of the negative part through: `keras/src/layers/activations`."""

from layergraph.diagnostics import codes
from layergraph.layers.activation_base import ElementwiseActivation, NonNegativeFloat
from layergraph.layers.arguments import Axes
from layergraph.layers.base import Weight, Weights
from layergraph.layers.rules import require_floats
from layergraph.objects.arguments import Constraint, Initializer, Regularizer
from layergraph.tensors import Dim, ShapeError, TensorSpec


class LeakyReLU(ElementwiseActivation):
    """The positive part, and `negative_slope` times the rest: any shape → the same shape."""

    negative_slope: NonNegativeFloat = 0.3


class ELU(ElementwiseActivation):
    """The positive part, and `alpha * (exp(x) - 1)` of the rest: any shape → the same shape."""

    alpha: float = 1.0

    def infer(self, inputs: TensorSpec) -> TensorSpec:
        require_floats(inputs)
        return super().infer(inputs)


class PReLU(ElementwiseActivation):
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
