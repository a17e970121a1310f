"""What a `.keras` file would have Keras import, looked at before Keras sees it.

Keras makes whatever classes and functions a file names, from whatever module: files have been
written that run code when they are loaded (CVE-2025-1550, CVE-2025-8747, CVE-2025-9905,
CVE-2025-9906, CVE-2026-1462). So a file may name what layers, losses and the like are made of, and
else only what stands in modules that are allowed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

from layergraph.diagnostics import Diagnostics, GraphError, Source, Span, codes
from layergraph.layers.catalog import LAYERS
from layergraph.targets.custom import is_allowed
from layergraph.targets.failures import failure

CONFIG = "config.json"
LARGEST = 256 * 1024 * 1024
"""Bytes of the description of a model that are read."""

_CLASSES = ("Functional", "Model", "Sequential", "DTypePolicy", "DTypePolicyMap", "KerasTensor")
_PARTS = (
    *("activations", "applications", "constraints", "dtype_policies", "initializers", "layers"),
    *("losses", "metrics", "ops", "optimizers", "quantizers", "regularizers"),
)
"""The parts of Keras whose classes do nothing but compute."""

_CODE = ("__lambda__", "Lambda", "TFSMLayer", "TorchModuleWrapper", "JaxLayer", "FlaxLayer")
"""What runs code that stands in the file, or beside it."""

_MODELS = ("models.functional", "models.model", "models.sequential")


def check_keras_file(path: Path, allow: tuple[str, ...]) -> None:
    """Refuse a file that names what is neither Keras' own nor allowed.

    Raises:
        GraphError: unreadable-model, module-not-allowed, inexpressible.
    """
    diagnostics = Diagnostics()
    nowhere = Span.whole(Source("", ""))
    seen: set[str] = set()
    for layer, serialized in objects_in(file_config(path), path.name):
        name, module = str(serialized["class_name"]), str(serialized.get("module") or "builtins")
        if name in _CODE and _is_of_keras(module):
            reason = LAYERS.refused.get(name, "it is Python code")
            diagnostics.report(
                codes.INEXPRESSIBLE,
                f"`{layer}` is a `{name.strip('_')}`: {reason}",
                nowhere,
                help="build the model without it, or with a layer of your own in a module",
            )
        elif not is_harmless(module, name, serialized) and not is_allowed(module, allow):
            what = f"{module}:{serialized['config'] if name == 'function' else name}"
            if what not in seen:
                diagnostics.report(
                    codes.MODULE_NOT_ALLOWED,
                    f"`{layer}` would import `{what}`, which nobody has allowed",
                    nowhere,
                    help=f"if you trust it: `--allow {module}`, or "
                    f'`allow = ["{module}"]` under `[tool.layergraph]` of your `pyproject.toml`',
                )
            seen.add(what)
    if diagnostics.has_errors:
        raise GraphError(tuple(diagnostics))


def file_config(path: Path) -> Any:
    """The description of the model in a file, as data."""
    if not path.is_file():
        raise failure(codes.UNREADABLE_MODEL, f"there is no file `{path}`")
    try:
        with ZipFile(path) as archive:
            if archive.getinfo(CONFIG).file_size > LARGEST:
                raise failure(codes.UNREADABLE_MODEL, f"`{path}` describes too large a model")
            return json.loads(archive.read(CONFIG))
    except (BadZipFile, KeyError, ValueError, OSError, RecursionError) as error:
        raise failure(
            codes.UNREADABLE_MODEL,
            f"`{path}` is no `.keras` file",
            notes=(f"{type(error).__name__}: {error}",),
            help="save the model with `model.save('model.keras')`",
        ) from error


def objects_in(value: Any, layer: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every object that a description names, with the name of the layer that it is in."""
    waiting = [(value, layer)]
    while waiting:
        value, layer = waiting.pop()
        if isinstance(value, list):
            waiting += [(item, layer) for item in reversed(value)]
        elif isinstance(value, dict):
            config = value.get("config")
            if isinstance(config, dict) and isinstance(config.get("name"), str):
                layer = config["name"]
            if isinstance(value.get("class_name"), str):
                yield layer, value
            waiting += [(item, layer) for item in reversed(value.values())]


def _is_of_keras(module: str) -> bool:
    return module.partition(".")[0] in ("keras", "builtins")


def is_harmless(module: str, name: str, serialized: dict[str, Any]) -> bool:
    """Whether an object is one of Keras' that does nothing but compute."""
    if name == "function":
        return module == "builtins" or _within(module, ("activations", "losses", "metrics", "ops"))
    if module == "builtins":
        return name.startswith("__") or serialized.get("module") is None
    if module == "keras":
        return name in _CLASSES
    return _within(module, (*_PARTS, *_MODELS))


def _within(module: str, parts: tuple[str, ...]) -> bool:
    """Whether a module is of one of some parts of Keras."""
    inside = module.removeprefix("keras.").removeprefix("src.")
    return module.startswith("keras.") and any(
        inside == part or inside.startswith(f"{part}.") for part in parts
    )
