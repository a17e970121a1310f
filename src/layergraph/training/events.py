"""What TensorBoard shows of a fit: a scalar for each loss and metric, epoch by epoch."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from layergraph.training.history import VALIDATION


class Events:
    """The logs of one fit, under the names of Keras' own callback: `epoch_loss`, in two folders.

    They are written when the fit's checkpoint is, so that what is done again is not shown twice.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._waiting: list[tuple[int, Mapping[str, float]]] = []

    def add(self, epoch: int, values: Mapping[str, float]) -> None:
        """Take down an epoch, which counts from 0."""
        self._waiting.append((epoch, dict(values)))

    def write(self) -> None:
        """Write what was taken down."""
        import tensorflow as tf

        parts: dict[str, list[tuple[str, float, int]]] = {"train": [], "validation": []}
        for epoch, values in self._waiting:
            for name, value in values.items():
                part = "validation" if name.startswith(VALIDATION) else "train"
                tag = f"epoch_{name.removeprefix(VALIDATION) if part == 'validation' else name}"
                parts[part].append((tag, value, epoch))
        self._waiting = []
        for part, scalars in parts.items():
            if not scalars:
                continue
            writer = tf.summary.create_file_writer(str(self._folder / part))
            with writer.as_default():
                for tag, value, epoch in scalars:
                    tf.summary.scalar(tag, value, step=epoch)
            writer.close()
