"""Samples of a Parquet file that is read chunk by chunk, in every epoch anew."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from layergraph.training.batches import Epochs, one_epoch, steps, undistributed
from layergraph.training.class_weights import weights_by_class
from layergraph.training.encoding import Samples, encode
from layergraph.training.fields import Field, Target

if TYPE_CHECKING:
    import tensorflow as tf

    from layergraph.diagnostics import Diagnostic
    from layergraph.training.reading.parquet_stream import ParquetStream

Batch = tuple[dict[str, np.ndarray], ...]
"""Inputs, targets and weights, as a batch has them."""


class StreamedSource:
    """Chunks of rows, of which one at a time is in memory.

    In training the order of the chunks is shuffled, and the rows within each: a batch has rows of
    one chunk, or of two that follow each other. All rows are checked once, before anything else.

    Raises:
        GraphError: with every mistake in the first chunk that has one.
    """

    in_memory = False

    def __init__(
        self, stream: ParquetStream, fields: tuple[Field, ...], targets: tuple[Target, ...]
    ) -> None:
        self.name = stream.name
        self.digest: str | None = stream.digest
        self._stream = stream
        self._fields = fields
        self._targets = targets
        self._gaps: dict[str, int] = {}
        self._labels: dict[str, list[np.ndarray]] = {t.name: [] for t in targets if _counts(t)}
        self._has_weights = any(target.sample_weight is not None for target in targets)
        kept = []
        whole = np.int32 if len(stream) < 2**31 else np.int64  # there may be many
        for number in range(stream.chunks):
            samples = self._samples(number)
            kept.append(samples.rows.astype(whole))
            for output, count in samples.gaps.items():
                self._gaps[output] = self._gaps.get(output, 0) + count
            for output, labels in self._labels.items():
                labels.append(self._all_rows(number, samples, samples.labels(output)))
        self._rows = np.concatenate(kept)
        self._weighted = {
            target.name: np.concatenate(self._labels[target.name])
            for target in targets
            if target.class_weight is not None
        }

    @property
    def gaps(self) -> Mapping[str, int]:
        """How many targets are missing, by output."""
        return self._gaps

    @property
    def dropped(self) -> int:
        """How many rows of the data are left out."""
        return len(self._stream) - len(self._rows)

    @property
    def warnings(self) -> tuple[Diagnostic, ...]:
        """None: a table may have columns that nobody needs."""
        return ()

    @property
    def rows(self) -> np.ndarray:
        """The numbers of the rows of the file that are samples."""
        return self._rows

    numbers = rows

    @property
    def length(self) -> int:
        """How many rows the file has."""
        return len(self._stream)

    def steps(self, rows: np.ndarray, size: int) -> int:
        """How many batches an epoch has."""
        return steps(len(rows), size)

    def training(self, rows: np.ndarray, size: int, epochs: Epochs) -> tf.data.Dataset:
        """Batches to train on, where class weights count."""
        weights = {
            target.name: weights_by_class(target, self._weighted[target.name][rows])
            for target in self._targets
            if target.class_weight is not None
        }
        return self._dataset(rows, size, epochs, weights)

    def in_order(self, rows: np.ndarray, size: int) -> tf.data.Dataset:
        """Batches to evaluate on."""
        return one_epoch(self._dataset(rows, size, Epochs(), {}), self.steps(rows, size))

    def inputs(self, rows: np.ndarray, size: int) -> tf.data.Dataset:
        """The inputs alone, in order."""
        return self.in_order(rows, size).map(lambda x, *_: x)

    def array(self, name: str, rows: np.ndarray) -> np.ndarray:  # noqa: ARG002
        """Not to be had.

        Raises:
            TypeError: always.
        """
        raise TypeError("a stream is not held in memory")

    def labels(self, output: str) -> np.ndarray:
        """The class of each row of the file by an output, -1 where it is missing."""
        return np.concatenate(self._labels[output])

    def _samples(self, chunk: int) -> Samples:
        return encode(
            self._stream.chunk(chunk),
            self._fields,
            self._targets,
            first_row=self._stream.start(chunk),
        )

    def _all_rows(self, chunk: int, samples: Samples, labels: np.ndarray) -> np.ndarray:
        first, end = self._stream.start(chunk), self._stream.start(chunk + 1)
        found = np.full(end - first, -1, np.int32)
        found[samples.rows - first] = labels
        return found

    def _dataset(
        self, rows: np.ndarray, size: int, epochs: Epochs, weights: Mapping[str, np.ndarray]
    ) -> tf.data.Dataset:
        import tensorflow as tf

        chosen = np.zeros(len(self._stream), bool)
        chosen[rows] = True
        found = tf.data.Dataset.from_generator(
            lambda: self._epochs(chosen, size, epochs, weights),
            output_signature=self._signature(bool(weights)),
        )
        return undistributed(found.prefetch(2))

    def _epochs(
        self, chosen: np.ndarray, size: int, epochs: Epochs, weights: Mapping[str, np.ndarray]
    ) -> Iterator[Batch]:
        skip = epochs.skip
        for epoch in range(epochs.first, epochs.last):
            seed = None if epochs.seed is None else (epochs.seed, epoch)
            yield from self._batches(chosen, size, seed, skip, weights)
            skip = 0

    def _batches(
        self,
        chosen: np.ndarray,
        size: int,
        seed: tuple[int, int] | None,
        skip: int,
        weights: Mapping[str, np.ndarray],
    ) -> Iterator[Batch]:
        """The batches of an epoch from the step `skip` on; chunks before it are not read."""
        left = skip * size
        rest: Batch | None = None
        for chunk in self._order(seed):
            first, end = self._stream.start(chunk), self._stream.start(chunk + 1)
            rows = first + np.flatnonzero(chosen[first:end])
            if seed is not None:
                np.random.default_rng((*seed, chunk)).shuffle(rows)
            if left >= len(rows):
                left -= len(rows)
                continue
            rows, left = rows[left:], 0
            part = self._taken(chunk, rows, weights)
            if rest is not None:
                part = _joined(rest, part)
            count = len(next(iter(part[0].values())))
            whole = count - count % size
            for start in range(0, whole, size):
                yield _sliced(part, start, start + size)
            rest = _sliced(part, whole, count) if whole < count else None
        if rest is not None:
            yield rest

    def _order(self, seed: tuple[int, int] | None) -> Iterator[int]:
        """The chunks of an epoch: groups in any order, and the chunks of each in theirs."""
        groups = self._stream.groups
        order = np.arange(len(groups))
        if seed is not None:
            np.random.default_rng(seed).shuffle(order)
        for number in order:
            yield from groups[number]

    def _taken(self, chunk: int, rows: np.ndarray, weights: Mapping[str, np.ndarray]) -> Batch:
        samples = self._samples(chunk)
        at = np.searchsorted(samples.rows, rows)
        found: Batch = (
            {name: column.take(at) for name, column in samples.inputs.items()},
            {name: column.take(at) for name, column in samples.targets.items()},
        )
        if not self._is_weighted(bool(weights)):
            return found
        own = {
            name: samples.weights[name][at]
            if name in samples.weights
            else np.ones(len(at), np.float32)
            for name in samples.targets
        }
        for name, by_class in weights.items():
            labels = samples.labels(name)[at]
            own[name] = np.where(labels >= 0, own[name] * by_class[labels], own[name])
        return (*found, {name: values.astype(np.float32) for name, values in own.items()})

    def _is_weighted(self, has_class_weights: bool) -> bool:
        return has_class_weights or self._has_weights or bool(self._gaps)

    def _signature(self, has_class_weights: bool) -> Any:
        import tensorflow as tf

        def spec(wanted: Field | Target) -> Any:
            kind = tf.string if wanted.dtype == "string" else wanted.dtype
            return tf.TensorSpec((None, *wanted.shape), kind)

        found = (
            {field.name: spec(field) for field in self._fields},
            {target.name: spec(target) for target in self._targets},
        )
        if not self._is_weighted(has_class_weights):
            return found
        weight = tf.TensorSpec((None,), tf.float32)
        return (*found, {target.name: weight for target in self._targets})


def _counts(target: Target) -> bool:
    """Whether its targets are of classes that can be counted."""
    return target.form != "number" and (target.form == "integer" or target.count is not None)


def _joined(first: Batch, second: Batch) -> Batch:
    return tuple(
        {name: np.concatenate([values, other[name]]) for name, values in one.items()}
        for one, other in zip(first, second, strict=True)
    )


def _sliced(batch: Batch, start: int, end: int) -> Batch:
    return tuple({name: values[start:end] for name, values in part.items()} for part in batch)
