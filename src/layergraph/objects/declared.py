"""What the user's own file declares under `custom`, for whoever reads a name in that file."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from types import MappingProxyType
from typing import Any, Protocol

from layergraph.diagnostics import codes
from layergraph.objects.base import KerasObject, complaint


class Declaration(Protocol):
    """One declaration: its name, and of what kind it is ("layer", "loss")."""

    @property
    def name(self) -> str:
        """The name."""

    @property
    def kind(self) -> str:
        """What it declares."""


Declarations = Mapping[str, Declaration | None]
"""The declarations of one file by name; None is one that a mistake has spoilt."""

_current: ContextVar[Declarations] = ContextVar("declarations", default=MappingProxyType({}))


@contextmanager
def declarations(of_file: Declarations) -> Iterator[None]:
    """What is read meanwhile stands in the file that declares these names."""
    token = _current.set(of_file)
    try:
        yield
    finally:
        _current.reset(token)


def declared_names(kind: str) -> tuple[str, ...]:
    """The names that the file at hand declares of a kind."""
    return tuple(name for name, found in _current.get().items() if found and found.kind == kind)


def is_declared(name: Any) -> bool:
    """Whether the file at hand declares a name."""
    return isinstance(name, str) and name in _current.get()


def declaration(name: str, kind: str, at: tuple[str, ...] = ()) -> Declaration | None:
    """The declaration of a name of a kind; None where there is none of that name.

    Args:
        name: the name.
        kind: what stands where the name does.
        at: the steps from the value that is read to the name.

    Raises:
        PydanticCustomError: where it is declared as something else, or spoilt.
    """
    if name not in _current.get():
        return None
    found = _current.get()[name]
    if found is None:
        raise complaint(None, "", at=at)
    if found.kind != kind:
        raise complaint(
            codes.UNKNOWN_OBJECT,
            f"is `{name}`, which `custom` declares as {article(found.kind)}, "
            f"and not as {article(kind)}",
            at=at,
            help=f"set `kind: {kind}` in its declaration, if that is what it is",
        )
    return found


class CustomObject(KerasObject):
    """An object of the user's own: its declaration, and the arguments that the file gives it."""

    declared: Any = None
    given: Any = None

    @classmethod
    def of(cls, declared: Declaration, given: dict[str, Any]) -> "CustomObject":
        """The object with its arguments, which are its own to check."""
        return cls.model_construct(declared=declared, given=given)

    def arguments(self) -> dict[str, Any]:
        """The arguments that the file gives: the defaults are not known."""
        return dict(self.given)

    def arguments_set(self) -> dict[str, Any]:
        """The same."""
        return dict(self.given)

    def __repr__(self) -> str:
        given = ", ".join(f"{name}={value!r}" for name, value in self.given.items())
        return f"{self.declared.name}({given})"


def article(noun: str) -> str:
    """The noun with the article that it takes."""
    return f"an {noun}" if noun[0] in "aeiou" else f"a {noun}"
