"""The keys of an input."""

from typing import Annotated, ClassVar, Literal, Self

from pydantic import model_validator

from layergraph.diagnostics import codes
from layergraph.objects.base import Checked, StrictModel, complaint
from layergraph.objects.values import LARGEST_SIZE, PositiveInt
from layergraph.spec.data_keys import Column, Columns, check_one_of_column_and_columns
from layergraph.spec.names import KerasName
from layergraph.spec.shapes import checked_shape
from layergraph.tensors import DTYPES, FLOAT_DTYPES, INTEGER_DTYPES, Dim

ARGUMENTS_OF_INPUT = ("shape", "dtype", "batch_size", "sparse", "ragged", "optional")
"""The keys of an input that are arguments of `keras.Input`, besides its name."""

_IMAGE_CHANNELS = (1, 3, 4)


class InputKeys(StrictModel):
    """An input: what `keras.Input` takes, and what of the data belongs to it."""

    noun: ClassVar[str] = "an input"

    shape: Annotated[tuple[Dim, ...], Checked(checked_shape, least=1, most=LARGEST_SIZE)]
    dtype: Literal[DTYPES] = "float32"  # type: ignore[valid-type]  # the tuple is a constant
    batch_size: PositiveInt | None = None
    sparse: bool = False
    ragged: bool = False
    optional: bool = False
    name: KerasName | None = None
    column: Column | None = None
    columns: Columns | None = None
    decode: Literal["image"] | None = None
    missing: Literal["error", "drop", "allow"] = "error"

    @model_validator(mode="after")
    def _check_layout(self) -> Self:
        if self.sparse and self.ragged:
            raise complaint(
                codes.CONFLICTING_ARGUMENTS,
                "cannot be combined with `sparse`",
                at=("ragged",),
                help="a tensor is one or the other: drop one",
            )
        return self

    @model_validator(mode="after")
    def _check_columns(self) -> Self:
        check_one_of_column_and_columns(self.column, self.columns)
        if self.columns is None:
            return self
        number, sizes = len(self.columns), ", ".join(map(_written_size, self.shape))
        if not self.shape or not isinstance(self.shape[-1], int):
            raise complaint(
                codes.CONFLICTING_ARGUMENTS,
                f"are {number}, side by side on a last axis whose size `shape: [{sizes}]` "
                "does not give",
                at=("columns",),
                help=f"end `shape` with {number}, or name a single `column`",
            )
        if self.shape[-1] != number:
            raise complaint(
                codes.CONFLICTING_ARGUMENTS,
                f"are {number}, and the last axis of `shape: [{sizes}]` is {self.shape[-1]}",
                at=("columns",),
                help=f"end `shape` with {number}, or name {self.shape[-1]} columns",
            )
        return self

    @model_validator(mode="after")
    def _check_decode(self) -> Self:
        if self.decode is None:
            return self
        if self.columns is not None:
            raise complaint(
                codes.CONFLICTING_ARGUMENTS,
                "cannot be combined with `columns`",
                at=("decode",),
                help="an image is in one file: name the `column` of its path",
            )
        channels = self.shape[-1] if len(self.shape) == 3 else None
        if channels not in _IMAGE_CHANNELS:
            raise complaint(
                codes.CONFLICTING_ARGUMENTS,
                f"is `image`, and `shape: [{', '.join(map(_written_size, self.shape))}]` is that "
                "of no image",
                at=("decode",),
                help="write `shape: [height, width, channels]` with 1, 3 or 4 channels, "
                "such as [64, 64, 3]; height and width may be null",
            )
        if self.dtype not in (*FLOAT_DTYPES, *INTEGER_DTYPES):
            raise complaint(
                codes.CONFLICTING_ARGUMENTS,
                f"is `image`, whose pixels are numbers, and `dtype` is {self.dtype}",
                at=("decode",),
                help="drop `dtype`: a float32 image has values from 0 to 255",
            )
        return self

    @model_validator(mode="after")
    def _check_missing(self) -> Self:
        if self.missing != "allow":
            return self
        reason = None
        if self.decode is not None:
            reason = "and there is no image without a file"
        elif self.dtype not in (*FLOAT_DTYPES, "string"):
            reason = f"and nothing stands for a gap among values of {self.dtype}"
        if reason is not None:
            raise complaint(
                codes.CONFLICTING_ARGUMENTS,
                f"is `allow`, {reason}",
                at=("missing",),
                help="write `missing: drop` to leave out the rows without it",
            )
        return self


def _written_size(size: Dim) -> str:
    return "null" if size is None else str(size)
