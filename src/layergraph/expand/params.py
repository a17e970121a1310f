"""What callers give for params."""

from __future__ import annotations

from collections.abc import Mapping
from math import isfinite
from typing import Any

from layergraph.diagnostics import Diagnostics, Related, Span, Suggestion, codes, did_you_mean
from layergraph.diagnostics.values import shown
from layergraph.expand.expressions import UNKNOWN
from layergraph.expand.known_values import KnownValues
from layergraph.spec.declarations import misfit
from layergraph.spec.entries import UNREAD
from layergraph.spec.graph_spec import BlockSpec, FileSpec, ParamSpec
from layergraph.spec.place import Place
from layergraph.syntax.tree import SPOILED, plain
from layergraph.syntax.tree import Mapping as MappingTree


class Caller:
    """Checks what an instance gives for the params of what it calls."""

    def __init__(self, what: str, params: Mapping[str, ParamSpec | None]) -> None:
        self._what = what
        self._params = params

    def values(
        self, given: MappingTree, place: Place, owner: str, diagnostics: Diagnostics
    ) -> KnownValues:
        """The value of every param; UNKNOWN for what a mistake has spoilt."""
        values = {name: initial(param) for name, param in self._params.items()}
        origins = _defaults(self._params)
        unknown: list[Suggestion | None] = []
        for name, entry in given.entries.items():
            if name not in self._params:
                meant = did_you_mean(name, [p for p in self._params if p not in given.entries])
                unknown.append(meant)
                self._report_unknown(name, place.at(name), owner, diagnostics)
                continue
            param, value = self._params[name], plain(entry.value)
            values[name], origins[name] = value, entry.value.span
            if param is None or _holds_spoiled(value):
                values[name] = UNKNOWN
                continue
            problem = misfit(param, value)
            if problem is None:
                continue
            values[name] = UNKNOWN
            at = place.at(name)
            diagnostics.report(
                problem.code,
                f"`{name}` of {owner} {problem.predicate}",
                at.span,
                path=at.path,
                related=(Related(f"{self._what} declares `{name}` here", param.place.key_span),),
                help=problem.help,
            )
        for name in self._params:
            is_meant = None in unknown or f"did you mean `{name}`?" in unknown
            if name not in given.entries and is_meant:
                values[name] = UNKNOWN
        missing = {
            name: param
            for name, param in self._params.items()
            if param is not None and param.keys.is_required and name not in given.entries
            if f"did you mean `{name}`?" not in unknown
        }
        if len(missing) <= unknown.count(None):  # which may be what is missing, by other names
            missing = {}
        for name, param in missing.items():
            diagnostics.report(
                codes.MISSING_PARAM,
                f"{owner} gives no `{name}`, which {self._what} needs",
                place.key_span,
                path=place.path,
                related=(Related(f"{self._what} declares `{name}` here", param.place.key_span),),
                help=f"add `{name}: …`" + (f": {param.keys.doc}" if param.keys.doc else ""),
            )
        return KnownValues(values, origins)

    def _report_unknown(self, name: str, at: Place, owner: str, diagnostics: Diagnostics) -> None:
        if UNREAD in self._params:
            return
        known = tuple(self._params)
        listed = ", ".join(f"`{param}`" for param in known)
        diagnostics.report(
            codes.UNKNOWN_PARAM,
            f"{owner} gives `{name}`, which is no param of {self._what}",
            at.key_span,
            path=at.path,
            help=did_you_mean(name, (*known, "from", "nested", "repeat", "each", "when", "name"))
            or (f"it has {listed}" if known else "it has none"),
        )


def plain_params(params: Mapping[str, Any] | None, deepest: int) -> dict[str, Any]:
    """What a caller sets, as a file would say it: lists for tuples, and plain values throughout.

    Args:
        params: the values by name.
        deepest: the most lists and mappings inside each other.

    Raises:
        TypeError: where a value is none that a file could hold.
        ValueError: where a number is not finite, or a value is too deep.
    """
    if params is None:
        return {}
    if not isinstance(params, Mapping):
        raise TypeError(f"params must be a mapping of names to values, not {params!r}")
    for name in params:
        if type(name) is not str:
            raise TypeError(f"the name of a param must be a string, not {name!r}")
    return {name: _plain(value, name, deepest) for name, value in params.items()}


