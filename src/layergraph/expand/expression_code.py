"""Expressions as Python closures: made once for each text, called for each evaluation.

The tree that `ast` reads is walked, and every kind of node without a method here is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from layergraph.expand.expression_functions import function_for
from layergraph.expand.expression_operators import (
    BINARY,
    COMPARISONS,
    UNARY,
    item_at,
    slice_of,
)
from layergraph.expand.expression_text import (
    DEEPEST,
    ExpressionText,
    invalid,
    refused,
    too_deep,
    unreadable,
)
from layergraph.expand.expression_values import (
    UNKNOWN,
    ExpressionError,
    Scope,
    bounded,
    is_number,
)

if TYPE_CHECKING:
    import ast

Code: TypeAlias = Callable[[Scope], Any]

MOST_STEPS = 1_000
CONSTANTS: Final = {"true": True, "false": False, "null": None}


class Compiler:
    """Makes the closures of a text's expressions."""

    def __init__(self) -> None:
        self.names: dict[str, None] = {}
        """The names that the expressions use, in the order of the text."""
        self._steps = 0

    def compile(self, found: ExpressionText) -> Code:
        """The closure of one expression."""
        return self._code(_parsed(found), 1)

    def _code(self, node: ast.AST, depth: int) -> Code:
        self._steps += 1
        if self._steps > MOST_STEPS:
            raise ExpressionError(
                f"the expressions of a text have at most {MOST_STEPS:,} operations and values"
            )
        if depth > DEEPEST:
            raise too_deep()
        compile_node = getattr(self, f"_{_kind(node).lower()}", None)
        if compile_node is None:
            raise refused(_kind(node))
        code: Code = compile_node(node, depth + 1)
        return code

    def _codes(self, nodes: Iterable[ast.AST], depth: int) -> list[Code]:
        return [self._code(node, depth) for node in nodes]

    def _constant(self, node: ast.Constant, depth: int) -> Code:  # noqa: ARG002
        value = node.value
        if isinstance(value, bytes | complex) or value is ...:
            raise invalid("a constant is a number, a string, true, false or null")
        if is_number(value):
            bounded(value)
        return lambda scope: value  # noqa: ARG005

    def _name(self, node: ast.Name, depth: int) -> Code:  # noqa: ARG002
        name = node.id
        if name in CONSTANTS:
            value = CONSTANTS[name]
            return lambda scope: value  # noqa: ARG005
        self.names[name] = None
        return lambda scope: scope.names[name]

    def _list(self, node: ast.List, depth: int) -> Code:
        items = self._codes(node.elts, depth)

        def run(scope: Scope) -> Any:
            values = [item(scope) for item in items]
            if _any_unknown(values):
                return UNKNOWN
            scope.look_through(values)
            return values

        return run

    def _unaryop(self, node: ast.UnaryOp, depth: int) -> Code:
        operate = _known(node.op, UNARY)
        operand = self._code(node.operand, depth)

        def run(scope: Scope) -> Any:
            value = operand(scope)
            return UNKNOWN if value is UNKNOWN else operate(value)

        return run

    def _binop(self, node: ast.BinOp, depth: int) -> Code:
        operate = _known(node.op, BINARY)
        left, right = self._codes((node.left, node.right), depth)

        def run(scope: Scope) -> Any:
            a, b = left(scope), right(scope)
            return UNKNOWN if a is UNKNOWN or b is UNKNOWN else operate(a, b, scope)

        return run

    def _boolop(self, node: ast.BoolOp, depth: int) -> Code:
        *others, last = self._codes(node.values, depth)
        deciding = _kind(node.op) == "Or"

        def run(scope: Scope) -> Any:
            for other in others:
                value = other(scope)
                if value is UNKNOWN or bool(value) is deciding:
                    return value
            return last(scope)

        return run

    def _compare(self, node: ast.Compare, depth: int) -> Code:
        first = self._code(node.left, depth)
        operations = [_known(op, COMPARISONS) for op in node.ops]
        rest = list(zip(operations, self._codes(node.comparators, depth), strict=True))

        def run(scope: Scope) -> Any:
            left = first(scope)
            for operate, operand in rest:
                right = operand(scope)
                if left is UNKNOWN or right is UNKNOWN:
                    return UNKNOWN
                result = operate(left, right, scope)
                if result is not True:
                    return result
                left = right
            return True

        return run

    def _ifexp(self, node: ast.IfExp, depth: int) -> Code:
        test, body, orelse = self._codes((node.test, node.body, node.orelse), depth)

        def run(scope: Scope) -> Any:
            value = test(scope)
            if value is UNKNOWN:
                return UNKNOWN
            return body(scope) if value else orelse(scope)

        return run

    def _subscript(self, node: ast.Subscript, depth: int) -> Code:
        operate = slice_of if _kind(node.slice) == "Slice" else item_at
        holder, index = self._codes((node.value, node.slice), depth)

        def run(scope: Scope) -> Any:
            a, b = holder(scope), index(scope)
            return UNKNOWN if a is UNKNOWN or b is UNKNOWN else operate(a, b, scope)

        return run

    def _slice(self, node: ast.Slice, depth: int) -> Code:
        bounds = [
            _null if bound is None else self._code(bound, depth)
            for bound in (node.lower, node.upper, node.step)
        ]

        def run(scope: Scope) -> Any:
            values = [bound(scope) for bound in bounds]
            return UNKNOWN if _any_unknown(values) else values

        return run

    def _call(self, node: ast.Call, depth: int) -> Code:
        if _kind(node.func) == "Attribute":
            raise refused("Attribute")
        name = getattr(node.func, "id", None)
        if name is None:
            raise invalid("only the name of a function may stand before `(…)`")
        call = function_for(name, len(node.args) + len(node.keywords)).call
        if node.keywords:
            raise invalid(f"`{name}` takes its arguments by place, not by name")
        arguments = self._codes(node.args, depth)

        def run(scope: Scope) -> Any:
            values = [argument(scope) for argument in arguments]
            return UNKNOWN if _any_unknown(values) else call(values, scope)

        return run


def _parsed(found: ExpressionText) -> ast.AST:
    import ast
    import warnings

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            # In brackets, an expression may go over several lines.
            return ast.parse(f"({found.source}\n)", mode="eval").body
    except (SyntaxError, ValueError):
        raise unreadable(found) from None
    except (RecursionError, MemoryError):
        raise too_deep() from None


def _known(operator: ast.AST, operations: Mapping[str, Any]) -> Any:
    if _kind(operator) not in operations:
        raise refused(_kind(operator))
    return operations[_kind(operator)]


def _kind(node: ast.AST) -> str:
    return type(node).__name__


def _any_unknown(values: list[Any]) -> bool:
    # By identity: `UNKNOWN in values` would compare.
    return any(value is UNKNOWN for value in values)


def _null(scope: Scope) -> None:  # noqa: ARG001
    return None
