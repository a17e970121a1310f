"""Reductions that pass over what is no number: `keras.ops` from `keras/src/ops/numpy.py`."""

from layergraph.ops.reductions import SUMMED, Place, Reduction, Statistic
from layergraph.ops.running import Cumulative


class Nansum(Reduction):
    """Sum along `axis` of what is a number: (…, n, …) → (…, …).

    Small whole numbers are summed in 32 bits.
    """

    def _computed_dtype(self, dtype: str) -> str:
        return SUMMED.get(dtype, dtype)


class Nanprod(Reduction):
    """Product along `axis` of what is a number: (…, n, …) → (…, …).

    Small whole numbers are multiplied in 32 bits.
    """

    def _computed_dtype(self, dtype: str) -> str:
        return "uint32" if dtype == "uint64" else SUMMED.get(dtype, dtype)


class Nanmean(Statistic):
    """Mean along `axis` of what is a number: (…, n, …) → (…, …)."""


class Nanvar(Statistic):
    """Variance along `axis` of the n that are numbers, of n and not n - 1: (…, n, …) → (…, …)."""


class Nanstd(Statistic):
    """Standard deviation along `axis` of what is a number, of n: (…, n, …) → (…, …)."""


class Nanmax(Reduction):
    """Largest number along `axis`: (…, n, …) → (…, …)."""


class Nanmin(Reduction):
    """Smallest number along `axis`: (…, n, …) → (…, …)."""


class Nanargmax(Place):
    """Where the largest number is along `axis`, -1 where none is: (…, n, …) → (…, …)."""


class Nanargmin(Place):
    """Where the smallest number is along `axis`, -1 where none is: (…, n, …) → (…, …)."""


class Nancumsum(Cumulative):
    """Sum of all numbers up to each place along `axis`: any shape → the same shape, or (n,)."""


class Nancumprod(Cumulative):
    """Product of all numbers up to each place along `axis`: any shape → the same shape, or (n,)."""
