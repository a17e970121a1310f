"""Expressions of a graph file → the same ones in Python, under the names that things have there."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from typing import Any, Final

from layergraph.expand.expression_text import find_end
from layergraph.expand.expressions import evaluate
from layergraph.objects.base import KerasObject
from layergraph.ops.constants import Array
from layergraph.spec.place import Place
from layergraph.syntax.tree import Tree, plain
from layergraph.targets.python_source.layout import (
    Expression,
    Operation,
    Parentheses,
    Text,
    call,
)
from layergraph.targets.python_source.literals import literal, text_literal
from layergraph.targets.python_source.written import Written

Module = Callable[[str, str], Text]
"""Something of a module, which is imported for it: `math`, "sqrt"."""

_SIGNS: Final[Mapping[type[ast.AST], tuple[str, int]]] = {
    ast.Add: ("+", 6),
    ast.Sub: ("-", 6),
    ast.Mult: ("*", 7),
    ast.Div: ("/", 7),
    ast.FloorDiv: ("//", 7),
    ast.Mod: ("%", 7),
    ast.Pow: ("**", 9),
    ast.Eq: ("==", 5),
    ast.NotEq: ("!=", 5),
    ast.Lt: ("<", 5),
    ast.LtE: ("<=", 5),
    ast.Gt: (">", 5),
    ast.GtE: (">=", 5),
    ast.In: ("in", 5),
    ast.NotIn: ("not in", 5),
}
_TERNARY, _OR, _AND, _NOT, _COMPARISON, _UNARY, _ATOM = 1, 2, 3, 4, 5, 8, 10
_IDENTITY: Final = {"==": "is", "!=": "is not"}
_CONSTANTS: Final = {"true": "True", "false": "False", "null": "None"}
_OF_CONFIGS: Final = ("initializers", "regularizers", "constraints")
_OF_MATH: Final = ("sqrt", "ceil", "floor")


class Unsayable(Exception):
    """What a file says and no structured Python is written for; the message says what."""


def parts_of(text: str) -> list[str | ast.expr]:
    """A text as what stands in it and the expressions among it."""
    parts: list[str | ast.expr] = []
    at = 0
    while (found := text.find("${", at)) >= 0:
        if found > at and text[found - 1] == "$":
            parts += [text[at : found - 1], "${"]
            at = found + 2
            continue
        if found > at:
            parts.append(text[at:found])
        expression = find_end(text, found + 2)
        parts.append(ast.parse(f"({expression.source}\n)", mode="eval").body)
        at = expression.end
    return [*parts, text[at:]] if at < len(text) else parts


def _is_made_of_config(value: KerasObject) -> bool:
    """Whether Keras makes an object of its config wherever it takes one."""
    return type(value).__module__.split(".")[2] in _OF_CONFIGS and not any(
        isinstance(argument, KerasObject) for argument in value.arguments_set().values()
    )


class Translation:
    """Writes expressions.

    Args:
        names: the variables by the names that expressions have for them.
        values: what those stand for where the text was first met.
        module: what imports something for them.
    """

    def __init__(self, names: Mapping[str, str], values: Mapping[str, Any], module: Module) -> None:
        self.names = names
        self.values = values
        self._module = module
        self._quote = '"'

    def also(self, names: Mapping[str, str], values: Mapping[str, Any]) -> Translation:
        """With more names."""
        return Translation({**self.names, **names}, {**self.values, **values}, self._module)

    def value(self, text: str) -> Any:
        """What a text stands for where it was first met."""
        return evaluate(text, self.values)

    def written(self, tree: Tree) -> Written:
        """A tree whose expressions this writes."""
        return Written(tree, self._for_value)

    def _for_value(self, text: str, value: Any) -> Expression:
        """The expression for a text that has become a value of a layer."""
        found, given = self.expression(text), self.value(text)
        if isinstance(value, int) and isinstance(given, list):  # labels, for their number
            return call("len", found)
        if isinstance(value, tuple) and not isinstance(value, Array):
            return call("tuple", found)
        if isinstance(value, Array):
            return call(self._module("np", "array"), found, literal(value.dtype))
        if isinstance(value, KerasObject) and not _is_made_of_config(value):
            raise Unsayable("an expression that gives an object")
        return found

    def condition(self, when: Place) -> Expression:
        """The expression for a `when`."""
        value = plain(when.tree)
        return self.expression(value) if isinstance(value, str) else literal(value)

    def expression(self, text: str) -> Expression:
        """The expression for a text."""
        parts = parts_of(text)
        if len(parts) == 1 and not isinstance(parts[0], str):
            return self._laid_out(parts[0])
        pieces = self.pieces(text)
        return f_string(pieces)

    def pieces(self, text: str) -> list[str | Text]:
        """A text as its parts: what stands in it, and the variables among it."""
        found: list[str | Text] = []
        for part in parts_of(text):
            if isinstance(part, str):
                found.append(part)
                continue
            value = self.value("${" + ast.unparse(part) + "}")
            if value is None or isinstance(value, bool):
                raise Unsayable(f"the text `{text}`, with a truth value in it")
            self._quote = "'"
            shown = self._written(part, 0)
            self._quote = '"'
            found.append(Text(shown))
            if '"' in shown or "\\" in shown:
                raise Unsayable(f"the text `{text}`")
        return found

    def _laid_out(self, node: ast.expr) -> Expression:
        """The expression, with the places at which a long one is broken."""
        if isinstance(node, ast.IfExp):
            parts = (
                ("", self._written(node.body, _OR)),
                ("if", self._written(node.test, _OR)),
                ("else", self._written(node.orelse, _TERNARY)),
            )
            return Operation(tuple((sign, Text(part)) for sign, part in parts))
        if isinstance(node, ast.BoolOp):
            sign, level = ("or", _OR) if isinstance(node.op, ast.Or) else ("and", _AND)
            texts = [Text(self._written(value, level + 1)) for value in node.values]
            return Operation((("", texts[0]), *((sign, text) for text in texts[1:])))
        if isinstance(node, ast.BinOp) and not isinstance(node.op, ast.Pow):
            return self._operand(node, 0)
        return Text(self._written(node, 0))

    def _operands(self, node: ast.expr, own: int) -> list[tuple[str, Expression]]:
        """The operands of operators that bind equally, in order."""
        if isinstance(node, ast.BinOp) and _SIGNS[type(node.op)][1] == own:
            sign = _SIGNS[type(node.op)][0]
            return [*self._operands(node.left, own), (sign, self._operand(node.right, own + 1))]
        return [("", self._operand(node, own))]

    def _operand(self, node: ast.expr, level: int) -> Expression:
        if not isinstance(node, ast.BinOp) or isinstance(node.op, ast.Pow):
            return Text(self._written(node, level))
        own = _SIGNS[type(node.op)][1]
        inner = Operation(tuple(self._operands(node, own)))
        return inner if own >= level else Parentheses(inner)

    def _written(self, node: ast.expr, level: int) -> str:
        text, own = self._of(node)
        return f"({text})" if own < level else text

    def _of(self, node: ast.expr) -> tuple[str, int]:
        """The text of an expression, and how tightly it binds."""
        if isinstance(node, ast.Constant):
            if isinstance(node.value, str) and self._quote == "'":
                return f"'{node.value}'", _ATOM
            return literal(node.value).flat, _ATOM
        if isinstance(node, ast.Name):
            return self._name(node.id), _ATOM
        if isinstance(node, ast.List):
            return f"[{', '.join(self._written(item, 0) for item in node.elts)}]", _ATOM
        if isinstance(node, ast.UnaryOp):
            if isinstance(node.op, ast.Not):
                return f"not {self._written(node.operand, _NOT)}", _NOT
            sign = "-" if isinstance(node.op, ast.USub) else "+"
            return f"{sign}{self._written(node.operand, _UNARY)}", _UNARY
        if isinstance(node, ast.BinOp):
            sign, own = _SIGNS[type(node.op)]
            if isinstance(node.op, ast.Pow):
                sides = self._written(node.left, _ATOM), self._written(node.right, _UNARY)
                hugs = _is_simple(node.left) and _is_simple(node.right)
                return ("**" if hugs else " ** ").join(sides), own
            left, right = self._written(node.left, own), self._written(node.right, own + 1)
            return f"{left} {sign} {right}", own
        if isinstance(node, ast.BoolOp):
            sign, own = ("or", _OR) if isinstance(node.op, ast.Or) else ("and", _AND)
            return f" {sign} ".join(self._written(v, own + 1) for v in node.values), own
        if isinstance(node, ast.Compare):
            return self._compared(node), _COMPARISON
        if isinstance(node, ast.IfExp):
            body, test = self._written(node.body, _OR), self._written(node.test, _OR)
            return f"{body} if {test} else {self._written(node.orelse, _TERNARY)}", _TERNARY
        if isinstance(node, ast.Subscript):
            return f"{self._written(node.value, _ATOM)}[{self._index(node.slice)}]", _ATOM
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            arguments = ", ".join(self._written(argument, 0) for argument in node.args)
            return self._called(node.func.id, arguments), _ATOM
        raise Unsayable("an expression")

    def _compared(self, node: ast.Compare) -> str:
        """Comparisons, as linters of Python want them: of what may be None by `is`."""
        text, left = self._written(node.left, _COMPARISON + 1), node.left
        for op, right in zip(node.ops, node.comparators, strict=True):
            sign = _SIGNS[type(op)][0]
            sides = [_constant(side) for side in (left, right)]
            if sign in _IDENTITY and "None" in sides:
                sign = _IDENTITY[sign]
            elif sign in _IDENTITY and not {"True", "False"}.isdisjoint(sides):
                raise Unsayable("a comparison with true or false")
            text += f" {sign} {self._written(right, _COMPARISON + 1)}"
            left = right
        return text

    def _name(self, name: str) -> str:
        if name in _CONSTANTS:
            return _CONSTANTS[name]
        if name not in self.names:
            raise Unsayable(f"`{name}` in an expression")
        return self.names[name]

    def _called(self, function: str, arguments: str) -> str:
        if function in _OF_MATH:
            return f"{self._module('math', function).flat}({arguments})"
        return f"list(range({arguments}))" if function == "range" else f"{function}({arguments})"

    def index(self, text: str) -> Text | None:
        """The brackets of an index in Python's own notation; None where one number stands there."""
        parts = parts_of(text)
        joined = "".join(part if isinstance(part, str) else ast.unparse(part) for part in parts)
        node = ast.parse(f"tensor{joined}", mode="eval").body
        assert isinstance(node, ast.Subscript)
        if not isinstance(node.slice, ast.Tuple) or len(node.slice.elts) < 2:
            return None
        return Text(f"[{', '.join(self._index(item) for item in node.slice.elts)}]")

    def _index(self, node: ast.expr) -> str:
        if isinstance(node, ast.Constant) and node.value in (None, ...):
            return "..." if node.value is ... else "None"
        if not isinstance(node, ast.Slice):
            return self._written(node, 0)
        bounds = [node.lower, node.upper] + ([node.step] if node.step else [])
        are_simple = all(bound is None or _is_simple(bound) for bound in bounds)
        texts = ["" if bound is None else self._written(bound, 0) for bound in bounds]
        if are_simple:
            return ":".join(texts)
        return " : ".join(texts).strip()


