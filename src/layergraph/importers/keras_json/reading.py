"""A JSON file of an architecture → a flat document, by which `layergraph import` reads it.

Given the path of a file, it guarantees a document whose every name and argument is Keras 3's, or a
`GraphError` that names each layer that has none. Neither TensorFlow nor Keras is needed.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NamedTuple

from layergraph.diagnostics import codes
from layergraph.importers.keras_json.architecture import Architecture, architecture_of
from layergraph.importers.keras_json.compiled import add_compiled
from layergraph.importers.keras_json.document import Document
from layergraph.importers.keras_json.malformed import Malformed
from layergraph.spec.file_keys import VERSION
from layergraph.spec.names import KERAS_NAME
from layergraph.targets.failures import failure

_LARGEST = 64 * 2**20
"""The bytes of the largest file that is read."""


class ImportedJson(NamedTuple):
    """The flat document of an architecture; `notes` say what is not as it was."""

    document: dict[str, Any]
    notes: tuple[str, ...]


def imported_json(path: Path) -> ImportedJson:
    """The flat document of a file that `model.to_json()` gave, in any version of Keras since 1.0.

    Raises:
        GraphError: unreadable-model, where it is no such file; inexpressible, for each layer that
            today's Keras has no more, or a graph file cannot have.
    """
    model = _read(path)
    try:
        architecture = architecture_of(model)
    except Malformed as error:
        raise _unreadable(path, str(error)) from error
    except RecursionError as error:
        raise _unreadable(path, "its models are nested too deep") from error
    document = Document(_version(model))
    body = document.body(architecture)
    sections = {
        "blocks": document.blocks,
        "inputs": body.inputs,
        "layers": body.layers,
        "outputs": body.outputs,
    }
    found = {"layergraph": VERSION, "name": _name(architecture, path)}
    found |= {name: section for name, section in sections.items() if section}
    add_compiled(found, model.get("compile_config"), document)
    document.refusals.raise_any()
    return ImportedJson(found, tuple(document.notes))


def _read(path: Path) -> dict[str, Any]:
    try:
        if path.stat().st_size > _LARGEST:
            raise _unreadable(path, f"it has more than {_LARGEST:,} bytes")
        model = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise _unreadable(path, error.strerror or str(error)) from error
    except (ValueError, RecursionError) as error:
        raise _unreadable(path, f"it is no JSON: {error}") from error
    if isinstance(model, str):  # what `to_json` gave, written as JSON once more
        try:
            model = json.loads(model)
        except (ValueError, RecursionError) as error:
            raise _unreadable(path, f"it is no JSON: {error}") from error
    if not isinstance(model, dict) or "class_name" not in model:
        raise _unreadable(path, "it is no architecture: it has no `class_name`")
    return model


def _version(model: dict[str, Any]) -> int:
    """The first number of the version of Keras; of a file that does not say, by its form."""
    first = str(model.get("keras_version", "")).partition(".")[0]
    if first.isdecimal():
        return int(first)
    return 3 if "compile_config" in model or "build_config" in model else 1


def _name(architecture: Architecture, path: Path) -> str:
    for name in (architecture.name, path.stem):
        if KERAS_NAME.fullmatch(name):
            return name
    return "model"


def _unreadable(path: Path, why: str) -> Exception:
    return failure(
        codes.UNREADABLE_MODEL,
        f"`{path}` cannot be imported: {why}",
        help="give a file that `model.to_json()` wrote",
    )
