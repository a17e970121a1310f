"""Layers one after another in one: `keras/src/layers/preprocessing/pipeline.py`."""

from collections.abc import Iterator
from typing import ClassVar, Self

from pydantic import model_validator

from layergraph.diagnostics import codes
from layergraph.layers.base import CallArguments, Layer, Weight, Weights
from layergraph.layers.inner_layers import (
    LayerArgument,
    OuterLayer,
    blamed,
    call_defaults,
    inner_weights,
    names_of,
    require_one_tensor,
)
from layergraph.objects.base import complaint
from layergraph.tensors import ShapeError, TensorSpec

Outputs = TensorSpec | tuple[TensorSpec, ...]


class PipelineCall(CallArguments):
    """Whether its layers are in training, in Keras also where the model is not."""

    training: bool | None = True


class Pipeline(OuterLayer):
    """Layers one after another, each on what the one before gives: any tensor → the last's.

    It is for layers that prepare data: unless `call` says `training: false`, they work as in
    training, `Dropout` too, whenever the model runs. What `mask` the first takes is handed to it;
    none comes out.
    """

    trainable: ClassVar[bool] = True  # type: ignore[misc]  # Keras takes none of the four
    dtype: ClassVar[None] = None  # type: ignore[misc]
    autocast: ClassVar[bool] = True  # type: ignore[misc]
    activity_regularizer: ClassVar[None] = None  # type: ignore[misc]

    layers: list[LayerArgument]

    Call: ClassVar[type[CallArguments]] = PipelineCall

    @model_validator(mode="after")
    def _check_layers(self) -> Self:
        if not self.layers:
            raise complaint(codes.OUT_OF_RANGE, "must name at least one layer", at=("layers",))
        for place, layer in enumerate(self.layers):
            require_one_tensor(layer, at=("layers", place))
        return self

    def infer(self, inputs: TensorSpec, mask: TensorSpec | None = None) -> Outputs:
        return [outputs for _, _, outputs in self._called(inputs, mask)][-1]

    def weights(self, inputs: TensorSpec, mask: TensorSpec | None = None) -> Weights:
        found: dict[str, Weight] = {}
        names = names_of(self.layers)
        for name, (layer, given, _) in zip(names, self._called(inputs, mask), strict=True):
            inner = inner_weights(name, layer, given)
            # A model's paths do not begin with its name, and it may stand here twice.
            found = found | {f"{name}/{p}" if p in found else p: w for p, w in inner.items()}
        return found

    @property
    def knows_weights(self) -> bool:
        """Whether those of all its layers are known."""
        return all(layer.knows_weights for layer in self.layers)

    def multiply_adds(self, inputs: TensorSpec, mask: TensorSpec | None = None) -> int | None:
        counts = [
            layer.multiply_adds(given, **call_defaults(layer))
            for layer, given, _ in self._called(inputs, mask)
        ]
        return None if None in counts else sum(count for count in counts if count is not None)

    def _called(
        self, inputs: TensorSpec, mask: TensorSpec | None
    ) -> Iterator[tuple[Layer, TensorSpec, Outputs]]:
        """Each layer, with the tensor that it is called on and what it gives."""
        given: Outputs = inputs
        for place, layer in enumerate(self.layers):
            if isinstance(given, tuple):
                raise ShapeError(
                    codes.ARGUMENT_MISFIT,
                    "{node} cannot go on after a layer that gives several tensors",
                    label=f"`{self.layers[place - 1].type_name()}` gives {len(given)}",
                    argument="layers",
                )
            named = call_defaults(layer)
            if place == 0 and mask is not None and _takes_mask(layer):
                named["mask"] = mask
            with blamed("layers"):
                outputs: Outputs = layer.infer(given, **named)
            yield layer, given, outputs
            given = outputs


def _takes_mask(layer: Layer) -> bool:
    return any(argument.name == "mask" for argument in layer.tensor_arguments())
