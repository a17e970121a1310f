"""Rescaling: `keras/src/layers/preprocessing/rescaling.py`."""

from layergraph.diagnostics import codes
from layergraph.layers.base import Layer
from layergraph.layers.preprocessing import Numbers, _extents
from layergraph.layers.rules import elements, require_numbers
from layergraph.tensors import ShapeError, TensorSpec


class Rescaling(Layer):
    """Each element times `scale` plus `offset`, one multiply-add: the same shape as before."""

    supports_masking = True

    scale: Numbers
    offset: Numbers = 0.0

    def infer(self, inputs: TensorSpec) -> TensorSpec:
        require_numbers(inputs)
        for argument, value in (("scale", self.scale), ("offset", self.offset)):
            self._require_fit(inputs, argument, _extents(value))
        return self.computed(inputs)

    def multiply_adds(self, inputs: TensorSpec) -> int | None:
        return elements(inputs.dims[1:])

    @staticmethod
    def _require_fit(inputs: TensorSpec, argument: str, given: tuple[int, ...]) -> None:
        """A list has to broadcast to the input, along its last axes."""
        sizes = inputs.dims[-len(given) :] if given else ()
        fits = len(given) < inputs.rank and all(
            size in (1, wanted) or not isinstance(wanted, int)
            for size, wanted in zip(given, sizes, strict=True)
        )
        if fits:
            return
        raise ShapeError(
            codes.ARGUMENT_MISFIT,
            f"`{argument}` of {{node}} does not fit its input",
            label=f"{{0}} is {inputs}, and `{argument}` has the shape {given}",
            argument=argument,
            help="give one number, or one for each index of the last axis",
        )
