"""What in a model is the user's own: a declaration under `custom` for each."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from layergraph.graph.flat_names import Keys
from layergraph.importers.refusals import Unsayable
from layergraph.layers.catalog import LAYERS
from layergraph.objects.catalogs import (
    CONSTRAINTS,
    INITIALIZERS,
    LOSSES,
    METRICS,
    OPTIMIZERS,
    REGULARIZERS,
)

_KNOWN = (LAYERS, INITIALIZERS, REGULARIZERS, CONSTRAINTS, LOSSES, METRICS, OPTIMIZERS)
_IDENTIFIER = re.compile(r"[A-Za-z_]\w*")


class OwnKeys(NamedTuple):
    """What a declaration says that a layer gives."""

    output: Any = None
    outputs: Any = None
    dtype: str | None = None


class Own(NamedTuple):
    """A class or a function of the user's own, by the name that the file has for it."""

    name: str
    kind: str
    thing: Any
    keys: OwnKeys


class OwnObjects:
    """Declares the classes and functions that a model has of the user's own.

    `declarations` maps the names to what is declared, for reading arguments that name them;
    `entries` is the section `custom`.
    """

    def __init__(self) -> None:
        self.entries: dict[str, dict[str, Any]] = {}
        self.declarations: dict[str, Own] = {}
        self._keys = Keys(name for catalog in _KNOWN for name in catalog.names)
        self._names: dict[str, str] = {}

    @property
    def modules(self) -> tuple[str, ...]:
        """The modules that everything declared comes from, each once."""
        found = (entry["import"].partition(":")[0] for entry in self.entries.values())
        return tuple(dict.fromkeys(found))

    def name(self, thing: Any, kind: str, gives: Mapping[str, Any] = MappingProxyType({})) -> str:
        """The name of a class or a function of a kind; `gives` says what a layer gives.

        Raises:
            Unsayable: where no module has it under a name.
        """
        entry = {"import": _where(thing)}
        if kind != "layer":
            entry["kind"] = kind
        entry |= gives
        written = repr(entry)
        if written not in self._names:
            name = self._keys.fresh(thing.__name__)
            self._names[written] = name
            self.entries[name] = entry
            self.declarations[name] = Own(name, kind, thing, OwnKeys(**gives))
        return self._names[written]


def is_of_keras(thing: Any) -> bool:
    """Whether a class or a function is Keras' own."""
    module = str(getattr(thing, "__module__", ""))
    return module == "keras" or module.startswith("keras.")


def _where(thing: Any) -> str:
    """The module and the name that a class or a function is imported by."""
    module, name = str(thing.__module__), str(thing.__qualname__)
    if _IDENTIFIER.fullmatch(name) is None:
        raise Unsayable(
            f"is of `{module}.{name}`, which no module has under a name of its own",
            "define it at the top of a module",
        )
    if getattr(sys.modules.get(module), name, None) is not thing:
        raise Unsayable(
            f"is of `{module}.{name}`, which the module does not have under that name",
            "define it at the top of a module that can be imported",
        )
    return f"{module}:{name}"
