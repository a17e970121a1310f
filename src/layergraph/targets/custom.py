"""Layers of the user's own, imported where the person running it has allowed their module."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Any

from layergraph.diagnostics import Diagnostics, GraphError, codes
from layergraph.graph.custom_layer import CustomLayer
from layergraph.graph.graph import Graph, Node
from layergraph.spec.graph_spec import CustomSpec


def check_custom(graph: Graph, allow: tuple[str, ...]) -> Mapping[str, Any]:
    """Import the layers that a graph declares and uses.

    Args:
        graph: the graph.
        allow: the modules that may be imported, with what is in them.

    Returns:
        The classes, by what their declarations import.

    Raises:
        GraphError: module-not-allowed, unimportable.
    """
    diagnostics = Diagnostics()
    found: dict[str, Any] = {}
    for declared in _declared(graph):
        named = declared.keys.import_
        module, _, name = named.partition(":")
        at = declared.place.at("import")
        if not _is_allowed(module, allow):
            diagnostics.report(
                codes.MODULE_NOT_ALLOWED,
                f"`{declared.name}` would import `{module}`, which nobody has allowed",
                at.span,
                path=at.path,
                help=f"if you trust it: `--allow {module}`, `allow=({module!r},)` in Python, or "
                f'`allow = ["{module}"]` under `[tool.layergraph]` of your `pyproject.toml`',
            )
            continue
        try:
            found[named] = getattr(import_module(module), name)
        except Exception as error:  # noqa: BLE001  whatever the module does when it is imported
            diagnostics.report(
                codes.UNIMPORTABLE,
                f"`{declared.name}` cannot be imported from `{named}`: {error}",
                at.span,
                path=at.path,
                notes=(f"{type(error).__name__}",),
                help="install the package, or mend `import`",
            )
    if diagnostics.has_errors:
        raise GraphError(tuple(diagnostics))
    return found


def made_custom(node: Node, classes: Mapping[str, Any]) -> Any:
    """The layer of the user's own that a node calls."""
    assert isinstance(node.layer, CustomLayer)
    return classes[node.layer.declared.keys.import_](name=node.keras_name, **node.layer.given)


def check_declared(node: Node, tensors: list[Any]) -> None:
    """Refuse a layer that gives something else than its declaration says.

    Raises:
        GraphError: undeclared-output.
    """
    given = [(tuple(tensor.shape), str(tensor.dtype)) for tensor in tensors]
    declared = [(spec.shape, spec.dtype) for spec in node.outputs]
    if given == declared:
        return
    assert isinstance(node.layer, CustomLayer)
    diagnostics = Diagnostics()
    place = node.layer.declared.place
    with diagnostics.inside(node.path, node.calls):
        diagnostics.report(
            codes.UNDECLARED_OUTPUT,
            f"`{node.path}` is declared to give {_listed(declared)}, and gives {_listed(given)}",
            place.key_span,
            path=place.path,
            help="mend `output` in its declaration: every shape after it depends on that",
        )
    raise GraphError(tuple(diagnostics))


def _declared(graph: Graph) -> Iterator[CustomSpec]:
    """The declarations that the graph's nodes use, each once."""
    seen: dict[tuple[str, object], CustomSpec] = {}
    waiting = [graph.nodes[path] for path in graph.nodes if path in graph.in_model]
    while waiting:
        node = waiting.pop()
        if node.inner is not None:
            waiting += node.inner.nodes.values()
        if isinstance(node.layer, CustomLayer):
            spec = node.layer.declared
            seen[spec.name, spec.place.key_span] = spec
    yield from seen.values()


def _is_allowed(module: str, allow: tuple[str, ...]) -> bool:
    return any(module == allowed or module.startswith(f"{allowed}.") for allowed in allow)


def _listed(tensors: list[tuple[Any, str]]) -> str:
    return ", ".join(f"{shape} {dtype}" for shape, dtype in tensors)