def _constant(node: ast.expr) -> str | None:
    """What Python calls a constant of the language, if it is None, True or False."""
    if isinstance(node, ast.Name):
        return _CONSTANTS.get(node.id)
    is_one = isinstance(node, ast.Constant) and (node.value is None or type(node.value) is bool)
    return repr(node.value) if is_one and isinstance(node, ast.Constant) else None


def _is_simple(node: ast.expr) -> bool:
    """Whether ruff writes an operator beside it without spaces."""
    if isinstance(node, ast.UnaryOp) and not isinstance(node.op, ast.Not):
        return _is_simple(node.operand)
    return isinstance(node, ast.Name) or (
        isinstance(node, ast.Constant) and not isinstance(node.value, str)
    )


def f_string(pieces: list[str | Text]) -> Text:
    """The text that pieces make: a literal, where there is no variable among them."""
    joined: list[str | Text] = []
    for piece in pieces:
        if isinstance(piece, str) and joined and isinstance(joined[-1], str):
            joined[-1] += piece
        else:
            joined.append(piece)
    if all(isinstance(piece, str) for piece in joined):
        return Text(text_literal("".join(str(piece) for piece in joined)))
    if len(joined) == 1 and isinstance(joined[0], Text) and joined[0].text == "name":
        return joined[0]
    texts = [
        text_literal(piece.replace("{", "{{").replace("}", "}}"))[1:-1]
        if isinstance(piece, str)
        else f"{{{piece.text}}}"
        for piece in joined
    ]
    if any('"' in piece for piece in joined if isinstance(piece, str)):
        raise Unsayable("a name with a quotation mark")
    return Text('f"' + "".join(texts) + '"')
