"""What all layers for images share: `keras/src/layers/preprocessing/image_preprocessing`.

A node calls them on images alone; Keras' dicts of images with boxes and labels are for pipelines
of data.
"""

from typing import Annotated, Any, ClassVar, Literal

from layergraph.diagnostics import codes
from layergraph.diagnostics.values import shown
from layergraph.layers.arguments import DataFormat
from layergraph.layers.base import CallArguments, Layer
from layergraph.layers.rules import require_numbers
from layergraph.layers.spatial import require_space
from layergraph.objects.base import Checked, complaint
from layergraph.objects.values import FloatDType, WholeDType, number
from layergraph.tensors import BATCH, Dim, ShapeError, TensorSpec

Interpolation = Literal["nearest", "bilinear"]
FillMode = Literal["reflect", "wrap", "constant", "nearest"]
NumberDType = Literal[FloatDType, WholeDType, "uint64"]
"""What TensorFlow adds and multiplies in."""

ImageDType = Literal[NumberDType, "bool"]
"""What pixels may be computed in: numbers."""

RangedDType = Literal["float32", "float64", "bfloat16", "mixed_bfloat16"]
"""What places can be counted in: TensorFlow has no ranges of float16."""

RenamedDType = Literal[FloatDType, WholeDType, "bool"]
"""What Keras keeps as it is where it converts images: of uint64 it makes uint32."""


def _pair(value: Any) -> tuple[float, float]:
    """Two numbers."""
    if not isinstance(value, list | tuple):
        raise complaint(codes.WRONG_TYPE, f"must be a list of two numbers, not {shown(value)}")
    if len(value) != 2:
        predicate = f"must be a list of two numbers, not of {len(value)}"
        raise complaint(codes.OUT_OF_RANGE, predicate)
    for position, item in enumerate(value):
        number(item, (position,))
    return value[0], value[1]  # whole numbers stay whole: Keras computes with them in any dtype


def _number_or_pair(value: Any) -> float | tuple[float, float]:
    if isinstance(value, list | tuple):
        return _pair(value)
    if type(value) not in (int, float):
        predicate = f"must be a number or a list of two numbers, not {shown(value)}"
        raise complaint(codes.WRONG_TYPE, predicate)
    return number(value)


def touching(low: float, high: float) -> Checked:
    """A number from `low` to `high`, or two whose first is no more and whose second no less.

    That is all that Keras asks of the two, although they are the bounds of what is drawn.
    """

    def checked(value: Any) -> float | tuple[float, float]:
        found = _number_or_pair(value)
        first, second = found if isinstance(found, tuple) else (found, found)
        if first > high:
            at = (0,) if isinstance(found, tuple) else ()
            raise complaint(codes.OUT_OF_RANGE, f"must be at most {high}, not {first:g}", at=at)
        if second < low:
            at = (1,) if isinstance(found, tuple) else ()
            raise complaint(codes.OUT_OF_RANGE, f"must be at least {low}, not {second:g}", at=at)
        return found

    return Checked(checked)


def within(low: float, high: float, *, exclusive: bool = False) -> Checked:
    """A number from `low` to `high`, or two; with `exclusive` none may be `low` itself."""

    def checked(value: Any) -> float | tuple[float, float]:
        found = _number_or_pair(value)
        listed = found if isinstance(found, tuple) else (found,)
        for position, item in enumerate(listed):
            at = (position,) if isinstance(found, tuple) else ()
            if item > high:
                raise complaint(codes.OUT_OF_RANGE, f"must be at most {high}, not {item:g}", at=at)
            if item < low or (exclusive and item == low):
                bound = f"more than {low}" if exclusive else f"at least {low}"
                raise complaint(codes.OUT_OF_RANGE, f"must be {bound}, not {item:g}", at=at)
        return found

    if exclusive:
        return Checked(checked, above=low, most=high)
    return Checked(checked, least=low, most=high)


ValueRange = Annotated[tuple[float, float], Checked(_pair)]
Factor = Annotated[float | tuple[float, float], touching(-1, 1)]
UnitFactor = Annotated[float | tuple[float, float], touching(0, 1)]


class ImageCall(CallArguments):
    """Whether images are disturbed: Keras' `fit` says so, and without a word it is done."""

    training: bool | None = True


class ImageLayer(Layer):
    """The base of layers for images: (batch, height, width, channels), or one image without batch.

    What comes out has the dtype that the layer computes in, whatever went in. Random layers keep
    the state of their generator outside of their weights.
    """

    data_format: DataFormat | None = None
    dtype: ImageDType | None = None

    Call: ClassVar[type[CallArguments]] = ImageCall

    def infer(self, data: TensorSpec) -> TensorSpec:
        self.require_images(data)
        return self.computed(data)

    def require_images(self, data: TensorSpec) -> None:
        """Refuse what is no image and no batch of images.

        Keras looks at the number of axes when it computes, and takes three for one image. Where
        the first of the three is the batch, it would have the samples of a batch be the rows (or
        the channels) of one image, which nobody wants: that is refused here alone.

        Raises:
            ShapeError: wrong-dtype, wrong-rank.
        """
        require_numbers(data)
        if data.rank != 3 or data.dims[0] == BATCH:
            require_space(data, 2, self.data_format)

    @property
    def height_axis(self) -> int:
        """The axis of the rows, counted from the end."""
        return -2 if self.data_format == "channels_first" else -3

    @property
    def width_axis(self) -> int:
        """The axis of the columns, counted from the end."""
        return self.height_axis + 1

    @property
    def channel_axis(self) -> int:
        """The axis of the channels, counted from the end."""
        return -3 if self.data_format == "channels_first" else -1

    def with_size(self, data: TensorSpec, height: Dim, width: Dim) -> TensorSpec:
        """The images in another size."""
        sizes = list(data.dims)
        sizes[self.height_axis], sizes[self.width_axis] = height, width
        return data.with_dims(tuple(sizes))

    def require_known(self, data: TensorSpec, *axes: int, why: str) -> tuple[int, ...]:
        """The sizes along axes, where Keras cannot compute without knowing them.

        Args:
            data: the images.
            axes: the axes, counted from the end.
            why: what they decide, as the end of a sentence: "to crop".

        Raises:
            ShapeError: unknown-size.
        """
        sizes = []
        for axis in axes:
            size = data.dims[axis]
            if not isinstance(size, int):
                raise ShapeError(
                    codes.UNKNOWN_SIZE,
                    f"{{node}} needs to know the size of axis {axis % data.rank} {why}",
                    label=f"{{0}} is {data}",
                    help="give the size in the input's `shape`, or put `Resizing` before {node}",
                )
            sizes.append(size)
        return tuple(sizes)
