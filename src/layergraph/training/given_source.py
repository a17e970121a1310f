"""Batches that someone else makes: a `tf.data.Dataset`, or a `keras.utils.PyDataset`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from layergraph.diagnostics import codes
from layergraph.targets.failures import failure
from layergraph.training.batches import Epochs

if TYPE_CHECKING:
    import tensorflow as tf

    from layergraph.diagnostics import Diagnostic
    from layergraph.training.fields import Target
    from layergraph.training.reading.given_dataset import GivenDataset


class GivenSource:
    """A dataset whose batches are taken as they come: it cannot be split, nor read again in part.

    Raises:
        GraphError: unsplittable-data, where the file weighs samples: a dataset gives the weights.
    """

    digest: str | None = None
    in_memory = False

    def __init__(self, given: GivenDataset, targets: tuple[Target, ...]) -> None:
        self.name = given.name
        self._dataset = given.dataset
        for target in targets:
            if target.class_weight is not None or target.sample_weight is not None:
                raise failure(
                    codes.UNSPLITTABLE_DATA,
                    f"`{target.name}` has weights in the graph file, and a dataset gives its own",
                    help="give them as the third part of its batches, or give arrays",
                )

    @property
    def gaps(self) -> Mapping[str, int]:
        """None that anybody knows of."""
        return {}

    @property
    def dropped(self) -> int:
        """None."""
        return 0

    @property
    def warnings(self) -> tuple[Diagnostic, ...]:
        """None."""
        return ()

    @property
    def rows(self) -> np.ndarray:
        """None that anybody could name."""
        return np.arange(0)

    numbers = rows
    length = 0

    def steps(self, rows: np.ndarray, size: int) -> int | None:  # noqa: ARG002
        """Not known."""
        return None

    def training(self, rows: np.ndarray, size: int, epochs: Epochs) -> Any:  # noqa: ARG002
        """The dataset: Keras goes through it again in every epoch."""
        return self._dataset

    def in_order(self, rows: np.ndarray, size: int) -> Any:  # noqa: ARG002
        """The dataset."""
        return self._dataset

    def inputs(self, rows: np.ndarray, size: int) -> tf.data.Dataset:  # noqa: ARG002
        """The inputs of its batches."""
        import tensorflow as tf

        if isinstance(self._dataset, tf.data.Dataset):
            return self._dataset.map(lambda *parts: _inputs(parts))
        first = _tensors(_inputs(self._dataset[0]))
        spec = {
            name: tf.TensorSpec((None, *value.shape[1:]), value.dtype)
            for name, value in first.items()
        }
        return tf.data.Dataset.from_generator(
            lambda: (_tensors(_inputs(self._dataset[i])) for i in range(len(self._dataset))),
            output_signature=spec,
        )

    def array(self, name: str, rows: np.ndarray) -> np.ndarray:  # noqa: ARG002
        """Not to be had.

        Raises:
            TypeError: always.
        """
        raise TypeError("a dataset gives batches alone")

    def labels(self, output: str) -> np.ndarray:
        """Not to be had.

        Raises:
            GraphError: unsplittable-data.
        """
        raise _unsplittable(f"a dataset cannot be stratified by `{output}`")


def check_splittable(source: Any) -> None:
    """Refuse to split a dataset.

    Raises:
        GraphError: unsplittable-data.
    """
    if isinstance(source, GivenSource):
        raise _unsplittable("a dataset cannot be split into training and validation")


def _unsplittable(message: str) -> Exception:
    return failure(
        codes.UNSPLITTABLE_DATA,
        message,
        help="give `--validation-data` (`validation_data` in Python), or give arrays",
    )


def _inputs(parts: Any) -> Any:
    return parts[0] if isinstance(parts, tuple | list) else parts


def _tensors(values: Mapping[str, Any]) -> dict[str, Any]:
    import tensorflow as tf

    return {name: tf.convert_to_tensor(value) for name, value in values.items()}
