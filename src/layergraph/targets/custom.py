"""What is the user's own: imported where the person running it has allowed the module.

A graph file alone imports nothing. What it names must stand in a module that is allowed, and come
from one: a module that is allowed may itself import what can do harm.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from layergraph.diagnostics import Diagnostics, GraphError, Span, codes
from layergraph.graph.graph import Graph, Node
from layergraph.layers.custom_layer import CustomLayer
from layergraph.objects.base import KerasObject
from layergraph.objects.declared import CustomObject
from layergraph.spec.graph_spec import CustomSpec
from layergraph.targets.importing import Unimportable, imported

_BOLD = re.compile(r"\x1b\[[0-9;]*m")
_KERAS_SAYS = ("Exception encountered when calling", "Arguments received by")

_SHAPING = ("layer", "activation")
"""The kinds of which it depends what a node gives."""

Imported = Mapping[tuple[str, str], Any]
"""Classes and functions, by what their declarations import and as what kind."""


def allowed(modules: Iterable[str]) -> tuple[str, ...]:
    """The names of modules that a caller allows.

    Raises:
        TypeError: where they are one string, whose letters would be names, or no strings.
    """
    if isinstance(modules, str):
        raise TypeError(f"allow must be a tuple of modules: write ({modules!r},)")
    found = tuple(modules)
    if not all(isinstance(module, str) for module in found):
        raise TypeError(f"allow must hold names of modules, not {found!r}")
    return found


def check_allowed(graph: Graph, allow: tuple[str, ...], *, in_training: bool = False) -> None:
    """Refuse a graph that would import a module that is not allowed. Nothing is imported.

    Raises:
        GraphError: module-not-allowed.
    """
    diagnostics = Diagnostics()
    refused: dict[str, list[CustomSpec]] = {}
    for declared in declared_in(graph, in_training=in_training):
        module = declared.keys.import_.partition(":")[0]
        if not is_allowed(module, allow):
            refused.setdefault(module, []).append(declared)
    for module, (first, *others) in refused.items():
        notes = (f"so would {_named(others)}",) if others else ()
        _report_not_allowed(first, module, f"would import `{module}`", diagnostics, notes)
    if diagnostics.has_errors:
        raise GraphError(tuple(diagnostics))


def import_custom(graph: Graph, allow: tuple[str, ...], *, in_training: bool = False) -> Imported:
    """Import what a graph declares and uses.

    Raises:
        GraphError: module-not-allowed, unimportable.
    """
    check_allowed(graph, allow, in_training=in_training)
    diagnostics = Diagnostics()
    found: dict[tuple[str, str], Any] = {}
    for declared in declared_in(graph, in_training=in_training):
        named = declared.keys.import_
        module, _, name = named.partition(":")
        at = declared.place.at("import")
        try:
            thing = imported(module, name, declared.kind)
        except Unimportable as error:
            diagnostics.report(
                codes.UNIMPORTABLE,
                f"`{declared.name}` cannot be imported from `{named}`: {error}",
                at.span,
                path=at.path,
                notes=error.notes,
                help=error.help_for(name),
            )
            continue
        home = home_of(thing)
        if is_allowed(home, allow):
            found[named, declared.kind] = thing
        else:
            _report_not_allowed(declared, home, f"comes from `{home}`", diagnostics)
    if diagnostics.has_errors:
        raise GraphError(tuple(diagnostics))
    return found


def made(
    described: CustomLayer | CustomObject, own: Imported, at: Span | None, **further: Any
) -> Any:
    """The object that a description of something of the user's own stands for.

    Args:
        described: its declaration and its arguments.
        own: what was imported.
        at: the node that it belongs to, where it belongs to one.
        further: more arguments.

    Raises:
        GraphError: refused-by-keras, where it does not take its arguments.
    """
    declared: CustomSpec = described.declared
    thing = own[declared.keys.import_, declared.kind]
    if not isinstance(thing, type) and not described.given:
        return thing
    try:
        if not isinstance(thing, type):
            raise TypeError("it is no class, and takes no arguments")
        return thing(**further, **described.given)
    except Exception as error:
        diagnostics = Diagnostics()
        diagnostics.report(
            codes.REFUSED_BY_KERAS,
            f"`{declared.name}` cannot be made from its arguments: {first_line(error)}",
            at or declared.place.key_span,
            notes=(f"{type(error).__name__}, raised by `{declared.keys.import_}`",),
            help="its arguments are its own to check: mend them where the file gives them",
        )
        raise GraphError(tuple(diagnostics)) from error


def check_declared(node: Node, tensors: list[Any]) -> None:
    """Refuse a layer that gives something else than its declaration says.

    Raises:
        GraphError: undeclared-output.
    """
    assert node.layer is not None
    concerned = (spec for spec in declared_by(node.layer) if spec.kind in _SHAPING)
    own = next(concerned, None)
    if own is None:
        return
    given = [(tuple(tensor.shape), str(tensor.dtype)) for tensor in tensors]
    declared = [(spec.shape, spec.dtype) for spec in node.outputs]
    if len(given) == len(declared) and all(map(_is_as_declared, given, declared)):
        return
    diagnostics = Diagnostics()
    with diagnostics.inside(node.path, node.calls):
        diagnostics.report(
            codes.UNDECLARED_OUTPUT,
            f"`{node.path}` should give {_listed(declared)} by the declaration of `{own.name}`, "
            f"and gives {_listed(given)}",
            own.place.key_span,
            path=own.place.path,
            help="mend `output` or `dtype` in its declaration: every shape after it depends on it"
            if own.kind == "layer"
            else "an activation keeps the shape and the dtype of its tensor: make it a layer",
        )
    raise GraphError(tuple(diagnostics))


def declared_in(graph: Graph, *, in_training: bool = False) -> Iterator[CustomSpec]:
    """The declarations that the model of a graph needs, each once, in the order of their files.

    Callbacks are needed to train it, and not to compile it.
    """
    found: list[CustomSpec] = []
    for path in graph.in_model:
        found += declared_by(graph.nodes[path].layer)
    for output in graph.heads.values():
        found += declared_by((output.loss, output.metrics))
    found += declared_by(graph.training.optimizer)
    if in_training:
        found += declared_by(graph.training.callbacks)
    each = {(spec.name, spec.place.key_span): spec for spec in found}
    yield from sorted(each.values(), key=lambda spec: spec.place.key_span.order)


def declared_by(value: Any) -> Iterator[CustomSpec]:
    """The declarations in a layer, an object, or any other value, at any depth."""
    if isinstance(value, CustomLayer | CustomObject):
        yield value.declared
    elif isinstance(value, KerasObject):
        yield from declared_by(value.arguments())
        model = getattr(value, "model", None)
        for node in model.nodes.values() if model is not None else ():
            yield from declared_by(node.layer)
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from declared_by(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from declared_by(item)


def home_of(thing: Any) -> str:
    """The module that a class, a function or an instance comes from."""
    is_named = isinstance(thing, type) or hasattr(thing, "__qualname__")
    home = getattr(thing if is_named else type(thing), "__module__", None)
    return str(home) if home else "an unknown module"


def first_line(error: BaseException) -> str:
    """What an exception says, on one line, without Keras' own words and bold type around it."""
    lines = [_BOLD.sub("", line).strip() for line in str(error).splitlines()]
    said = [line for line in lines if line and not line.startswith(_KERAS_SAYS)]
    if len(said) > 1 and said[0].endswith(":"):
        return " ".join(said[:2])
    return said[0] if said else type(error).__name__


