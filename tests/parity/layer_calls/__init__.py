"""Draws of calls for every layer of the catalogue: a module for each family, with its `CALLS`."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules
from typing import Any, NamedTuple

from hypothesis.strategies import SearchStrategy

from layergraph.tensors import TensorSpec


class LayerCall(NamedTuple):
    """One call of a layer, which may be a wrong one.

    Args:
        arguments: those of the layer, as a graph file gives them.
        tensors: what it is called on, by position; a tuple where Keras takes a list.
        named: what it is called on, by name.
        call: the other arguments of the call.
        masked: whether what it is called on, by position, carries masks.
    """

    arguments: dict[str, Any]
    tensors: tuple[TensorSpec | tuple[TensorSpec, ...], ...]
    named: dict[str, TensorSpec | tuple[TensorSpec, ...]] = {}
    call: dict[str, Any] = {}
    masked: bool = False


def calls_by_layer() -> dict[str, SearchStrategy[LayerCall]]:
    """The draws of all families."""
    found: dict[str, SearchStrategy[LayerCall]] = {}
    for module in iter_modules(__path__, f"{__name__}."):
        calls = getattr(import_module(module.name), "CALLS", {})
        twice = set(found) & set(calls)
        assert not twice, f"{module.name} draws again what another module draws: {sorted(twice)}"
        found |= calls
    return found
