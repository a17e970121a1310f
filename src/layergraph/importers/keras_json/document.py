"""An architecture → the flat document of it."""

from __future__ import annotations

from typing import Any

from layergraph.graph.flat_names import Keys
from layergraph.importers.keras_json.architecture import Architecture
from layergraph.importers.keras_json.level import Body, Level
from layergraph.importers.keras_json.values import Values
from layergraph.importers.refusals import Refusals


class Document:
    """The nodes of an architecture, and the blocks of the models in it.

    Args:
        version: the first number of the version of Keras that wrote it.
    """

    def __init__(self, version: int) -> None:
        self.notes: list[str] = []
        self.refusals = Refusals()
        self.values = Values(version, self.notes)
        self.blocks: dict[str, dict[str, Any]] = {}
        self._block_keys = Keys()
        self._same_blocks: dict[str, str] = {}

    def body(self, model: Architecture) -> Body:
        """The entries of a model."""
        return Level(model, self).body()

    def block(self, model: Architecture) -> tuple[str, Body]:
        """The key of the block of a model inside of another, and what stands in it."""
        body = self.body(model)
        outputs: Any = {name: output["from"] for name, output in body.outputs.items()}
        if len(outputs) == 1:
            (outputs,) = outputs.values()
        entry = {"inputs": list(body.inputs), "layers": body.layers, "outputs": outputs}
        written = repr(entry)
        if written not in self._same_blocks:
            key = self._same_blocks[written] = self._block_keys.fresh(model.name)
            self.blocks[key] = {name: value for name, value in entry.items() if value}
        return self._same_blocks[written], body
