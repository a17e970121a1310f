"""Catalogues: the names of one kind of Keras object, and the module that describes each.

A module is imported when a file names something in it, and not before: a run that checks a few
files pays for the classes they use.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from importlib import import_module
from typing import Any

from layergraph.diagnostics import codes, did_you_mean
from layergraph.diagnostics.values import shown
from layergraph.objects.base import KerasObject, complaint
from layergraph.objects.declared import CustomObject, article, declaration, declared_names


@dataclass(frozen=True)
class Catalog:
    """The objects of one kind.

    Args:
        kind: what one is called in messages ("initializer").
        package: the Python package that holds the families.
        families: the classes that belong together; the name is that of their module.
        files: module → the classes of it that have one other than their family's, so that a graph
            loads few that it does not name.
        aliases: further names of Keras' own → the class.
        functions: names that Keras takes as a string, with no class behind them.
        needy: classes that cannot be made from their name alone.
        refused: names that Keras knows and layergraph does not take → the reason.
        instead: of those, the ones for which there is better advice than to write it otherwise.
        snake_case: whether Keras takes `he_normal` for `HeNormal`.
        any_case: whether Keras takes `adam` and `ADAM` for `Adam`.
    """

    kind: str
    package: str
    families: Mapping[str, tuple[str, ...]]
    files: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    aliases: Mapping[str, str] = field(default_factory=dict)
    functions: tuple[str, ...] = ()
    needy: frozenset[str] = frozenset()
    refused: Mapping[str, str] = field(default_factory=dict)
    instead: Mapping[str, str] = field(default_factory=dict)
    snake_case: bool = True
    any_case: bool = False

    @cached_property
    def _modules(self) -> dict[str, str]:
        modules = (*self.families.items(), *self.files.items())
        return {name: module for module, names in modules for name in names}

    @cached_property
    def _class_names(self) -> dict[str, str]:
        """Every name of every class → the class' own name."""
        names = {name: name for name in self._modules} | dict(self.aliases)
        if self.snake_case:
            names |= {snake_case(name): name for name in self._modules}
        if self.any_case:
            names |= {name.lower(): name for name in self._modules}
        return names

    @property
    def classes(self) -> tuple[str, ...]:
        """The names of the classes, in the catalogue's order."""
        return tuple(self._modules)

    @property
    def names(self) -> tuple[str, ...]:
        """Every name by which an object can be asked for."""
        return (*self._class_names, *self.functions)

    def class_name(self, name: str) -> str | None:
        """The proper name of the class that `name` stands for."""
        proper = self._class_names.get(name)
        return self._class_names.get(name.lower()) if proper is None and self.any_case else proper

    def knows(self, name: str) -> bool:
        """Whether Keras has something of this kind and name, which may be refused."""
        is_class = self.class_name(name) is not None
        return is_class or name in self.functions or name in self.refused

    def find(self, name: str) -> type[KerasObject] | None:
        """The class that describes what `name` stands for, imported now if it was not yet."""
        proper = self.class_name(name)
        if proper is None:
            return None
        module = import_module(f"{self.package}.{self._modules[proper]}")
        found: type[KerasObject] = getattr(module, proper)
        return found

    def resolve(self, value: Any) -> Any:
        """Validate an argument of this kind: a name as it is, a mapping into its object.

        Raises:
            PydanticCustomError: where it is neither, or names nothing of this kind.
            ValidationError: where the object's own arguments are wrong.
        """
        if isinstance(value, KerasObject) and self._holds(value):
            return value
        if isinstance(value, str):
            return self._checked_name(value)
        if isinstance(value, dict):
            return self._made(value)
        raise complaint(
            codes.WRONG_TYPE,
            f"must be the name of {article(self.kind)} or `{{type: …}}`, not {shown(value)}",
        )

    def _holds(self, value: KerasObject) -> bool:
        """Whether an object is of this kind. A block, which can be an argument, is a layer."""
        is_here = type(value).__name__ in self._modules
        return is_here or self.kind == "layer" or isinstance(value, CustomObject)

    def _checked_name(self, name: str) -> str | KerasObject:
        declared = declaration(name, self.kind)
        if declared is not None:
            return CustomObject.of(declared, {})
        self._require_known(name, at=())
        proper = self.class_name(name)
        if proper is not None and proper in self.needy:
            raise complaint(
                codes.MISSING_ARGUMENT,
                f"is `{name}`, which cannot be given by its name alone",
                help=f"write `{{type: {proper}, …}}`",
            )
        return name

    def _made(self, mapping: dict[str, Any]) -> KerasObject:
        if "type" not in mapping:
            raise complaint(
                codes.MISSING_KEY,
                "has no `type`",
                help=f"write `{{type: …}}` with the name of {article(self.kind)}",
            )
        name = mapping["type"]
        if not isinstance(name, str):
            raise complaint(codes.WRONG_TYPE, f"must be a name, not {shown(name)}", at=("type",))
        arguments = {k: v for k, v in mapping.items() if k != "type"}
        declared = declaration(name, self.kind, at=("type",))
        if declared is not None:
            return CustomObject.of(declared, arguments)
        self._require_known(name, at=("type",))
        described = self.find(name)
        if described is None:
            raise complaint(
                codes.UNKNOWN_OBJECT,
                f"is `{name}`, a function, which takes no arguments",
                at=("type",),
                help=f"write `{name}` alone",
            )
        return described.checked(arguments)

    def _require_known(self, name: str, at: tuple[str, ...]) -> None:
        if name in self.refused:
            raise complaint(codes.REFUSED_TYPE, f"is `{name}`: {self.refused[name]}", at=at)
        if self.knows(name):
            return
        raise complaint(
            codes.UNKNOWN_OBJECT,
            f"is `{name}`, which is no {self.kind} of Keras",
            at=at,
            help=did_you_mean(name, (*self.names, *declared_names(self.kind))),
        )


def snake_case(name: str) -> str:
    """Keras' own rule for the second name of a class (`keras.src.utils.naming.to_snake_case`)."""
    name = re.sub(r"\W+", "", name)
    name = re.sub(r"(.)([A-Z][a-z]+)", r"\1_\2", name)
    return re.sub(r"([a-z])([A-Z])", r"\1_\2", name).lower()
