"""Global average pooling: `keras.layers` from `keras/src/layers/pooling`."""

from layergraph.layers.global_pooling import GlobalPooling
from layergraph.layers.rules import require_numbers, require_rank, require_same_size
from layergraph.layers.spatial import axis_in_space
from layergraph.tensors import TensorSpec


class GlobalAveragePooling1D(GlobalPooling):
    """The mean over time, of the steps that a mask keeps.

    (batch, steps, channels) and a mask (batch, steps) → (batch, channels).
    """

    axes = 1

    def infer(self, inputs: TensorSpec, mask: TensorSpec | None = None) -> TensorSpec:
        pooled = super().infer(inputs)
        if mask is not None:
            require_numbers(mask, input=1)
            require_rank(mask, 2, layout="(batch, steps) as its mask", input=1)
            steps = axis_in_space(0, self.data_format)
            message = "the mask of {node} has not as many steps as its input"
            require_same_size((inputs, steps, 0), (mask, 1, 1), message)
        return pooled


class GlobalAveragePooling2D(GlobalPooling):
    """The mean of an image: (batch, height, width, channels) → (batch, channels)."""

    axes = 2


class GlobalAveragePooling3D(GlobalPooling):
    """The mean of a volume: (batch, depth, height, width, channels) → (batch, channels)."""

    axes = 3
