"""Where batches come from: samples in memory or on disk, streams, and datasets of one's own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Protocol

import numpy as np

from layergraph.training.batches import Columns, Epochs, batches, one_epoch, steps
from layergraph.training.class_weights import class_weights
from layergraph.training.columns import Eager

if TYPE_CHECKING:
    import tensorflow as tf

    from layergraph.diagnostics import Diagnostic
    from layergraph.training.encoding import Samples
    from layergraph.training.fields import Target
    from layergraph.training.reading.table import Table


class Source(Protocol):
    """Data that a model is trained on, adapted to, or evaluated on.

    `rows` are numbers of samples that a batch may have; `in_memory` says whether `array` may be
    asked. Batches are tuples of dicts by name: inputs, targets, and weights where there are any.
    """

    name: str
    digest: str | None
    in_memory: bool

    @property
    def gaps(self) -> Mapping[str, int]:
        """How many targets are missing, by output."""

    @property
    def dropped(self) -> int:
        """How many rows of the data are left out, as an input of theirs is missing."""

    @property
    def warnings(self) -> tuple[Diagnostic, ...]:
        """What is to be said of the data that stops nothing."""

    @property
    def rows(self) -> np.ndarray:
        """The numbers of all samples."""

    @property
    def numbers(self) -> np.ndarray:
        """The numbers that they have in the data, of whose rows some may be left out."""

    @property
    def length(self) -> int:
        """How many rows the data have."""

    def steps(self, rows: np.ndarray, size: int) -> int | None:
        """How many batches an epoch has; None where only the end of it tells."""

    def training(self, rows: np.ndarray, size: int, epochs: Epochs) -> tf.data.Dataset:
        """Batches to train on, where class weights count."""

    def in_order(self, rows: np.ndarray, size: int) -> tf.data.Dataset:
        """Batches to evaluate on."""

    def inputs(self, rows: np.ndarray, size: int) -> tf.data.Dataset:
        """The inputs alone, in order: dicts by name."""

    def array(self, name: str, rows: np.ndarray) -> np.ndarray:
        """One input."""

    def labels(self, output: str) -> np.ndarray:
        """The class of each sample by an output, -1 where it is missing."""


class SampledSource:
    """Samples of which any may be had at any time."""

    def __init__(self, table: Table, samples: Samples, targets: tuple[Target, ...]) -> None:
        self.name = table.name
        self.digest: str | None = table.digest
        self.length = len(table)
        self._samples = samples
        self._targets = targets
        self.in_memory = all(isinstance(column, Eager) for column in samples.inputs.values())

    @property
    def gaps(self) -> Mapping[str, int]:
        """How many targets are missing, by output."""
        return self._samples.gaps

    @property
    def dropped(self) -> int:
        """How many rows of the data are left out."""
        return self.length - len(self._samples)

    @property
    def warnings(self) -> tuple[Diagnostic, ...]:
        """What is to be said of the data that stops nothing."""
        return self._samples.warnings

    @property
    def rows(self) -> np.ndarray:
        """The numbers of all samples."""
        return np.arange(len(self._samples))

    @property
    def numbers(self) -> np.ndarray:
        """The numbers that they have in the data."""
        return self._samples.rows

    def steps(self, rows: np.ndarray, size: int) -> int:
        """How many batches an epoch has."""
        return steps(len(rows), size)

    def training(self, rows: np.ndarray, size: int, epochs: Epochs) -> tf.data.Dataset:
        """Batches to train on, where class weights count."""
        found = class_weights(self._targets, self._samples, rows)
        return batches(self._columns(found), rows, size, epochs)

    def in_order(self, rows: np.ndarray, size: int) -> tf.data.Dataset:
        """Batches to evaluate on."""
        found = batches(self._columns(self._samples.weights), rows, size, Epochs())
        return one_epoch(found, self.steps(rows, size))

    def inputs(self, rows: np.ndarray, size: int) -> tf.data.Dataset:
        """The inputs alone, in order: dicts by name."""
        return batches((self._samples.inputs,), rows, size, Epochs()).map(lambda x: x)

    def array(self, name: str, rows: np.ndarray) -> np.ndarray:
        """One input."""
        return self._samples.inputs[name].take(rows)

    def labels(self, output: str) -> np.ndarray:
        """The class of each sample by an output, -1 where it is missing."""
        return self._samples.labels(output)

    def _columns(self, weights: Mapping[str, np.ndarray]) -> Columns:
        found: Columns = (self._samples.inputs, self._samples.targets)
        if not weights:
            return found
        ones = np.ones(len(self._samples), np.float32)
        return (*found, {name: Eager(weights.get(name, ones)) for name in self._samples.targets})