def _plain(value: Any, name: str, deepest: int) -> Any:
    if value is None or type(value) in (bool, int, str):
        return value
    if type(value) is float:
        if not isfinite(value):
            raise ValueError(f"param `{name}` holds {value}, and numbers must be finite")
        return value
    is_list = isinstance(value, list | tuple)
    if (is_list or isinstance(value, Mapping)) and deepest == 0:
        raise ValueError(f"lists and mappings of param `{name}` are too deep")
    if is_list:
        return [_plain(item, name, deepest - 1) for item in value]
    if isinstance(value, Mapping) and all(type(key) is str for key in value):
        return {key: _plain(item, name, deepest - 1) for key, item in value.items()}
    held = "a mapping whose keys are no strings" if isinstance(value, Mapping) else repr(value)
    raise TypeError(
        f"param `{name}` holds {held}, of type {type(value).__name__}: values are numbers, "
        "strings, bools, None, and lists and mappings of them"
    )


def initial(param: ParamSpec | None) -> Any:
    """What a param is where no caller gives it."""
    return UNKNOWN if param is None or param.keys.is_required else param.keys.default


def example(param: ParamSpec | None) -> Any:
    """What stands for a param where the file is only looked at."""
    if param is None:
        return UNKNOWN
    if not param.keys.is_required:
        return param.keys.default
    return param.keys.example if "example" in param.keys.model_fields_set else UNKNOWN


def values_of_file(
    spec: FileSpec, given: Mapping[str, Any], diagnostics: Diagnostics
) -> tuple[KnownValues, dict[str, Place]]:
    """The values of a file's params, and the places of those that only have an example.

    Args:
        spec: the file.
        given: what the caller sets, by name.
        diagnostics: where what does not fit is reported, at the declarations.
    """
    values: dict[str, Any] = {}
    examples: dict[str, Place] = {}
    origins = _defaults(spec.params)
    for name, param in spec.params.items():
        values[name] = example(param)
        if param is None:
            continue
        if name in given:
            problem = misfit(param, given[name])
            values[name] = UNKNOWN if problem else given[name]
            if problem:
                diagnostics.report(
                    problem.code,
                    f"`{name}`, which is set to {shown(given[name])}, {problem.predicate}",
                    param.place.key_span,
                    path=param.place.path,
                    help=problem.help,
                )
        elif param.keys.is_required:
            if values[name] is UNKNOWN:
                _report_missing(param, diagnostics)
            else:
                examples[name] = param.place
    for name in given:
        if name not in spec.params and UNREAD not in spec.params:
            _report_unknown(name, spec, diagnostics)
    return KnownValues(values, origins), examples


def _report_missing(param: ParamSpec, diagnostics: Diagnostics) -> None:
    doc = f": {param.keys.doc}" if param.keys.doc else ""
    diagnostics.report(
        codes.MISSING_PARAM,
        f"param `{param.name}` has no value",
        param.place.key_span,
        path=param.place.path,
        help=f"set it with `--set {param.name}=…`{doc}; an `example` lets the file be checked "
        "without",
    )


def _report_unknown(name: str, spec: FileSpec, diagnostics: Diagnostics) -> None:
    place = spec.place.at("params") if spec.place.has("params") else None
    listed = ", ".join(f"`{param}`" for param in spec.params)
    diagnostics.report(
        codes.UNKNOWN_PARAM,
        f"`{name[:64]}` is set, which is no param of the file",
        place.key_span if place else Span.whole(spec.source),
        path=place.path if place else (),
        help=did_you_mean(name, spec.params)
        or (f"it has {listed}" if spec.params else "it has none"),
    )


def example_values(block: BlockSpec) -> KnownValues:
    """Values for the params of a block that nothing calls: what is not known stays unknown."""
    values = {name: example(param) for name, param in block.params.items()}
    return KnownValues(values, _defaults(block.params))


def _defaults(params: Mapping[str, ParamSpec | None]) -> dict[str, Span]:
    """Where params are declared, with their default or example."""
    return {name: param.place.key_span for name, param in params.items() if param is not None}


def _holds_spoiled(value: Any) -> bool:
    if isinstance(value, dict):
        return any(_holds_spoiled(item) for item in value.values())
    if isinstance(value, list):
        return any(_holds_spoiled(item) for item in value)
    return value is SPOILED
