"""Pooling that averages: `keras.layers` from `keras/src/layers/pooling`."""

from layergraph.layers.arguments import Window1D, Window2D, Window3D
from layergraph.layers.pooling import Pooling
from layergraph.layers.rules import require_floats
from layergraph.objects.values import FloatDType
from layergraph.tensors import TensorSpec


class _Averaging(Pooling):
    """The base of layers that average a sliding window."""

    dtype: FloatDType | None = None

    def infer(self, inputs: TensorSpec) -> TensorSpec:
        require_floats(inputs)
        return super().infer(inputs)


class AveragePooling1D(_Averaging):
    """The mean of a window of time: (batch, steps, channels) → (batch, fewer, channels)."""

    axes = 1
    pool_size: Window1D
    strides: Window1D | None = None


class AveragePooling2D(_Averaging):
    """The mean of a window of an image.

    (batch, height, width, channels) → (batch, smaller, smaller, channels).
    """

    axes = 2
    pool_size: Window2D
    strides: Window2D | None = None


class AveragePooling3D(_Averaging):
    """The mean of a window of a volume.

    (batch, depth, height, width, channels) → (batch, smaller, smaller, smaller, channels).
    """

    axes = 3
    pool_size: Window3D
    strides: Window3D | None = None
