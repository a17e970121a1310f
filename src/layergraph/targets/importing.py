"""One import of something of the user's own, and what can go wrong in it."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from contextlib import redirect_stdout
from importlib import import_module
from traceback import extract_tb
from typing import Any

from layergraph.diagnostics import Code, GraphError, did_you_mean
from layergraph.targets.failures import failure

BASES = {
    "layer": "layers.Layer",
    "initializer": "initializers.Initializer",
    "regularizer": "regularizers.Regularizer",
    "constraint": "constraints.Constraint",
    "loss": "losses.Loss",
    "metric": "metrics.Metric",
    "optimizer": "optimizers.Optimizer",
}
"""What a class of a kind is a subclass of, in Keras."""

CLASS_ALONE = ("layer", "optimizer")
"""Kinds of which a function or an instance will not do: each model has one of its own."""


class Unimportable(Exception):
    """What is named cannot be imported, or is something else; `known` are names that are there."""

    def __init__(
        self, message: str, *, notes: tuple[str, ...] = (), known: Iterable[str] = (), help: str
    ) -> None:
        super().__init__(message)
        self.notes = notes
        self._known = tuple(known)
        self._help = help

    def help_for(self, name: str) -> str:
        """What to do where `name` was asked for."""
        return did_you_mean(name, self._known) or self._help

    def as_failure(self, code: Code, what: str, name: str) -> GraphError:
        """The error for it where no graph file asks; `what` is what cannot be imported."""
        return failure(
            code,
            f"{what} cannot be imported: {self}",
            notes=self.notes,
            help=self.help_for(name),
        )


def imported(module: str, name: str, kind: str) -> Any:
    """The class or function of a kind that a module has under a name.

    What the module prints while it is imported goes to stderr: stdout is the command's result.

    Raises:
        Unimportable: where it cannot be had.
    """
    try:
        with redirect_stdout(sys.stderr):
            home = import_module(module)
            found = getattr(home, name)
    except (Exception, SystemExit) as error:
        raise _failure(module, name, error) from error
    problem = _problem(found, kind)
    if problem is not None:
        raise Unimportable(
            f"it is {_described(found)}, and {problem}",
            help="name another object, or another `kind`",
        )
    return found


def _failure(module: str, name: str, error: BaseException) -> Unimportable:
    home = sys.modules.get(module)
    if isinstance(error, AttributeError) and home is not None and not hasattr(home, name):
        return Unimportable(f"the module has no `{name}`", known=vars(home), help="mend `import`")
    lines = str(error).strip().splitlines()
    said = lines[0] if lines else type(error).__name__
    if isinstance(error, SystemExit):
        said = f"it ends the program, with {error.code!r}"
    notes = (_raised_at(module, error),)
    return Unimportable(
        said,
        notes=tuple(note for note in notes if note),
        help="install the package, or run where Python finds it"
        if isinstance(error, ModuleNotFoundError)
        else "mend the module, so that Python can import it",
    )


def _raised_at(module: str, error: BaseException) -> str:
    """Where an import failed: the last frame of the traceback that is the user's own."""
    kind = type(error).__name__
    if isinstance(error, SyntaxError) and error.filename:
        return f"{kind}, at {error.filename}:{error.lineno}"
    frames = [
        frame
        for frame in extract_tb(error.__traceback__)
        if frame.filename != __file__ and "importlib" not in frame.filename
    ]
    path = module.replace(".", "/")
    parts = [path.rsplit("/", n)[0] for n in range(path.count("/") + 1)]
    own = [f for f in frames if any(part in f.filename.replace("\\", "/") for part in parts)]
    for frame in (own or frames)[-1:]:
        return f"{kind}, raised at {frame.filename}:{frame.lineno}, in {frame.name}"
    return kind


def _problem(found: Any, kind: str) -> str | None:
    """What keeps an object from being of a kind, as a predicate."""
    path = BASES.get(kind)
    if isinstance(found, type):
        if path is not None and not issubclass(found, _of_keras(path)):
            return f"must be a subclass of `keras.{path}`"
        return None if callable(getattr(found, "__call__", None)) else "cannot be called"  # noqa: B004
    if kind in CLASS_ALONE:
        return f"must be a subclass of `keras.{path}`"
    return None if callable(found) else "must be a function or a class"


def _of_keras(path: str) -> Any:
    import keras

    found: Any = keras
    for part in path.split("."):
        found = getattr(found, part)
    return found


def _described(found: Any) -> str:
    if isinstance(found, type):
        return f"the class `{found.__module__}.{found.__qualname__}`"
    kind = type(found).__name__
    if kind in ("function", "builtin_function_or_method"):
        return f"the function `{getattr(found, '__qualname__', kind)}`"
    return f"an object of type `{kind}`"
