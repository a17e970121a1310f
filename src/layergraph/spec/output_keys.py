"""The keys of an output."""

from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from layergraph.objects.arguments import Loss, Metric
from layergraph.objects.base import StrictModel
from layergraph.objects.values import PositiveInt
from layergraph.spec.data_keys import (
    Classes,
    ClassWeight,
    Column,
    Columns,
    Label,
    check_one_of_column_and_columns,
)
from layergraph.spec.names import KerasName
from layergraph.spec.references import OneTensor


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
        check_one_of_column_and_columns(self.column, self.columns)
        return self
