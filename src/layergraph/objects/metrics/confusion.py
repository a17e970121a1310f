"""Metrics over the confusion matrix: positives and negatives, true and false."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from layergraph.diagnostics import codes
from layergraph.objects.base import complaint
from layergraph.objects.metrics.arguments import MetricArguments
from layergraph.objects.values import (
    LARGEST_SIZE,
    Name,
    NonNegative,
    NonNegativeInt,
    Positive,
    PositiveInt,
    Rate,
    Thresholds,
)


class Counted(MetricArguments):
    """What counts take: the score from which a prediction is positive, or several of them."""

    thresholds: Thresholds | None = None


class TruePositives(Counted):
    """The number of positives that were predicted to be."""


class TrueNegatives(Counted):
    """The number of negatives that were predicted to be."""


class FalsePositives(Counted):
    """The number of negatives that were predicted to be positive."""


class FalseNegatives(Counted):
    """The number of positives that were predicted to be negative."""


class Precision(Counted):
    """True positives among all that were predicted to be positive."""

    top_k: PositiveInt | None = None
    class_id: NonNegativeInt | None = None


class Recall(Counted):
    """True positives among all that are positive."""

    top_k: PositiveInt | None = None
    class_id: NonNegativeInt | None = None


class AtBest(MetricArguments):
    """What takes the best of evenly spaced thresholds that meets a demand."""

    num_thresholds: PositiveInt = 200
    class_id: NonNegativeInt | None = None


class PrecisionAtRecall(AtBest):
    """The best precision where recall is at least `recall`."""

    recall: Rate


class RecallAtPrecision(AtBest):
    """The best recall where precision is at least `precision`."""

    precision: Rate


class SensitivityAtSpecificity(AtBest):
    """The best sensitivity where specificity is at least `specificity`."""

    specificity: Rate


class SpecificityAtSensitivity(AtBest):
    """The best specificity where sensitivity is at least `sensitivity`."""

    sensitivity: Rate


class FBetaScore(MetricArguments):
    """The harmonic mean of precision and recall, recall weighed `beta` times.

    Without `threshold` the most likely class counts; without `average` each class has its own.
    """

    average: Literal["micro", "macro", "weighted"] | None = None
    beta: Positive = 1.0
    threshold: Annotated[float, Field(gt=0, le=1)] | None = None
    name: Name | None = "fbeta_score"


class F1Score(MetricArguments):
    """`FBetaScore` where precision and recall weigh the same."""

    average: Literal["micro", "macro", "weighted"] | None = None
    threshold: Annotated[float, Field(gt=0, le=1)] | None = None
    name: Name | None = "f1_score"


class AUC(MetricArguments):
    """The area under the ROC curve or the precision-recall curve, by a Riemann sum."""

    num_thresholds: Annotated[int, Field(ge=2, le=LARGEST_SIZE)] = 200
    curve: Literal["ROC", "PR", "PRGAIN", "roc", "pr", "prgain"] = "ROC"
    summation_method: Literal["interpolation", "minoring", "majoring"] = "interpolation"
    thresholds: Annotated[tuple[Rate, ...], Field(strict=False, min_length=1)] | None = None
    multi_label: bool = False
    num_labels: PositiveInt | None = None
    label_weights: Annotated[tuple[NonNegative, ...], Field(strict=False)] | None = None
    from_logits: bool = False

    @model_validator(mode="after")
    def _labels_fit(self) -> Self:
        for argument in ("num_labels", "label_weights"):
            if getattr(self, argument) is not None and not self.multi_label:
                raise complaint(
                    codes.CONFLICTING_ARGUMENTS,
                    "means nothing without `multi_label: true`",
                    at=(argument,),
                )
        if self.num_labels is not None and self.label_weights is not None:
            given = len(self.label_weights)
            if given != self.num_labels:
                raise complaint(
                    codes.CONFLICTING_ARGUMENTS,
                    f"must be {self.num_labels}, as `num_labels` says, not {given}",
                    at=("label_weights",),
                )
        return self
