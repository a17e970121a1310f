"""The mappings of a graph file, one Pydantic model each."""

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import Field, model_validator

from layergraph.diagnostics import codes
from layergraph.diagnostics.values import shown
from layergraph.objects.arguments import Loss, Metric
from layergraph.objects.base import Checked, StrictModel, complaint
from layergraph.objects.values import LARGEST_SIZE, PositiveInt
from layergraph.spec.data_keys import Classes, ClassWeight, Column, Columns, Label
from layergraph.spec.names import KerasName, ModelName
from layergraph.spec.references import From, OneTensor
from layergraph.spec.shapes import checked_shape
from layergraph.spec.wording import is_number
from layergraph.tensors import DTYPES, FLOAT_DTYPES, INTEGER_DTYPES, Dim

VERSION = 1


def _version(value: Any) -> int:
    if type(value) is not int or value != VERSION:
        raise complaint(
            codes.UNKNOWN_VERSION,
            f"is {shown(value)}, and this layergraph reads version {VERSION}",
            help=f"write `layergraph: {VERSION}`",
        )
    return VERSION


class FileKeys(StrictModel):
    """The sections of a graph file. What the sections hold has models of its own."""

    noun: ClassVar[str] = "a graph file"

    layergraph: Annotated[Literal[VERSION], Checked(_version)]  # type: ignore[valid-type]  # so is this
    name: ModelName | None = None
    description: str | None = None
    params: dict[str, Any] = {}
    imports: dict[str, Any] = {}
    blocks: dict[str, Any] = {}
    custom: dict[str, Any] = {}
    inputs: dict[str, Any]
    layers: dict[str, Any] = {}
    merges: dict[str, Any] = {}
    outputs: dict[str, Any]
    training: dict[str, Any] = {}


class LibraryKeys(StrictModel):
    """The sections of a file of blocks."""

    noun: ClassVar[str] = "a file of blocks"

    layergraph: Annotated[Literal[VERSION], Checked(_version)]  # type: ignore[valid-type]  # so is this
    description: str | None = None
    imports: dict[str, Any] = {}
    blocks: dict[str, Any]
    custom: dict[str, Any] = {}


def _bound(value: Any) -> int | float:
    if type(value) is not int and type(value) is not float:
        help = f"write it without quotes: {value}" if is_number(value) else None
        raise complaint(codes.WRONG_TYPE, f"must be a number, not {shown(value)}", help=help)
    return value


Bound = Annotated[int | float, Checked(_bound)]


class ParamKeys(StrictModel):
    """A param in its long form. Of `default` and `example`, null is a value like any other."""

    noun: ClassVar[str] = "a param"

    default: Any = None
    doc: str | None = None
    min: Bound | None = None
    max: Bound | None = None
    choices: Annotated[tuple[Any, ...] | None, Field(strict=False, min_length=1)] = None
    example: Any = None

    @property
    def is_required(self) -> bool:
        """Whether a caller has to give a value."""
        return "default" not in self.model_fields_set


def _block_outputs(value: Any) -> Any:
    if not isinstance(value, str | dict):
        raise complaint(
            codes.WRONG_TYPE,
            f"must be the name of a node, not {shown(value)}",
            help="write `outputs: out`, or `outputs: {main: out, aux: …}` for several",
        )
    return value


class BlockKeys(StrictModel):
    """A block's declaration. What its sections hold has models of its own."""

    noun: ClassVar[str] = "a block"

    description: str | None = None
    params: dict[str, Any] = {}
    inputs: Annotated[tuple[str, ...], Field(strict=False, min_length=1)]
    layers: dict[str, Any] = {}
    merges: dict[str, Any] = {}
    outputs: Annotated[Any, Checked(_block_outputs)]


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
        _check_one_of_column_and_columns(self.column, self.columns)
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


def _check_one_of_column_and_columns(column: str | None, columns: tuple[str, ...] | None) -> None:
    if column is not None and columns is not None:
        raise complaint(
            codes.CONFLICTING_ARGUMENTS,
            "cannot be combined with `column`",
            at=("columns",),
            help="drop one: `columns` names several, side by side",
        )


class NodeKeys(StrictModel):
    """What a node may have beside the arguments of its layer."""

    noun: ClassVar[str] = "a node"

    type: str
    from_: From | None = Field(default=None, alias="from")
    call: dict[str, Any] = {}
    else_: OneTensor | None = Field(default=None, alias="else")
    name: KerasName | None = None


class InstanceKeys(StrictModel):
    """What an instance of a block may have beside the block's params."""

    noun: ClassVar[str] = "an instance of a block"

    block: str
    from_: From | None = Field(default=None, alias="from")
    else_: OneTensor | None = Field(default=None, alias="else")
    nested: bool = False
    name: KerasName | None = None


class ChainKeys(StrictModel):
    """A chain: its items have models of their own."""

    noun: ClassVar[str] = "a chain"

    chain: Annotated[tuple[Any, ...], Field(strict=False, min_length=1)]
    from_: From | None = Field(default=None, alias="from")
    else_: OneTensor | None = Field(default=None, alias="else")


class UseKeys(StrictModel):
    """A layer, chain or instance that is called again."""

    noun: ClassVar[str] = "a `use`"

    use: OneTensor
    from_: From | None = Field(default=None, alias="from")
    call: dict[str, Any] = {}
    else_: OneTensor | None = Field(default=None, alias="else")


class LeftOutKeys(StrictModel):
    """What matters of a node that is left out."""

    noun: ClassVar[str] = "a node"

    from_: From | None = Field(default=None, alias="from")
    else_: OneTensor | None = Field(default=None, alias="else")


KINDS: Mapping[str, type[StrictModel]] = {
    "type": NodeKeys,
    "block": InstanceKeys,
    "chain": ChainKeys,
    "use": UseKeys,
}
"""The keys that say what a node is."""

COPYING = ("when", "repeat", "each")
"""The keys that say whether a node is there, and how often."""


class OutputKeys(StrictModel):
    """What an output may have beside the arguments of its head."""

    noun: ClassVar[str] = "an output"

    from_: OneTensor = Field(alias="from")
    type: str | None = None
    task: Literal["regression", "binary", "multilabel", "multiclass"] | None = None
    units: PositiveInt | None = None
    classes: Classes | None = None
    labels: Literal["integer", "one_hot"] | None = None
    loss: Loss | None = None
    loss_weight: Annotated[float, Field(ge=0)] | None = None
    metrics: tuple[Metric, ...] | None = Field(default=None, strict=False)
    name: KerasName | None = None
    column: Column | None = None
    columns: Columns | None = None
    class_weight: ClassWeight | None = None
    sample_weight: Column | None = None

    @property
    def class_labels(self) -> tuple[Label, ...] | None:
        """The labels of its classes, where the file names them."""
        return self.classes if isinstance(self.classes, tuple) else None

    @model_validator(mode="after")
    def _check_columns(self) -> Self:
        _check_one_of_column_and_columns(self.column, self.columns)
        return self
