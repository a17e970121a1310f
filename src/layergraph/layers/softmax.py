"""Softmax: `keras/src/layers/activations/softmax.py`."""

from layergraph.diagnostics import codes
from layergraph.layers.activation_base import ElementwiseActivation
from layergraph.layers.arguments import Axes
from layergraph.layers.rules import require_axes, require_floats, require_numbers
from layergraph.tensors import NotBroadcastable, ShapeError, TensorSpec, broadcast


class Softmax(ElementwiseActivation):
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
