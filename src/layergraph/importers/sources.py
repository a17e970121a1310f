"""What a person names → the Keras model: a `.keras` file, or a function in a module."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

from layergraph.diagnostics import GraphError, codes
from layergraph.importers.file_objects import own_objects
from layergraph.importers.keras_file import check_keras_file
from layergraph.targets.custom import first_line
from layergraph.targets.failures import failure
from layergraph.targets.importing import Unimportable, imported

KERAS_FILE = ".keras"
ARCHITECTURE = ".json"

_ARGUMENTS = "give the function its arguments with `--arg name=value`"
_MISSING = re.compile(r"Could not locate (class|function) '([^']+)'")
"""What Keras says, in the midst of much else, of what it is not given."""


def is_file(named: str) -> bool:
    """Whether a source is a file with weights, and not a function."""
    return named.endswith(KERAS_FILE)


def is_architecture(named: str) -> bool:
    """Whether a source is a file that `model.to_json()` gave."""
    return named.endswith(ARCHITECTURE)


def model_from(named: str, arguments: Mapping[str, Any], allow: tuple[str, ...]) -> Any:
    """The model that a person names.

    Args:
        named: the path of a `.keras` file, or `package.module:function`, which is called. It runs
            code of the person's own: to name it is to allow it.
        arguments: the arguments of the function.
        allow: the modules that a file may have things of the user's own from.

    Raises:
        GraphError: unreadable-model; module-not-allowed and inexpressible, of a file.
    """
    if is_file(named):
        return _loaded(Path(named), allow)
    module, colon, name = named.partition(":")
    parts = [*module.split("."), name]
    if not colon or not all(part.isidentifier() for part in parts):
        raise failure(
            codes.UNREADABLE_MODEL,
            f"`{named}` names no model",
            help="name a `.keras` file, a `.json` file, or a function that gives a model: "
            "`package.module:function`",
        )
    return _built(module, name, named, arguments)


def _loaded(path: Path, allow: tuple[str, ...]) -> Any:
    """The model of a file. Keras runs no code of the file's: only of modules that are allowed."""
    check_keras_file(path, allow)
    import keras

    own = own_objects(path, allow)
    try:
        with keras.saving.custom_object_scope(own):
            return keras.saving.load_model(path, safe_mode=True)
    except Exception as error:
        missing = _MISSING.search(str(error))
        if missing is not None:
            raise failure(
                codes.UNREADABLE_MODEL,
                f"`{path}` has the {missing[1]} `{missing[2]}` of your own, which no module has "
                "that is allowed",
                help="name the very module that has it: `--allow package.module`",
            ) from error
        raise _unreadable(f"Keras cannot load `{path}`", error, None) from error


def _built(module: str, name: str, named: str, arguments: Mapping[str, Any]) -> Any:
    import keras

    try:
        function = imported(module, name, "function")
    except Unimportable as error:
        raise error.as_failure(codes.UNREADABLE_MODEL, f"`{named}`", name) from error
    try:
        with redirect_stdout(sys.stderr):
            model = function(**arguments)
    except (Exception, SystemExit) as error:
        help = _ARGUMENTS if isinstance(error, TypeError) else None
        raise _unreadable(f"`{named}` fails", error, help) from error
    if not isinstance(model, keras.Model):
        raise failure(
            codes.UNREADABLE_MODEL,
            f"`{named}` gives an object of type `{type(model).__name__}`, which is no model",
            help="let it return a `keras.Model`",
        )
    return model


def _unreadable(message: str, error: BaseException, help: str | None) -> GraphError:
    return failure(
        codes.UNREADABLE_MODEL,
        f"{message}: {first_line(error)}",
        notes=(type(error).__name__,),
        help=help,
    )
