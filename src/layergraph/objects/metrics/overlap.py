"""Intersection over union, for segmentation."""

from typing import Annotated, Self

from pydantic import Field, model_validator

from layergraph.diagnostics import codes
from layergraph.objects.base import complaint
from layergraph.objects.metrics.arguments import MetricArguments
from layergraph.objects.values import Axis, NonNegativeInt, PositiveInt

ClassIds = Annotated[tuple[NonNegativeInt, ...], Field(strict=False, min_length=1)]


def _require_below(class_ids: tuple[int, ...], num_classes: int) -> None:
    for position, class_id in enumerate(class_ids):
        if class_id >= num_classes:
            raise complaint(
                codes.CONFLICTING_ARGUMENTS,
                f"must be less than the number of classes, {num_classes}, not {class_id}",
                at=("target_class_ids", position),
            )


class BinaryIoU(MetricArguments):
    """The mean over `target_class_ids` (0 and 1) where scores from `threshold` on are a 1."""

    target_class_ids: ClassIds = (0, 1)
    threshold: float = 0.5

    @model_validator(mode="after")
    def _classes_exist(self) -> Self:
        _require_below(self.target_class_ids, 2)
        return self


class OneHotMeanIoU(MetricArguments):
    """The mean over all classes, of one-hot labels."""

    num_classes: PositiveInt
    ignore_class: int | None = None
    sparse_y_pred: bool = False
    axis: Axis = -1


class MeanIoU(MetricArguments):
    """The mean over all classes; `sparse_y_true` and `sparse_y_pred` tell class numbers."""

    num_classes: PositiveInt
    ignore_class: int | None = None
    sparse_y_true: bool = True
    sparse_y_pred: bool = True
    axis: Axis = -1


class OneHotIoU(OneHotMeanIoU):
    """The mean over `target_class_ids`, of one-hot labels."""

    target_class_ids: ClassIds

    @model_validator(mode="after")
    def _classes_exist(self) -> Self:
        _require_below(self.target_class_ids, self.num_classes)
        return self


class IoU(MeanIoU):
    """The mean over `target_class_ids`."""

    target_class_ids: ClassIds

    @model_validator(mode="after")
    def _classes_exist(self) -> Self:
        _require_below(self.target_class_ids, self.num_classes)
        return self
