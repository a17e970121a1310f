"""Samples → the batches of every epoch, the same again for the same seed.

The order of an epoch depends on the seed and the number of the epoch alone, so that training can
go on in the midst of one: `tf.random.experimental.stateless_shuffle(rows, seed=[seed, epoch])`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from layergraph.diagnostics import GraphError
from layergraph.training.columns import Column, Eager

if TYPE_CHECKING:
    import tensorflow as tf


class Epochs(NamedTuple):
    """Which batches of a fit: from the step `skip` of the epoch `first` on, before `last`.

    Epochs count from 0. `seed` is None where rows keep their order.
    """

    first: int = 0
    last: int = 1
    skip: int = 0
    seed: int | None = None


Columns = tuple[Mapping[str, Column], ...]
"""Inputs; or inputs and targets; or inputs, targets and weights: what Keras is given of a batch."""


def steps(rows: int, size: int) -> int:
    """How many batches of at most `size` rows there are."""
    return -(-rows // size)


def batches(columns: Columns, rows: np.ndarray, size: int, epochs: Epochs) -> tf.data.Dataset:
    """The batches of some epochs, one after another.

    Args:
        columns: what a batch has.
        rows: the rows that are taken.
        size: how many rows a batch has; the last of an epoch may have fewer.
        epochs: which epochs.

    Returns:
        A dataset of tuples of dicts, one for each mapping of `columns`.
    """
    import tensorflow as tf

    numbers = tf.constant(rows, tf.int64)
    count = steps(len(rows), size)

    def in_epoch(epoch: Any) -> Any:
        order = numbers
        if epochs.seed is not None:
            seed = tf.stack([tf.constant(epochs.seed, tf.int64), epoch])
            order = tf.random.experimental.stateless_shuffle(numbers, seed=seed)
        return tf.data.Dataset.range(count).map(lambda step: order[step * size : (step + 1) * size])

    found = tf.data.Dataset.range(epochs.first, epochs.last).flat_map(in_epoch).skip(epochs.skip)
    if all(isinstance(column, Eager) for part in columns for column in part.values()):
        found = found.map(_taken(columns))
    else:  # files are read and decoded in the background
        found = found.map(_taken(columns), num_parallel_calls=tf.data.AUTOTUNE, deterministic=True)
    return undistributed(found.prefetch(tf.data.AUTOTUNE))


def one_epoch(dataset: tf.data.Dataset, count: int) -> tf.data.Dataset:
    """A dataset that says how many batches it has, which Keras else finds out with a warning."""
    import tensorflow as tf

    return dataset.apply(tf.data.experimental.assert_cardinality(count))


def undistributed(dataset: tf.data.Dataset) -> tf.data.Dataset:
    """The dataset as one that is not split by files or elements when several devices share it."""
    import tensorflow as tf

    options = tf.data.Options()
    options.experimental_distribute.auto_shard_policy = tf.data.experimental.AutoShardPolicy.OFF
    return dataset.with_options(options)


def _taken(columns: Columns) -> Any:
    """The function from row numbers to a batch."""
    import tensorflow as tf

    eager = [
        {name: tf.constant(c.values) for name, c in part.items() if isinstance(c, Eager)}
        for part in columns
    ]
    lazy = [{name: c for name, c in part.items() if not isinstance(c, Eager)} for part in columns]

    def take(rows: Any) -> Any:
        parts = []
        for in_memory, on_disk in zip(eager, lazy, strict=True):
            found = {name: tf.gather(values, rows) for name, values in in_memory.items()}
            found |= {name: _read(column, rows) for name, column in on_disk.items()}
            parts.append(found)
        return tuple(parts)

    return take


def _read(column: Column, rows: Any) -> Any:
    import tensorflow as tf

    def take(numbers: np.ndarray) -> np.ndarray:
        try:
            return column.take(numbers)
        except GraphError as error:
            _FAILED.append(error)
            raise

    kind = tf.string if column.dtype == "string" else tf.as_dtype(column.dtype)
    found = tf.numpy_function(take, [rows], kind, stateful=False)
    found.set_shape((None, *column.shape))
    return found


_FAILED: list[GraphError] = []
"""What reading has raised inside of TensorFlow, which makes an error of its own of it."""


@contextmanager
def errors_of_reading() -> Iterator[None]:
    """Raise what reading a file of the data raised, where TensorFlow has made its own of it.

    Raises:
        GraphError: unreadable-image, wrong-data-shape.
    """
    import tensorflow as tf

    _FAILED.clear()
    try:
        yield
    except tf.errors.OpError:
        if _FAILED:
            raise _FAILED[0] from None
        raise
