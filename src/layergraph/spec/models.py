"""The mappings of a graph file, one Pydantic model each."""

from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import Field, model_validator

from layergraph.diagnostics import codes
from layergraph.diagnostics.values import shown
from layergraph.objects.arguments import Loss, Metric, Optimizer
from layergraph.objects.base import Checked, StrictModel, complaint
from layergraph.objects.values import LARGEST_SIZE, PositiveInt
from layergraph.spec.names import KerasName, ModelName
from layergraph.spec.references import From, OneTensor
from layergraph.tensors import BATCH, DTYPES, Dim, Size

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

    layergraph: Annotated[int, Checked(_version)]
    name: ModelName | None = None
    description: str | None = None
    inputs: dict[str, Any]
    layers: dict[str, Any] = {}
    merges: dict[str, Any] = {}
    outputs: dict[str, Any]
    training: dict[str, Any] = {}


def _shape(value: Any) -> tuple[Dim, ...]:
    if not isinstance(value, list | tuple):
        raise complaint(
            codes.WRONG_TYPE,
            f"must be a list of sizes, not {shown(value)}",
            help="leave the batch out: `shape: [28, 28, 1]`, and `[]` for one value a sample",
        )
    return tuple(_size(item, position) for position, item in enumerate(value))


def _size(item: Any, position: int) -> Dim:
    if item is None:
        return None
    if isinstance(item, str):
        if not item.isidentifier():
            raise complaint(
                codes.INVALID_NAME,
                f"is `{item[:64]}`, which cannot name a size",
                at=(position,),
                help="write a number, null, or a word such as `time`",
            )
        if item == BATCH.name:
            raise complaint(
                codes.INVALID_NAME,
                "is `batch`, the name of the first axis, which `shape` leaves out",
                at=(position,),
                help="drop it: `batch_size` fixes the batch, where that is meant",
            )
        return Size(item)
    if type(item) is not int:
        predicate = f"must be a whole number, null or a name, not {shown(item)}"
        raise complaint(codes.WRONG_TYPE, predicate, at=(position,))
    if not 1 <= item <= LARGEST_SIZE:
        predicate = f"must be from 1 to {LARGEST_SIZE}, not {item}"
        raise complaint(codes.OUT_OF_RANGE, predicate, at=(position,))
    return item


class InputKeys(StrictModel):
    """An input: what `keras.Input` takes."""

    noun: ClassVar[str] = "an input"

    shape: Annotated[tuple[Dim, ...], Checked(_shape)]
    dtype: Literal[DTYPES] = "float32"  # type: ignore[valid-type]  # the tuple is a constant
    batch_size: PositiveInt | None = None
    sparse: bool = False
    ragged: bool = False
    optional: bool = False
    name: KerasName | None = None

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


class NodeKeys(StrictModel):
    """What a node may have beside the arguments of its layer."""

    noun: ClassVar[str] = "a node"

    type: str
    from_: From | None = Field(default=None, alias="from")
    call: dict[str, Any] = {}
    name: KerasName | None = None


class ChainKeys(StrictModel):
    """A chain: its items have models of their own."""

    noun: ClassVar[str] = "a chain"

    chain: Annotated[tuple[Any, ...], Field(strict=False, min_length=1)]
    from_: From | None = Field(default=None, alias="from")


class OutputKeys(StrictModel):
    """What an output may have beside the arguments of its head."""

    noun: ClassVar[str] = "an output"

    from_: OneTensor = Field(alias="from")
    type: str | None = None
    task: Literal["regression", "binary", "multilabel", "multiclass"] | None = None
    units: PositiveInt | None = None
    classes: PositiveInt | None = None
    labels: Literal["integer", "one_hot"] | None = None
    loss: Loss | None = None
    loss_weight: Annotated[float, Field(ge=0)] | None = None
    metrics: tuple[Metric, ...] | None = Field(default=None, strict=False)
    name: KerasName | None = None


class Training(StrictModel):
    """How the model is trained."""

    noun: ClassVar[str] = "`training`"

    optimizer: Optimizer = "rmsprop"
    epochs: PositiveInt = 1
    batch_size: PositiveInt = 32
