"""What a `.keras` file names of the user's own, imported before Keras looks for it.

Keras imports no module for a file but its own: it takes what is registered, or given to it. Of a
function the file does not even say where it stands, so it is looked for in the modules at hand.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from layergraph.diagnostics import codes
from layergraph.importers.keras_file import file_config, is_harmless, objects_in
from layergraph.targets.custom import home_of, is_allowed
from layergraph.targets.failures import failure
from layergraph.targets.importing import Unimportable, imported

_WITH_FUNCTIONS = (
    *("activations", "constraints", "initializers", "losses", "metrics", "ops"),
    *("optimizers", "regularizers"),
)


def own_objects(path: Path, allow: tuple[str, ...]) -> dict[str, Any]:
    """Classes and functions, by the names that Keras looks for them by.

    Args:
        path: a file that `check_keras_file` has let pass.
        allow: the modules that are allowed.

    Raises:
        GraphError: unreadable-model, where one cannot be imported; module-not-allowed, where it
            comes from another module than it stands in.
    """
    found: dict[str, Any] = {}
    modules = dict.fromkeys(allow)
    functions: list[str] = []
    for layer, serialized in objects_in(file_config(path), path.name):
        name, module = str(serialized["class_name"]), str(serialized.get("module") or "builtins")
        if name == "function" and module == "builtins":
            functions.append(str(serialized.get("config")))
        elif not is_harmless(module, name, serialized):
            thing = str(serialized["config"]) if name == "function" else name
            key = thing if name == "function" else str(serialized.get("registered_name") or name)
            found[key] = _imported(layer, module, thing, allow)
            modules[module] = None
    for function in functions:
        if not _is_of_keras(function):
            _look_for(function, tuple(modules), allow, found)
    return found


def _imported(layer: str, module: str, name: str, allow: tuple[str, ...]) -> Any:
    """What stands in an allowed module, if it comes from one."""
    try:
        thing = imported(module, name, "object")
    except Unimportable as error:
        what = f"`{layer}` needs `{module}:{name}`, which"
        raise error.as_failure(codes.UNREADABLE_MODEL, what, name) from error
    home = home_of(thing)
    if not is_allowed(home, allow):
        raise failure(
            codes.MODULE_NOT_ALLOWED,
            f"`{layer}` needs `{module}:{name}`, which comes from `{home}`: nobody has allowed it",
            help=f"if you trust it: `--allow {home}`",
        )
    return thing


def _look_for(
    function: str, modules: tuple[str, ...], allow: tuple[str, ...], found: dict[str, Any]
) -> None:
    """Take down a function where one of some modules has it."""
    for module in modules:
        try:
            thing = imported(module, function.rpartition(">")[2], "function")
        except Unimportable:
            continue
        if is_allowed(home_of(thing), allow):
            found.setdefault(function, thing)


def _is_of_keras(function: str) -> bool:
    """Whether Keras has a function of a name."""
    import keras

    return any(hasattr(getattr(keras, part), function) for part in _WITH_FUNCTIONS)
