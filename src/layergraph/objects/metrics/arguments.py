"""What every metric takes."""

from layergraph.objects.base import KerasObject
from layergraph.objects.values import FloatDType, Name


class MetricArguments(KerasObject):
    """The name that a metric is reported under, and the dtype of its sums."""

    name: Name | None = None
    dtype: FloatDType | None = None
