"""What the operators of expressions do, each within limits.

As in Python, but stricter: `true` and `false` are no numbers, a result is never too large, never
infinite and never NaN, and what would be too large is refused before it is computed.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from typing import Any, Final, TypeAlias

from layergraph.diagnostics.nearest import did_you_mean
from layergraph.diagnostics.values import cut, shown
from layergraph.expand.expression_values import (
    UNKNOWN,
    ExpressionError,
    Scope,
    bounded,
    is_number,
    not_finite,
    too_large,
)

CHARACTERS_AN_ITEM = 100
"""To search so many characters of a string is as much work as to look at one item of a list."""

Operation: TypeAlias = Callable[[Any, Any, Scope], Any]


def _misfits(symbol: str, takes: str, *values: Any) -> ExpressionError:
    """The report of operands that an operator does not take."""
    if any(isinstance(value, bool) for value in values):
        help = "true and false are no numbers; `int(…)` makes 1 and 0 of them"
    else:
        help = f"it takes {takes}"
    return ExpressionError(f"`{symbol}` cannot take {' and '.join(map(shown, values))}", help)


def _add(left: Any, right: Any, scope: Scope) -> Any:
    if is_number(left) and is_number(right):
        return _computed(operator.add, left, right)
    if isinstance(left, str) and isinstance(right, str):
        scope.check_text(len(left) + len(right))
        return left + right
    if isinstance(left, list) and isinstance(right, list):
        scope.check_list(len(left) + len(right))
        scope.look_through(left)
        scope.look_through(right)
        return left + right
    raise _misfits("+", "two numbers, two strings or two lists", left, right)


def _arithmetic(symbol: str, compute: Callable[[Any, Any], Any]) -> Operation:
    def operate(left: Any, right: Any, scope: Scope) -> Any:  # noqa: ARG001
        if is_number(left) and is_number(right):
            return _computed(compute, left, right)
        raise _misfits(symbol, "two numbers", left, right)

    return operate


def _computed(compute: Callable[[Any, Any], Any], left: Any, right: Any) -> Any:
    try:
        return bounded(compute(left, right))
    except ZeroDivisionError:
        raise ExpressionError(f"the expression divides {shown(left)} by zero") from None
    except OverflowError:
        raise not_finite() from None


def _multiply(left: Any, right: Any) -> Any:
    if type(left) is type(right) is int and left.bit_length() + right.bit_length() > 65:
        raise too_large()
    return left * right


def _power(left: Any, right: Any) -> Any:
    if type(left) is type(right) is int and right * (left.bit_length() - 1) > 63:
        raise too_large()
    if (left == 0 and right < 0) or (left < 0 and right != int(right)):
        raise ExpressionError(f"`**` has no result for {shown(left)} and {shown(right)}")
    return left**right


def _signed(symbol: str, compute: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def operate(value: Any) -> Any:
        if is_number(value):
            return bounded(compute(value))
        raise _misfits(symbol, "a number", value)

    return operate


def _order(symbol: str, compare: Callable[[Any, Any], bool]) -> Operation:
    def operate(left: Any, right: Any, scope: Scope) -> bool:  # noqa: ARG001
        if is_number(left) and is_number(right):
            return compare(left, right)
        if isinstance(left, str) and isinstance(right, str):
            return compare(left, right)
        raise _misfits(symbol, "two numbers or two strings", left, right)

    return operate


def _equal(left: Any, right: Any, scope: Scope) -> Any:
    if scope.look_through(left) or scope.look_through(right):
        return UNKNOWN
    return left == right


def _contains(item: Any, holder: Any, scope: Scope) -> Any:
    if isinstance(holder, list):
        if scope.look_through(item) or scope.look_through(holder):
            return UNKNOWN
        return item in holder
    if isinstance(holder, str) and isinstance(item, str):
        scope.spend(len(holder) // CHARACTERS_AN_ITEM)
        return item in holder
    if isinstance(holder, dict) and isinstance(item, str):
        return item in holder
    raise ExpressionError(
        f"`in` cannot take {shown(item)} and {shown(holder)}",
        "it takes an item and a list, two strings, or a key and a mapping",
    )


def _opposite(operation: Operation) -> Operation:
    def operate(left: Any, right: Any, scope: Scope) -> Any:
        result = operation(left, right, scope)
        return UNKNOWN if result is UNKNOWN else not result

    return operate


def item_at(holder: Any, index: Any, scope: Scope) -> Any:  # noqa: ARG001
    """The item of a list or string at a place, or the value of a mapping at a key."""
    if isinstance(holder, list | str) and type(index) is int:
        if -len(holder) <= index < len(holder):
            return holder[index]
        size = f"{len(holder)} {'item' if isinstance(holder, list) else 'character'}"
        plural = "" if len(holder) == 1 else "s"
        kind = "list" if isinstance(holder, list) else "string"
        raise ExpressionError(f"`[{cut(str(index))}]` is beyond a {kind} of {size}{plural}")
    if isinstance(holder, dict) and isinstance(index, str):
        if index in holder:
            return holder[index]
        help = did_you_mean(index, (key for key in holder if isinstance(key, str)))
        raise ExpressionError(f"the mapping has no key `{cut(index)}`", help)
    raise ExpressionError(
        f"`[…]` cannot take {shown(index)} from {shown(holder)}",
        "it takes a whole number for a list or string, and a string for a mapping",
    )


def slice_of(holder: Any, bounds: list[Any], scope: Scope) -> Any:
    """A part of a list or string."""
    if not isinstance(holder, list | str):
        raise ExpressionError(f"`[…:…]` cannot take a part of {shown(holder)}")
    for bound in bounds:
        if bound is not None and type(bound) is not int:
            raise ExpressionError(f"`[…:…]` takes whole numbers, and {shown(bound)} is none")
    if bounds[2] == 0:
        raise ExpressionError("the step of `[…:…:…]` is 0")
    length = len(range(*slice(*bounds).indices(len(holder))))
    if isinstance(holder, str):
        scope.check_text(length)
    else:
        scope.spend(length)
    return holder[slice(*bounds)]


UNARY: Final[Mapping[str, Callable[[Any], Any]]] = {
    "UAdd": _signed("+", operator.pos),
    "USub": _signed("-", operator.neg),
    "Not": operator.not_,
}

BINARY: Final[Mapping[str, Operation]] = {
    "Add": _add,
    "Sub": _arithmetic("-", operator.sub),
    "Mult": _arithmetic("*", _multiply),
    "Div": _arithmetic("/", operator.truediv),
    "FloorDiv": _arithmetic("//", operator.floordiv),
    "Mod": _arithmetic("%", operator.mod),
    "Pow": _arithmetic("**", _power),
}

COMPARISONS: Final[Mapping[str, Operation]] = {
    "Eq": _equal,
    "NotEq": _opposite(_equal),
    "Lt": _order("<", operator.lt),
    "LtE": _order("<=", operator.le),
    "Gt": _order(">", operator.gt),
    "GtE": _order(">=", operator.ge),
    "In": _contains,
    "NotIn": _opposite(_contains),
}
