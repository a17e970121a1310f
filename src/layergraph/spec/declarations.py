"""Params and custom layers: what a file or a block declares."""

from __future__ import annotations

from typing import Any

from layergraph.diagnostics import Diagnostics, codes
from layergraph.diagnostics.values import shown
from layergraph.spec.binding import bind
from layergraph.spec.entries import entries_of
from layergraph.spec.graph_spec import CustomSpec, ParamSpec
from layergraph.spec.models import CustomKeys, ParamKeys
from layergraph.spec.place import Place
from layergraph.syntax.tree import Mapping, Spoiled, Tree, plain

RESERVED = ("i", "item", "true", "false", "null", "True", "False", "None", "and", "or", "not")
"""Names that expressions have for something else."""

_WORDS = frozenset(("if", "else", "in", "is", "for", "lambda", "import", "from", "return"))


def read_params(holder: Place, diagnostics: Diagnostics) -> dict[str, ParamSpec | None]:
    """The params that a file or a block declares."""
    return {
        name: _param(name, place, diagnostics) if place else None
        for name, place in entries_of(holder, "params", diagnostics).items()
    }


def read_custom(file: Place, diagnostics: Diagnostics) -> dict[str, CustomSpec | None]:
    """The layers and objects of the user's own that a file declares."""
    found: dict[str, CustomSpec | None] = {}
    for name, place in entries_of(file, "custom", diagnostics).items():
        keys = None
        if place is not None:
            keys = bind(
                CustomKeys,
                place,
                diagnostics,
                owner=f"`{name}`",
                form='{import: "package.module:Name", output: same}',
            )
        found[name] = CustomSpec(name, keys, place) if keys and place else None
    return found


def _param(name: str, place: Place, diagnostics: Diagnostics) -> ParamSpec | None:
    if isinstance(place.tree, Spoiled):
        return None
    if not name.isidentifier() or name in RESERVED or name in _WORDS:
        diagnostics.report(
            codes.INVALID_NAME,
            f"`{name[:64]}` cannot be the name of a param",
            place.key_span,
            path=place.path,
            help="expressions use it: letters, digits and `_`, no digit first, "
            "and none of their own words",
        )
        return None
    keys: ParamKeys | None
    if isinstance(place.tree, Mapping):
        keys = bind(ParamKeys, place, diagnostics, owner=f"param `{name}`")
        values = [(key, place.at(key)) for key in ("default", "example") if place.has(key)]
    else:
        keys = ParamKeys(default=plain(place.tree))
        values = [("default", place)]
    if keys is None:
        return None
    for key, at in values:
        if _holds_expression(at.tree):
            diagnostics.report(
                codes.INVALID_EXPRESSION,
                f"the {key} of param `{name}` is an expression",
                at.span,
                path=at.path,
                help="write a value: expressions stand where params are used",
            )
            return None
    spec = ParamSpec(name, keys, place)
    for key, at in values:
        problem = misfit(spec, plain(at.tree))
        if problem is not None:
            code, predicate = problem
            diagnostics.report(
                code, f"the {key} of param `{name}` {predicate}", at.span, path=at.path
            )
            return None
    return spec


def _holds_expression(tree: Tree) -> bool:
    value = plain(tree)
    return isinstance(value, str) and "${" in value


def misfit(param: ParamSpec, value: Any) -> tuple[codes.Code, str] | None:
    """What is wrong with a value for a param, as a code and a predicate; None where it fits.

    The type is that of the default, or else of the example; null says nothing about it.
    """
    keys = param.keys
    if keys.choices is not None:
        if any(value == choice and type(value) is type(choice) for choice in keys.choices):
            return None
        listed = ", ".join(_written(choice) for choice in keys.choices)
        return codes.NOT_A_CHOICE, f"must be one of {listed}, not {shown(value)}"
    wanted = _kind(keys.default) or _kind(keys.example)
    if wanted is None and (keys.min is not None or keys.max is not None):
        wanted = "a number"
    if value is None and keys.default is None and not keys.is_required:
        return None
    given = _kind(value)
    if wanted not in (None, given) and (wanted, given) != ("a number", "a whole number"):
        return codes.WRONG_TYPE, f"must be {wanted}, not {shown(value)}"
    if keys.min is not None and value < keys.min:
        return codes.OUT_OF_RANGE, f"must be at least {keys.min}, not {value}"
    if keys.max is not None and value > keys.max:
        return codes.OUT_OF_RANGE, f"must be at most {keys.max}, not {value}"
    return None


def _kind(value: Any) -> str | None:
    if value is None:
        return None
    if isinstance(value, bool):
        return "true or false"
    if isinstance(value, int):
        return "a whole number"
    if isinstance(value, float):
        return "a number"
    if isinstance(value, str):
        return "a string"
    return "a list" if isinstance(value, list | tuple) else "a mapping"


def _written(value: Any) -> str:
    return f"`{value}`" if isinstance(value, str) else shown(value)
