"""The wrapper that bounds a layer's kernel: `keras.layers.SpectralNormalization`."""

from typing import ClassVar, Self

from pydantic import model_validator

from layergraph.diagnostics import codes
from layergraph.layers.base import CallArguments, Layer, Training, Weight, Weights
from layergraph.layers.inner_layers import (
    LayerArgument,
    OuterLayer,
    blamed,
    call_defaults,
    inner_weights,
    require_one_tensor,
)
from layergraph.objects.base import complaint
from layergraph.objects.values import PositiveInt
from layergraph.tensors import ShapeError, TensorSpec

_KERNELS = ("kernel", "embeddings")


class SpectralNormalizationCall(Training):
    """Whether the kernel is normalized before the call."""

    training: bool | None = False


class SpectralNormalization(OuterLayer):
    """A layer whose kernel is divided, in training, by its largest singular value.

    `power_iterations` estimate that value, beginning with the vector of the step before, which is
    a weight of its own. Miyato et al. (2018), arXiv:1802.05957.
    """

    layer: LayerArgument
    power_iterations: PositiveInt = 1

    Call: ClassVar[type[CallArguments]] = SpectralNormalizationCall

    @model_validator(mode="after")
    def _check_layer(self) -> Self:
        require_one_tensor(self.layer)
        if getattr(self.layer, "lora_rank", None) is not None:
            raise complaint(
                codes.CONFLICTING_ARGUMENTS,
                "has a `lora_rank`, and a kernel of two parts cannot be divided",
                at=("layer",),
                help="drop its `lora_rank`",
            )
        return self

    def infer(self, inputs: TensorSpec) -> TensorSpec:
        if not inputs.is_float:
            raise ShapeError(
                codes.WRONG_DTYPE,
                "{node} gives what its layer computes in the dtype of its input, which is not "
                "floating-point",
                label=f"{{0}} is {inputs.dtype}",
                help="give the input `dtype: float32`: `Embedding` takes floats for indices too",
            )
        with blamed("layer"):
            output = self.layer.infer(inputs, **call_defaults(self.layer))
        if isinstance(output, tuple) or not (
            self.kernel_path(inputs) or not self.layer.knows_weights
        ):
            raise ShapeError(
                codes.ARGUMENT_MISFIT,
                "{node} normalizes the kernel of a layer, and its layer has none",
                label=f"`{self.layer.type_name()}` has neither a `kernel` nor `embeddings`",
                argument="layer",
                help="choose a layer with a kernel: `Dense`, a convolution, or `Embedding`",
            )
        return self.computed(output)

    def weights(self, inputs: TensorSpec) -> Weights:
        kernel = self.kernel_path(inputs)
        if kernel is None:
            return {}
        inner = inner_weights(self.layer.default_name(), self.layer, inputs)
        whole = inner[kernel]
        vector = Weight((1, whole.shape[-1]), trainable=False, dtype=whole.dtype)
        others = {path: weight for path, weight in inner.items() if path != kernel}
        return {kernel: whole, "vector_u": vector, **others}

    def kernel_path(self, inputs: TensorSpec) -> str | None:
        """The path of the weight that is normalized, where there is one."""
        name = self.layer.default_name()
        if isinstance(self.layer, SpectralNormalization):
            kernel = self.layer.kernel_path(inputs)
            return f"{name}/{kernel}" if kernel else None
        paths = _own_weights(self.layer, inputs)
        return next((f"{name}/{path}" for path in _KERNELS if path in paths), None)

    @property
    def knows_weights(self) -> bool:
        """Whether those of its layer are known."""
        return self.layer.knows_weights

    def multiply_adds(self, inputs: TensorSpec) -> int | None:
        """Those of its layer: it normalizes in training alone."""
        return self.layer.multiply_adds(inputs, **call_defaults(self.layer))


def _own_weights(layer: Layer, inputs: TensorSpec) -> Weights:
    """The weights of a layer of Keras; a model's are not its own."""
    return layer.weights(inputs, **call_defaults(layer)) if layer.names_weights else {}
