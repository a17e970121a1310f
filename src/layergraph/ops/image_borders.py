"""Images with more or less at their borders: `keras.ops.image` from `keras/src/ops/image.py`."""

from typing import ClassVar, Self

from pydantic import model_validator

from layergraph.diagnostics import codes
from layergraph.layers.arguments import DataFormat
from layergraph.objects.base import complaint
from layergraph.objects.values import NonNegativeInt
from layergraph.ops.base import Op
from layergraph.ops.image import height_axis, require_images
from layergraph.tensors import Dim, ShapeError, Size, TensorSpec, plus


class _Borders(Op):
    """The base of what changes an image at its borders; two of three numbers give the third."""

    rows: ClassVar[tuple[str, str, str]]
    columns: ClassVar[tuple[str, str, str]]

    target_height: NonNegativeInt | None = None
    target_width: NonNegativeInt | None = None
    data_format: DataFormat | None = None

    @model_validator(mode="after")
    def _two_of_three(self) -> Self:
        for names in (self.rows, self.columns):
            given = [name for name in names if getattr(self, name) is not None]
            if len(given) == 3:
                raise complaint(
                    codes.CONFLICTING_ARGUMENTS,
                    f"follows from `{names[0]}` and `{names[1]}`",
                    at=(names[2],),
                    help="drop one of the three",
                )
            if len(given) < 2:
                missing = [name for name in names if name not in given]
                raise complaint(
                    codes.MISSING_ARGUMENT,
                    f"is missing, or another of `{'`, `'.join(names)}`: two are needed",
                    at=(missing[0],),
                    help=f"add `{missing[0]}: …`",
                )
        return self

    def infer(self, images: TensorSpec) -> TensorSpec:
        require_images(images)
        height = height_axis(images, self.data_format)
        made = (
            self._made(images, images.dims[height], self.rows),
            self._made(images, images.dims[height + 1], self.columns),
        )
        return images.with_dims((*images.dims[:height], *made, *images.dims[height + 2 :]))

    def _made(self, images: TensorSpec, size: Dim, names: tuple[str, str, str]) -> Dim:
        raise NotImplementedError

    def _misfit(self, images: TensorSpec, argument: str, why: str) -> ShapeError:
        return ShapeError(
            codes.ARGUMENT_MISFIT,
            f"`{argument}` of {{node}} does not fit its images",
            label=f"{{0}} is {images}: {why}",
            argument=argument,
        )

    def _unknown(self, images: TensorSpec, argument: str) -> ShapeError:
        """Where Keras needs the size of the images, which is not known."""
        return ShapeError(
            codes.UNKNOWN_SIZE,
            f"{{node}} needs to know the size of its images, to work out `{argument}`",
            label=f"{{0}} is {images}",
            argument=None,
            help=f"give `{argument}` in the place of another one, or the size in the input's "
            "`shape`",
        )


class PadImages(_Borders):
    """0 around images: (batch, height, width, channels) → (batch, more, more, channels).

    Of the paddings at both sides and the target, two are given for each of the two directions.
    """

    rows: ClassVar[tuple[str, str, str]] = ("top_padding", "bottom_padding", "target_height")
    columns: ClassVar[tuple[str, str, str]] = ("left_padding", "right_padding", "target_width")

    top_padding: NonNegativeInt | None = None
    left_padding: NonNegativeInt | None = None
    bottom_padding: NonNegativeInt | None = None
    right_padding: NonNegativeInt | None = None

    def _made(self, images: TensorSpec, size: Dim, names: tuple[str, str, str]) -> Dim:
        before, behind, target = (getattr(self, name) for name in names)
        if target is None:
            return plus(size, before + behind)
        if size is None or isinstance(size, Size):
            raise self._unknown(images, names[0] if before is None else names[1])
        given = behind if before is None else before
        if target - size - given < 0:
            raise self._misfit(images, names[2], f"{size} and {given} are more than {target}")
        return int(target)


class CropImages(_Borders):
    """Images less their borders: (batch, height, width, channels) → (batch, less, less, channels).

    Of what is cropped at both sides and the target, two are given for each of the two directions.
    """

    rows: ClassVar[tuple[str, str, str]] = ("top_cropping", "bottom_cropping", "target_height")
    columns: ClassVar[tuple[str, str, str]] = ("left_cropping", "right_cropping", "target_width")

    top_cropping: NonNegativeInt | None = None
    left_cropping: NonNegativeInt | None = None
    bottom_cropping: NonNegativeInt | None = None
    right_cropping: NonNegativeInt | None = None

    def _made(self, images: TensorSpec, size: Dim, names: tuple[str, str, str]) -> Dim:
        before, behind, target = (getattr(self, name) for name in names)
        if size is None or isinstance(size, Size):
            if target is None or before is None:
                raise self._unknown(images, names[2] if target is None else names[0])
            return int(target)
        gone = (before or 0) + (behind or 0)
        left = size - gone if target is None else target
        if left < 0 or left + gone > size:
            argument = names[2] if target is not None else names[1]
            raise self._misfit(images, argument, f"there are {size} in that direction")
        return int(left)
