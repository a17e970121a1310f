"""Metrics of how far predictions are from numbers, and plain means and sums."""

from typing import Literal

from layergraph.objects.metrics.arguments import MetricArguments
from layergraph.objects.values import Axis, Name, NonNegativeInt


class Mean(MetricArguments):
    """The weighted mean of the values."""

    name: Name | None = "mean"


class Sum(MetricArguments):
    """The weighted sum of the values."""

    name: Name | None = "sum"


class MeanSquaredError(MetricArguments):
    """The mean of (y - ŷ)²."""

    name: Name | None = "mean_squared_error"


class RootMeanSquaredError(MetricArguments):
    """The square root of the mean of (y - ŷ)²."""

    name: Name | None = "root_mean_squared_error"


class MeanAbsoluteError(MetricArguments):
    """The mean of abs(y - ŷ)."""

    name: Name | None = "mean_absolute_error"


class MeanAbsolutePercentageError(MetricArguments):
    """100 times the mean of abs((y - ŷ) / y)."""

    name: Name | None = "mean_absolute_percentage_error"


class MeanSquaredLogarithmicError(MetricArguments):
    """The mean of (log(y + 1) - log(ŷ + 1))²."""

    name: Name | None = "mean_squared_logarithmic_error"


class LogCoshError(MetricArguments):
    """The mean of log(cosh(ŷ - y))."""

    name: Name | None = "logcosh"


class CosineSimilarity(MetricArguments):
    """The cosine of the angle between y and ŷ."""

    axis: Axis = -1
    name: Name | None = "cosine_similarity"


class R2Score(MetricArguments):
    """The share of the variance that is explained; `num_regressors` adjusts it."""

    class_aggregation: Literal["uniform_average", "variance_weighted_average"] | None = (
        "uniform_average"
    )
    num_regressors: NonNegativeInt = 0
    name: Name | None = "r2_score"


class PearsonCorrelation(MetricArguments):
    """Pearson's coefficient of correlation."""

    axis: Axis = -1
    name: Name | None = "pearson_correlation"


class ConcordanceCorrelation(MetricArguments):
    """Lin's coefficient: correlation that also asks for the same mean and spread."""

    axis: Axis = -1
    name: Name | None = "concordance_correlation"
