"""Adaptive pooling: `keras.layers` from `keras/src/layers/pooling`, windows that fit the output."""

from typing import ClassVar

from layergraph.diagnostics import codes
from layergraph.layers.arguments import DataFormat, Window1D, Window2D, Window3D, per_axis
from layergraph.layers.base import Layer
from layergraph.layers.rules import require_floats, require_numbers
from layergraph.layers.spatial import require_space, space, with_space
from layergraph.objects.values import FloatDType
from layergraph.tensors import ShapeError, TensorSpec


class _AdaptivePooling(Layer):
    """The base of layers that reduce space to `output_size`, in windows that may overlap.

    An output may be larger than its input; its windows then repeat.
    """

    axes: ClassVar[int]

    output_size: int | tuple[int, ...]
    data_format: DataFormat | None = None

    def infer(self, inputs: TensorSpec) -> TensorSpec:
        require_space(inputs, self.axes, self.data_format)
        self._require_known(inputs)
        sizes = per_axis(self.output_size, self.axes)
        return self.computed(with_space(inputs, sizes, self.data_format))

    def _require_known(self, inputs: TensorSpec) -> None:
        """Refuse sizes in space that are not known: Keras declares an output, and cannot make it.

        Raises:
            ShapeError: unknown-size.
        """
        if all(isinstance(size, int) for size in space(inputs, self.data_format)):
            return
        raise ShapeError(
            codes.UNKNOWN_SIZE,
            "{node} needs to know the sizes in space to make its windows",
            label=f"{{0}} is {inputs}",
            help="give the sizes in the input's `shape`, or put `Resizing` before {node}"
            if self.axes == 2
            else "give the sizes in the input's `shape`",
        )


class _AdaptiveAveraging(_AdaptivePooling):
    """The base of layers that average, for which TensorFlow has floating-point kernels alone."""

    dtype: FloatDType | None = None

    def infer(self, inputs: TensorSpec) -> TensorSpec:
        require_floats(inputs)
        return super().infer(inputs)


class AdaptiveAveragePooling1D(_AdaptiveAveraging):
    """The mean of each part of time: (batch, steps, channels) → (batch, output_size, channels)."""

    axes = 1
    output_size: Window1D


class AdaptiveAveragePooling2D(_AdaptiveAveraging):
    """The mean of each part of an image.

    (batch, height, width, channels) → (batch, *output_size, channels).
    """

    axes = 2
    output_size: Window2D


class AdaptiveAveragePooling3D(_AdaptiveAveraging):
    """The mean of each part of a volume.

    (batch, depth, height, width, channels) → (batch, *output_size, channels).
    """

    axes = 3
    output_size: Window3D


class _AdaptiveMaximum(_AdaptivePooling):
    """The base of layers that take the largest value, of which TensorFlow has none for truths."""

    def infer(self, inputs: TensorSpec) -> TensorSpec:
        require_numbers(inputs)
        if inputs.dtype == "bool":
            raise ShapeError(
                codes.WRONG_DTYPE,
                "{node} compares numbers, and is called on truth values",
                label="{0} is bool",
                help="make numbers of them first, with `ops.cast`",
            )
        outputs = super().infer(inputs)
        self._require_more_than_one(inputs)
        return outputs

    def _require_more_than_one(self, inputs: TensorSpec) -> None:
        """Refuse what ends the process: TensorFlow divides by one less than these sizes.

        Raises:
            ShapeError: argument-misfit.
        """
        sizes = (*per_axis(self.output_size, self.axes), *space(inputs, self.data_format))
        if 1 not in sizes:
            return
        raise ShapeError(
            codes.ARGUMENT_MISFIT,
            "{node} cannot take the largest of a whole axis, nor of an axis of size 1",
            label=f"{{0}} is {inputs}: TensorFlow would divide by zero, and end",
            argument="output_size",
            help=f"`GlobalMaxPooling{self.axes}D`, with `keepdims: true`"
            if set(per_axis(self.output_size, self.axes)) == {1}
            else "`MaxPooling` takes windows of any size",
        )


class AdaptiveMaxPooling1D(_AdaptiveMaximum):
    """The largest value of each part of time.

    (batch, steps, channels) → (batch, output_size, channels).
    """

    axes = 1
    output_size: Window1D


class AdaptiveMaxPooling2D(_AdaptiveMaximum):
    """The largest value of each part of an image.

    (batch, height, width, channels) → (batch, *output_size, channels).
    """

    axes = 2
    output_size: Window2D


class AdaptiveMaxPooling3D(_AdaptiveMaximum):
    """The largest value of each part of a volume, of floating-point numbers.

    (batch, depth, height, width, channels) → (batch, *output_size, channels).
    """

    axes = 3
    output_size: Window3D

    def infer(self, inputs: TensorSpec) -> TensorSpec:
        require_floats(inputs)
        return super().infer(inputs)
