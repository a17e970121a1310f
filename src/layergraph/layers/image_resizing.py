"""Layers that make images of another size: Keras' `image_preprocessing`."""

from typing import Annotated, Any, Literal, Self

from pydantic import model_validator

from layergraph.diagnostics import codes
from layergraph.layers.image_base import ImageLayer
from layergraph.objects.base import Checked, complaint
from layergraph.objects.values import FloatDType, PositiveInt, Seed, number
from layergraph.tensors import FLOAT_DTYPES, ShapeError, TensorSpec

ResizedDType = Literal[FloatDType, "int16", "int32", "int64", "uint8", "uint16"]
"""What TensorFlow resizes images of."""


def _whole_or_not(value: Any) -> Any:
    """A number, which stays whole where it is: TensorFlow fills integers with integers alone."""
    number(value)
    return value


class Resizing(ImageLayer):
    """Stretches images to a size: (batch, height, width, channels) → (batch, *size, channels).

    With `crop_to_aspect_ratio` or `pad_to_aspect_ratio` the images keep their proportions.
    """

    height: PositiveInt
    width: PositiveInt
    interpolation: Literal["bilinear", "nearest", "bicubic", "lanczos3", "lanczos5", "area"] = (
        "bilinear"
    )
    crop_to_aspect_ratio: bool = False
    pad_to_aspect_ratio: bool = False
    fill_mode: Literal["constant"] = "constant"
    fill_value: Annotated[float, Checked(_whole_or_not)] = 0.0
    antialias: bool = False
    dtype: ResizedDType | None = None

    @model_validator(mode="after")
    def _arguments_fit(self) -> Self:
        if not self.pad_to_aspect_ratio:
            return self
        if self.crop_to_aspect_ratio:
            raise complaint(
                codes.CONFLICTING_ARGUMENTS,
                "cannot be combined with `crop_to_aspect_ratio`",
                at=("pad_to_aspect_ratio",),
                help="drop one of them",
            )
        if self.compute_dtype not in FLOAT_DTYPES and not isinstance(self.fill_value, int):
            raise complaint(
                codes.CONFLICTING_ARGUMENTS,
                f"must be a whole number beside `dtype: {self.dtype}`, not {self.fill_value}",
                at=("fill_value",),
                help=f"set `fill_value: {round(self.fill_value)}`",
            )
        return self

    def infer(self, data: TensorSpec) -> TensorSpec:
        self.require_images(data)
        return self.computed(self.with_size(data, self.height, self.width))


class CenterCrop(ImageLayer):
    """Cuts the middle out of images: (batch, height, width, channels) → (batch, *size, channels).

    Smaller images are stretched to the size, and then cut to its proportions.
    """

    height: PositiveInt
    width: PositiveInt

    def infer(self, data: TensorSpec) -> TensorSpec:
        self.require_images(data)
        self._require_dtype(data)
        return self.computed(self.with_size(data, self.height, self.width))

    def _require_dtype(self, data: TensorSpec) -> None:
        """Refuse to stretch in another dtype than float32: Keras declares it, and gives float32."""
        sizes = ((self.height_axis, self.height), (self.width_axis, self.width))
        for axis, wanted in sizes:
            size = data.dims[axis]
            if self.compute_dtype != "float32" and isinstance(size, int) and size < wanted:
                raise ShapeError(
                    codes.ARGUMENT_MISFIT,
                    "{node} has to stretch its input, which it does in float32 alone",
                    label=f"{{0}} is {data}: {size} is less than {wanted}",
                    argument="dtype",
                    help="take `Resizing` with `crop_to_aspect_ratio: true`",
                )


class RandomCrop(ImageLayer):
    """Cuts a piece out of images: (batch, height, width, channels) → (batch, *size, channels).

    All images of a batch are cut at one place. Smaller images are stretched. Outside of training
    Keras hands on the images as they are, in the size that they came in: layers behind it have to
    bear both sizes.
    """

    height: PositiveInt
    width: PositiveInt
    seed: Seed | None = None
    dtype: ResizedDType | None = None

    def infer(self, data: TensorSpec) -> TensorSpec:
        self.require_images(data)
        self.require_known(data, self.height_axis, self.width_axis, why="to cut a piece out")
        return self.computed(self.with_size(data, self.height, self.width))
