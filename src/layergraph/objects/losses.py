"""Losses, as in `keras.losses`."""

from typing import Annotated, Literal

from pydantic import Field

from layergraph.objects.base import KerasObject
from layergraph.objects.values import (
    Axes,
    Axis,
    ClassWeights,
    FloatDType,
    Name,
    NonNegative,
    Positive,
    Rate,
)

Reduction = Literal["sum_over_batch_size", "sum", "mean", "mean_with_sample_weight", "none"]


class LossArguments(KerasObject):
    """What every loss takes: how the samples' losses become one number, a name, a dtype."""

    reduction: Reduction | None = "sum_over_batch_size"
    name: Name | None = None
    dtype: FloatDType | None = None


class MeanSquaredError(LossArguments):
    """The mean of (y - ŷ)²."""

    name: Name | None = "mean_squared_error"


class MeanAbsoluteError(LossArguments):
    """The mean of abs(y - ŷ)."""

    name: Name | None = "mean_absolute_error"


class MeanAbsolutePercentageError(LossArguments):
    """100 times the mean of abs((y - ŷ) / y)."""

    name: Name | None = "mean_absolute_percentage_error"


class MeanSquaredLogarithmicError(LossArguments):
    """The mean of (log(y + 1) - log(ŷ + 1))²."""

    name: Name | None = "mean_squared_logarithmic_error"


class LogCosh(LossArguments):
    """The mean of log(cosh(ŷ - y)): squared near 0, straight further out."""

    name: Name | None = "log_cosh"


class Huber(LossArguments):
    """Squared error up to `delta`, straight beyond it."""

    delta: Positive = 1.0
    name: Name | None = "huber_loss"


class CosineSimilarity(LossArguments):
    """Minus the cosine of the angle between y and ŷ: -1 where they point the same way."""

    axis: Axis = -1
    name: Name | None = "cosine_similarity"


class Poisson(LossArguments):
    """The mean of ŷ - y log(ŷ), for counts."""

    name: Name | None = "poisson"


class KLDivergence(LossArguments):
    """The Kullback-Leibler divergence, the sum of y log(y / ŷ)."""

    name: Name | None = "kl_divergence"


class Hinge(LossArguments):
    """The mean of max(1 - y ŷ, 0), for y of -1 and 1."""

    name: Name | None = "hinge"


class SquaredHinge(LossArguments):
    """The mean of max(1 - y ŷ, 0)², for y of -1 and 1."""

    name: Name | None = "squared_hinge"


class CategoricalHinge(LossArguments):
    """How far the right class' score is ahead of the best wrong one, up to 1."""

    name: Name | None = "categorical_hinge"


class BinaryCrossentropy(LossArguments):
    """Cross-entropy of yes-or-no labels."""

    from_logits: bool = False
    label_smoothing: Rate = 0.0
    axis: Axis = -1
    name: Name | None = "binary_crossentropy"


class BinaryFocalCrossentropy(LossArguments):
    """Binary cross-entropy that counts easy samples less (Lin et al., 2018)."""

    apply_class_balancing: bool = False
    alpha: Rate = 0.25
    gamma: NonNegative = 2.0
    from_logits: bool = False
    label_smoothing: Rate = 0.0
    axis: Axis = -1
    name: Name | None = "binary_focal_crossentropy"


class CategoricalCrossentropy(LossArguments):
    """Cross-entropy of one-hot labels."""

    from_logits: bool = False
    label_smoothing: Rate = 0.0
    axis: Axis = -1
    name: Name | None = "categorical_crossentropy"


class CategoricalFocalCrossentropy(LossArguments):
    """Categorical cross-entropy that counts easy samples less; `alpha` may be one per class."""

    alpha: ClassWeights = 0.25
    gamma: NonNegative = 2.0
    from_logits: bool = False
    label_smoothing: Rate = 0.0
    axis: Axis = -1
    name: Name | None = "categorical_focal_crossentropy"


class SparseCategoricalCrossentropy(LossArguments):
    """Cross-entropy of class numbers; samples of `ignore_class` count for nothing."""

    from_logits: bool = False
    ignore_class: int | None = None
    axis: Axis = -1
    name: Name | None = "sparse_categorical_crossentropy"


class CategoricalGeneralizedCrossEntropy(LossArguments):
    """For noisy labels: from cross-entropy (`q` near 0) to absolute error (near 1)."""

    q: Annotated[float, Field(gt=0, lt=1)] = 0.5
    name: Name | None = "categorical_generalized_cross_entropy"


class CTC(LossArguments):
    """Connectionist temporal classification, for sequences that are not aligned."""

    name: Name | None = "ctc"


class Circle(LossArguments):
    """Circle loss on embeddings (Sun et al., 2020): pairs of a class near, others `margin` off."""

    gamma: Positive = 80.0
    margin: float = 0.4
    remove_diagonal: bool = True
    name: Name | None = "circle"


class Dice(LossArguments):
    """1 minus the Dice coefficient, the overlap of two masks."""

    axis: Axes | None = None
    name: Name | None = "dice"


class Tversky(LossArguments):
    """Dice with false positives weighed by `alpha` and false negatives by `beta`."""

    alpha: NonNegative = 0.5
    beta: NonNegative = 0.5
    axis: Axes | None = None
    name: Name | None = "tversky"
