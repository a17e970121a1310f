"""Numbers of reports, as people read them."""

from __future__ import annotations

from math import floor, isfinite, log10

DIGITS = 4
"""The digits of a number that are shown, those before the point always among them."""


def number(value: float) -> str:
    """A loss or a metric: 0.1234, 12.35, 53,781; 2.5e-07 where it is tiny."""
    if not isfinite(value):
        return str(float(value))
    if value == 0:
        return "0"
    exponent = floor(log10(abs(value)))
    if exponent < -DIGITS or exponent > 2 * DIGITS:
        return f"{value:.{DIGITS - 1}g}"
    return f"{value:,.{max(0, DIGITS - 1 - exponent)}f}"


def plus_minus(mean: float, std: float) -> str:
    """A mean with its standard deviation: both to the second digit of the deviation."""
    if not (isfinite(mean) and isfinite(std)) or std == 0:
        return f"{number(mean)} ± {number(std)}"
    decimals = max(0, 1 - floor(log10(std)))
    if decimals > 2 * DIGITS:
        return f"{mean:.{DIGITS - 1}e} ± {std:.1e}"
    return f"{mean:,.{decimals}f} ± {std:,.{decimals}f}"
