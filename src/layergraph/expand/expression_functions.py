"""The functions that expressions may call."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple

from layergraph.diagnostics.nearest import did_you_mean
from layergraph.diagnostics.values import cut, shown
from layergraph.expand.expression_values import (
    UNKNOWN,
    ExpressionError,
    Scope,
    bounded,
    is_number,
)

MOST_DIGITS = 100


class Function(NamedTuple):
    """A function, and how many arguments it takes: one at least."""

    call: Callable[[list[Any], Scope], Any]
    most: int | None = 1


def function_for(name: str, arguments: int) -> Function:
    """The function of a name, if it takes so many arguments."""
    function = FUNCTIONS.get(name)
    if function is None:
        known = ", ".join(f"`{known}`" for known in FUNCTIONS)
        raise ExpressionError(
            f"`{cut(name)}` is no function that an expression may call",
            did_you_mean(name, FUNCTIONS) or f"the functions are {known}",
            invalid=True,
        )
    if arguments < 1 or (function.most is not None and arguments > function.most):
        takes = {1: "1 argument", None: "1 argument or more"}.get(
            function.most, f"1 to {function.most} arguments"
        )
        raise ExpressionError(f"`{name}` takes {takes}, and is given {arguments}", invalid=True)
    return function


def _no_such(name: str, takes: str, value: Any) -> ExpressionError:
    return ExpressionError(f"`{name}` takes {takes}, and {shown(value)} is none")


def _number(name: str, value: Any) -> Any:
    if not is_number(value):
        raise _no_such(name, "a number", value)
    return value


def _whole(name: str, value: Any) -> int:
    if type(value) is not int:
        raise _no_such(name, "whole numbers", value)
    return value


def _extreme(name: str, choose: Callable[[list[Any]], Any]) -> Function:
    def call(values: list[Any], scope: Scope) -> Any:
        if len(values) == 1:
            if not isinstance(values[0], list):
                raise _no_such(name, "several values or a list", values[0])
            values = values[0]
        if not values:
            raise ExpressionError(f"`{name}` has nothing to choose from in an empty list")
        scope.spend(len(values))
        if any(value is UNKNOWN for value in values):
            return UNKNOWN
        if all(map(is_number, values)) or all(isinstance(value, str) for value in values):
            return choose(values)
        others = [value for value in values if not is_number(value)]
        odd = next((value for value in others if not isinstance(value, str)), others[0])
        raise ExpressionError(
            f"`{name}` takes numbers alone or strings alone, and {shown(odd)} is among the values"
        )

    return Function(call, most=None)


def _of_number(name: str, compute: Callable[[Any], Any]) -> Function:
    def call(values: list[Any], scope: Scope) -> Any:  # noqa: ARG001
        value = _number(name, values[0])
        try:
            return bounded(compute(value))
        except (OverflowError, ValueError):
            raise ExpressionError(f"`{name}` has no result for {shown(value)}") from None

    return Function(call)


def _round(values: list[Any], scope: Scope) -> Any:
    digits = _whole("round", values[1]) if len(values) == 2 else None
    if digits is not None and abs(digits) > MOST_DIGITS:
        raise ExpressionError(f"`round` keeps at most {MOST_DIGITS} digits")
    return _of_number("round", lambda value: round(value, digits)).call(values, scope)


def _conversion(name: str, makes: str, convert: Callable[[Any], Any]) -> Function:
    def call(values: list[Any], scope: Scope) -> Any:  # noqa: ARG001
        value = values[0]
        if not isinstance(value, str | bool | int | float):
            raise _no_such(name, "a number or a string", value)
        try:
            return bounded(convert(value))
        except (OverflowError, ValueError):
            raise ExpressionError(f"`{name}` makes no {makes} of {shown(value)}") from None

    return Function(call)


def _length(values: list[Any], scope: Scope) -> int:  # noqa: ARG001
    if not isinstance(values[0], str | list | dict):
        raise _no_such("len", "a list, a string or a mapping", values[0])
    return len(values[0])


def _range(values: list[Any], scope: Scope) -> list[int]:
    bounds = [bounded(_whole("range", value)) for value in values]
    if len(bounds) == 3 and bounds[2] == 0:
        raise ExpressionError("the step of `range` is 0")
    numbers = range(*bounds)
    # Not `len`, which takes no range of 2**63 items.
    items = max(0, -((numbers.start - numbers.stop) // numbers.step))
    scope.check_list(items)
    scope.spend(items)
    return list(numbers)


FUNCTIONS: Final[Mapping[str, Function]] = {
    "min": _extreme("min", min),
    "max": _extreme("max", max),
    "abs": _of_number("abs", abs),
    "round": Function(_round, most=2),
    "ceil": _of_number("ceil", math.ceil),
    "floor": _of_number("floor", math.floor),
    "int": _conversion("int", "whole number", int),
    "float": _conversion("float", "number", float),
    "len": Function(_length),
    "range": Function(_range, most=3),
    "sqrt": _of_number("sqrt", math.sqrt),
}
