"""Params and custom layers: what a file or a block declares."""

from __future__ import annotations

from typing import Any, NamedTuple

from layergraph.diagnostics import Diagnostics, codes, did_you_mean, nearest
from layergraph.diagnostics.values import shown
from layergraph.layers.catalog import LAYERS
from layergraph.objects.catalogs import (
    ACTIVATIONS,
    CALLBACKS,
    CONSTRAINTS,
    INITIALIZERS,
    LOSSES,
    METRICS,
    OPTIMIZERS,
    REGULARIZERS,
)
from layergraph.objects.declared import article
from layergraph.spec.binding import bind, holds_spoiled
from layergraph.spec.entries import entries_of
from layergraph.spec.graph_spec import CustomSpec, ParamSpec
from layergraph.spec.names import NAME, check_distinct
from layergraph.spec.place import Place
from layergraph.spec.wording import is_number
from layergraph.syntax.tree import Mapping, Tree, plain

OF_KINDS = (
    *(ACTIVATIONS, INITIALIZERS, REGULARIZERS, CONSTRAINTS),
    *(LOSSES, METRICS, OPTIMIZERS, CALLBACKS),
)
"""What Keras has of the kinds that may be declared, besides layers."""

RESERVED = ("i", "item", "true", "false", "null", "True", "False", "None", "and", "or", "not")
"""Names that expressions have for something else."""

WORDS = frozenset(("if", "else", "in", "is", "for", "lambda", "import", "from", "return"))
"""Names that are words of expressions, or would be of Python."""


def read_params(holder: Place, diagnostics: Diagnostics) -> dict[str, ParamSpec | None]:
    """The params that a file or a block declares."""
    places = entries_of(holder, "params", diagnostics)
    named = [(name, place) for name, place in places.items() if place is not None]
    check_distinct(named, diagnostics, help="rename one of the params")
    return {name: _param(name, place, diagnostics) for name, place in named}


def read_custom(file: Place, diagnostics: Diagnostics) -> dict[str, CustomSpec | None]:
    """The layers and objects of the user's own that a file declares."""
    places = entries_of(file, "custom", diagnostics)
    named = [(name, place) for name, place in places.items() if place is not None]
    check_distinct(named, diagnostics, help="rename one: case alone tells no two apart")
    return {name: _custom(name, place, diagnostics) for name, place in named}


def _custom(name: str, place: Place, diagnostics: Diagnostics) -> CustomSpec | None:
    from layergraph.spec.custom_keys import CustomKeys

    keys = bind(
        CustomKeys,
        place,
        diagnostics,
        owner=f"`{name}`",
        form='{import: "package.module:Name", output: same}',
    )
    if keys is None:
        return None
    catalogs = [LAYERS, *(catalog for catalog in OF_KINDS if catalog.kind == keys.kind)]
    known = [catalog for catalog in catalogs if catalog.knows(name)]
    if not known:
        return CustomSpec(name, keys, place)
    diagnostics.report(
        codes.NAME_CLASH,
        f"`{name}` is {article(known[0].kind)} of Keras",
        place.key_span,
        path=place.path,
        help="declare yours under another name: what it imports may keep its own",
    )
    return None


def _param(name: str, place: Place, diagnostics: Diagnostics) -> ParamSpec | None:
    from layergraph.spec.param_keys import ParamKeys

    if holds_spoiled(plain(place.tree)) or NAME.fullmatch(name) is None:
        return None
    if not name.isidentifier() or name in RESERVED or name in WORDS:
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
        first = next(iter(place.tree.entries.values()), None)
        if first and not any(nearest(key, ParamKeys.key_names()) for key in place.tree.entries):
            diagnostics.report(
                codes.UNKNOWN_KEY,
                f"param `{name}` has `{first.key}`, which is no key of a param",
                first.key_span,
                path=place.path,
                help=f"for a mapping as its value, write `{name}: {{default: {{…}}}}`",
            )
            return None
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
            message = f"the {key} of param `{name}` {problem.predicate}"
            diagnostics.report(problem.code, message, at.span, path=at.path, help=problem.help)
            return None
    return spec


def _holds_expression(tree: Tree) -> bool:
    value = plain(tree)
    return isinstance(value, str) and "${" in value


class Misfit(NamedTuple):
    """What is wrong with a value for a param."""

    code: codes.Code
    predicate: str
    help: str | None = None


def misfit(param: ParamSpec, value: Any) -> Misfit | None:
    """What is wrong with a value for a param; None where it fits.

    The type is that of the default, or else of the example; null says nothing about it. What has
    a least or a greatest value is a number.
    """
    keys = param.keys
    if keys.choices is not None:
        if any(value == choice and type(value) is type(choice) for choice in keys.choices):
            return None
        listed = ", ".join(_written(choice) for choice in keys.choices)
        words = [choice for choice in keys.choices if isinstance(choice, str)]
        offered = did_you_mean(value, words) if isinstance(value, str) else None
        return Misfit(codes.NOT_A_CHOICE, f"must be one of {listed}, not {shown(value)}", offered)
    wanted = _kind(keys.default) or _kind(keys.example)
    if (keys.min is not None or keys.max is not None) and wanted != "a whole number":
        wanted = "a number"
    if value is None and keys.default is None and not keys.is_required:
        return None
    given = _kind(value)
    if wanted not in (None, given) and (wanted, given) != ("a number", "a whole number"):
        help = None
        if isinstance(value, str) and wanted is not None and "number" in wanted:
            help = f"write it without quotes: {value}" if is_number(value) else None
        return Misfit(codes.WRONG_TYPE, f"must be {wanted}, not {shown(value)}", help)
    if keys.min is not None and value < keys.min:
        return Misfit(codes.OUT_OF_RANGE, f"must be at least {keys.min}, not {value}")
    if keys.max is not None and value > keys.max:
        return Misfit(codes.OUT_OF_RANGE, f"must be at most {keys.max}, not {value}")
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
