"""Layers that change colours, which are red, green and blue: Keras' `image_preprocessing`."""

from typing import Self

from pydantic import model_validator

from layergraph.diagnostics import codes
from layergraph.layers.image_base import (
    Factor,
    ImageDType,
    ImageLayer,
    NumberDType,
    RenamedDType,
    UnitFactor,
    ValueRange,
)
from layergraph.layers.image_tones import is_whole, require_whole_ends
from layergraph.objects.base import complaint
from layergraph.objects.values import FloatDType, Rate, Seed
from layergraph.tensors import ShapeError, TensorSpec


def require_channels(data: TensorSpec, axis: int, *counts: int) -> None:
    """Refuse images whose number of channels is known, and none of those that have colours.

    Args:
        data: the images.
        axis: that of the channels, counted from the end.
        counts: the numbers of channels that will do; 1 is a grey image.

    Raises:
        ShapeError: shape-mismatch.
    """
    channels = data.dims[axis]
    if not isinstance(channels, int) or channels in counts:
        return
    other = -3 if axis == -1 else -1
    if data.dims[other] == 3:
        help = f"set `data_format: channels_{'first' if other == -3 else 'last'}`"
    elif channels == 1:
        help = "drop {node}: there are no colours in grey images"
    elif channels == 4 and axis == -1:
        help = 'take the first three, with `ops.get_item` and `key: "[..., :3]"`'
    else:
        help = "give it images in red, green and blue"
    raise ShapeError(
        codes.SHAPE_MISMATCH,
        f"{{node}} needs images of {' or '.join(map(str, counts))} channels",
        label=f"{{0}} is {data}, which has {channels} on axis {axis % data.rank}",
        help=help,
    )


def require_known_channels(data: TensorSpec, axis: int, *counts: int) -> None:
    """Refuse images of unknown or other channels, where Keras looks at the number beforehand.

    It does so when it traces its graph, where an unknown number is a wrong one.

    Raises:
        ShapeError: unknown-size, shape-mismatch.
    """
    require_channels(data, axis, *counts)
    if isinstance(data.dims[axis], int):
        return
    raise ShapeError(
        codes.UNKNOWN_SIZE,
        f"{{node}} needs to know the size of axis {axis % data.rank} to find the colours",
        label=f"{{0}} is {data}",
        help="give the size in the input's `shape`",
    )


class RandomColorDegeneration(ImageLayer):
    """Blends images with grey ones in training: (batch, height, width, 3) → the same shape.

    `factor` is the part that the grey image has.
    """

    factor: Factor
    value_range: ValueRange = (0, 255)
    seed: Seed | None = None
    dtype: NumberDType | None = None

    @model_validator(mode="after")
    def _check_range(self) -> Self:
        require_whole_ends(self.dtype, self.value_range)
        return self

    def infer(self, data: TensorSpec) -> TensorSpec:
        self.require_images(data)
        require_known_channels(data, self.channel_axis, 3)
        return self.computed(data)


class RandomColorJitter(ImageLayer):
    """Changes brightness, contrast, saturation and hue in training: the same shape as before.

    Each is left alone where its factor is not given. For saturation and hue Keras looks for the
    three colours on the last axis, whatever `data_format` says.
    """

    value_range: ValueRange = (0, 255)
    brightness_factor: Factor | None = None
    contrast_factor: UnitFactor | None = None
    saturation_factor: Factor | None = None
    hue_factor: UnitFactor | None = None
    seed: Seed | None = None
    dtype: NumberDType | None = None

    @model_validator(mode="after")
    def _check_dtype(self) -> Self:
        if not is_whole(self.dtype):
            return self
        if self.brightness_factor is not None:
            require_whole_ends(self.dtype, self.value_range)
        for argument in ("contrast_factor", "saturation_factor"):
            if getattr(self, argument) is not None:
                raise complaint(
                    codes.CONFLICTING_ARGUMENTS,
                    f"cannot be combined with `dtype: {self.dtype}`",
                    at=(argument,),
                    help="drop `dtype`, to compute in floating point",
                )
        return self

    def infer(self, data: TensorSpec) -> TensorSpec:
        self.require_images(data)
        if self.saturation_factor is not None or self.hue_factor is not None:
            self._require_colours_last(data)
        return self.computed(data)

    def _require_colours_last(self, data: TensorSpec) -> None:
        if self.data_format != "channels_first" or data.last_dim == 3:
            require_channels(data, -1, 3)
        elif isinstance(data.last_dim, int):
            raise ShapeError(
                codes.SHAPE_MISMATCH,
                "{node} looks for colours on the last axis, whatever `data_format` says",
                label=f"{{0}} is {data}, which has {data.last_dim} on axis {data.rank - 1}",
                argument="data_format",
                help="put the channels last with `Permute`, "
                "or take `RandomSaturation` and `RandomHue`",
            )


class RandomGrayscale(ImageLayer):
    """Takes the colours out of images in training: the same shape, 1 or 3 channels.

    `factor` is how likely it is. Keras declares the input's own dtype for whole numbers, and
    gives that of the layer wherever it runs as a graph: in `fit`, in `predict`, exported.
    """

    factor: Rate = 0.5
    seed: Seed | None = None
    dtype: RenamedDType | None = None

    def infer(self, data: TensorSpec) -> TensorSpec:
        self.require_images(data)
        require_known_channels(data, self.channel_axis, 1, 3)
        return self.computed(data)


class RandomHue(ImageLayer):
    """Turns the colours of images in training: (batch, height, width, 3) → the same shape.

    `factor` counts half turns around the circle of colours.
    """

    factor: UnitFactor
    value_range: ValueRange = (0, 255)
    seed: Seed | None = None
    dtype: ImageDType | None = None

    @model_validator(mode="after")
    def _check_range(self) -> Self:
        # From any other range Keras comes to [0, 1] in floating point.
        if is_whole(self.dtype) and self.value_range == (0, 1):
            predicate = f"must not be [0, 1] with `dtype: {self.dtype}`"
            raise complaint(codes.CONFLICTING_ARGUMENTS, predicate, at=("value_range",))
        return self

    def infer(self, data: TensorSpec) -> TensorSpec:
        self.require_images(data)
        require_channels(data, self.channel_axis, 3)
        return self.computed(data)


class RandomSaturation(ImageLayer):
    """Makes colours paler or richer in training: (batch, height, width, 3) → the same shape.

    A `factor` of 0 leaves grey, 0.5 changes nothing.
    """

    factor: Factor
    value_range: ValueRange = (0, 255)
    seed: Seed | None = None
    dtype: FloatDType | None = None

    def infer(self, data: TensorSpec) -> TensorSpec:
        self.require_images(data)
        require_channels(data, self.channel_axis, 3)
        return self.computed(data)
