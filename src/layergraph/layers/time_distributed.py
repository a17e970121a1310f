"""A layer at every step of time: `keras.layers.TimeDistributed`."""

from typing import ClassVar, Self

from pydantic import model_validator

from layergraph.diagnostics import codes
from layergraph.layers.base import CallArguments, Training, Weights
from layergraph.layers.inner_layers import (
    LayerArgument,
    OuterLayer,
    blamed,
    call_defaults,
    inner_weights,
    require_one_tensor,
)
from layergraph.layers.recurrence import step_of
from layergraph.layers.rules import elements, require_rank, require_same_size
from layergraph.tensors import ShapeError, TensorSpec


class TimeDistributed(OuterLayer):
    """A layer at every step of time, with the same weights: (batch, time, …) → (batch, time, …).

    What follows the time is what the layer gives for (batch, …).
    """

    supports_masking = True

    layer: LayerArgument

    Call: ClassVar[type[CallArguments]] = Training

    @model_validator(mode="after")
    def _check_layer(self) -> Self:
        require_one_tensor(self.layer)
        return self

    def infer(self, inputs: TensorSpec, mask: TensorSpec | None = None) -> TensorSpec:
        require_rank(inputs, at_least=3, layout="(batch, time, …)")
        given = call_defaults(self.layer)
        if mask is not None:
            _require_mask_in_time(mask, inputs)
            if any(argument.name == "mask" for argument in self.layer.tensor_arguments()):
                given["mask"] = step_of(mask)
        with blamed("layer"):
            output = self.layer.infer(step_of(inputs), **given)
        if isinstance(output, tuple):
            raise ShapeError(
                codes.ARGUMENT_MISFIT,
                "{node} cannot repeat a layer that gives several tensors",
                label=f"`{self.layer.type_name()}` gives {len(output)}",
                argument="layer",
            )
        return self.computed(output.with_dims((output.dims[0], inputs.dims[1], *output.dims[1:])))

    def weights(self, inputs: TensorSpec, mask: TensorSpec | None = None) -> Weights:  # noqa: ARG002
        return inner_weights(self.layer.default_name(), self.layer, step_of(inputs))

    @property
    def knows_weights(self) -> bool:
        """Whether those of its layer are known."""
        return self.layer.knows_weights

    def multiply_adds(self, inputs: TensorSpec, mask: TensorSpec | None = None) -> int | None:  # noqa: ARG002
        each = self.layer.multiply_adds(step_of(inputs), **call_defaults(self.layer))
        return None if each is None else elements(inputs.dims[1:2], times=each)


def _require_mask_in_time(mask: TensorSpec, inputs: TensorSpec) -> None:
    """Refuse a mask that does not begin with the batch and the time; the rest is the layer's.

    Raises:
        ShapeError: wrong-rank, shape-mismatch, or size-conflict.
    """
    require_rank(mask, at_least=2, layout="(batch, time, …)", input=1)
    for axis in range(2):
        message = f"the mask of {{node}} does not fit its input on axis {axis}"
        require_same_size((inputs, axis, 0), (mask, axis, 1), message)