def is_allowed(module: str, allow: tuple[str, ...]) -> bool:
    """Whether a module, or a package that it is in, is among those that a caller allows."""
    return any(module == name or module.startswith(f"{name}.") for name in allow if name)


def _report_not_allowed(
    declared: CustomSpec,
    module: str,
    does: str,
    diagnostics: Diagnostics,
    notes: tuple[str, ...] = (),
) -> None:
    at = declared.place.at("import")
    diagnostics.report(
        codes.MODULE_NOT_ALLOWED,
        f"`{declared.name}` {does}, which nobody has allowed",
        at.span,
        path=at.path,
        notes=notes,
        help=f"if you trust it: `--allow {module}`, `allow=({module!r},)` in Python, or "
        f'`allow = ["{module}"]` under `[tool.layergraph]` of your `pyproject.toml`',
    )


def _named(declared: list[CustomSpec]) -> str:
    return ", ".join(f"`{spec.name}`" for spec in declared)


def _is_as_declared(given: tuple[Any, str], declared: tuple[Any, str]) -> bool:
    """Whether a tensor is what was declared; an unknown size may turn out to be any."""
    (shape, dtype), (wanted, wanted_dtype) = given, declared
    return (
        dtype == wanted_dtype
        and len(shape) == len(wanted)
        and all(size in (None, has) for size, has in zip(wanted, shape, strict=True))
    )


def _listed(tensors: list[tuple[Any, str]]) -> str:
    return ", ".join(f"{shape} {dtype}" for shape, dtype in tensors)
