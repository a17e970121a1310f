"""The base of every class that describes a class of Keras, and how such a class complains."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict
from pydantic_core import PydanticCustomError

from layergraph.diagnostics import Code


class KerasObject(BaseModel):
    """An object of Keras, as its constructor's arguments: same names, same defaults.

    The arguments are checked strictly: `true` is no number and `"8"` is no 8. A field whose name
    Pydantic or a method needs stands under another one, with Keras' name as its alias.
    """

    model_config = ConfigDict(
        strict=True,
        extra="forbid",
        frozen=True,
        defer_build=True,
        allow_inf_nan=False,
    )

    @classmethod
    def argument_names(cls) -> tuple[str, ...]:
        """The names of the constructor's arguments, as Keras and graph files write them."""
        return tuple(field.alias or name for name, field in cls.model_fields.items())

    def arguments(self) -> dict[str, Any]:
        """Every argument by Keras' name, with defaults filled in."""
        fields = type(self).model_fields
        return {field.alias or name: getattr(self, name) for name, field in fields.items()}

    def arguments_set(self) -> dict[str, Any]:
        """The arguments that were given, by Keras' name."""
        fields = type(self).model_fields
        return {
            field.alias or name: getattr(self, name)
            for name, field in fields.items()
            if name in self.model_fields_set
        }


def complaint(
    code: Code, predicate: str, *, at: tuple[str | int, ...] = (), help: str | None = None
) -> PydanticCustomError:
    """The error that a validator of ours raises.

    Args:
        code: what is wrong.
        predicate: the sentence without its subject, which is the key at fault: "must be …".
        at: the steps from the value being validated to the one at fault.
        help: what to do.
    """
    context = {"code": code, "predicate": predicate, "at": at, "help": help}
    return PydanticCustomError("layergraph", "{predicate}", context)
