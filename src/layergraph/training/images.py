"""A column of file names, whose pictures are decoded when they are taken."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from layergraph.diagnostics import Diagnostics, GraphError, Span, codes
from layergraph.training.columns import Array, numpy_dtype

HELP: Final = "BMP, GIF, JPEG and PNG are decoded: save the picture as one of these again"


@dataclass(frozen=True, eq=False)
class Images:
    """Pictures in files: each is decoded and, where the shape is known, resized to it.

    Values are 0 to 255, in the dtype that the input takes. Resizing is bilinear.

    Args:
        files: (n,), names of files.
        folder: what these are relative to; None is the working directory.
        shape: (height, width, channels); height and width may be None, and so may channels, which
            are then those of the file.
        dtype: the input's.
        column: the name of the column of the data.
        rows: (n,), the numbers of the rows in the data, for messages.
        span: the place of the input.
    """

    files: Array
    folder: Path | None
    shape: tuple[int | None, ...]
    dtype: str
    column: str
    rows: Array
    span: Span

    def __len__(self) -> int:
        return len(self.files)

    def take(self, rows: Array) -> Array:
        """The pictures of the rows of these numbers: (len(rows), height, width, channels).

        Raises:
            GraphError: unreadable-image; wrong-data-shape, where the shape leaves a size open and
                the pictures of these rows differ in it.
        """
        found = [self.picture(int(row)) for row in rows]
        for row, picture in zip(rows, found, strict=True):
            if picture.shape != found[0].shape:
                raise self._failure(
                    codes.WRONG_DATA_SHAPE,
                    f"{self._said(int(row))} is {_size(picture)}, and others of its batch are "
                    f"{_size(found[0])}",
                    "give the height, the width and the channels in `shape`: pictures are then "
                    "resized to it",
                )
        if not found:
            sizes = [size or 0 for size in self.shape]
            return np.empty((0, *sizes), numpy_dtype(self.dtype))
        return np.stack(found)

    def picture(self, row: int) -> Array:
        """The picture of one row: (height, width, channels).

        Raises:
            GraphError: unreadable-image.
        """
        import tensorflow as tf

        height, width, channels = self.shape
        try:
            with tf.device("CPU:0"):
                content = tf.io.read_file(str(self.path(row)))
                picture = tf.io.decode_image(
                    content, channels=channels or 0, expand_animations=False
                )
                picture = _resized(picture, height, width)
        except (tf.errors.OpError, ValueError) as error:
            said = str(getattr(error, "message", error)).partition("\n")[0].partition(" [Op:")[0]
            raise self._failure(
                codes.UNREADABLE_IMAGE,
                f"{self._said(row)} cannot be decoded",
                HELP,
                (said.rpartition("}} ")[2],),
            ) from error
        values: Array = picture.numpy()
        if values.dtype.kind == "f" and "float" not in self.dtype:
            values = np.rint(values)
        return values.astype(numpy_dtype(self.dtype))

    def path(self, row: int) -> Path:
        """The file of one row."""
        name: Any = self.files[row]
        return (self.folder or Path()) / str(name)

    def missing(self) -> int | None:
        """The first row whose file does not exist."""
        known: dict[str, bool] = {}
        for row, name in enumerate(self.files):
            if name not in known:
                known[name] = self.path(row).is_file()
            if not known[name]:
                return row
        return None

    def _said(self, row: int) -> str:
        return f"row {self.rows[row]} of `{self.column}`, {self.path(row)},"

    def _failure(
        self, code: codes.Code, message: str, help: str, notes: tuple[str, ...] = ()
    ) -> GraphError:
        diagnostics = Diagnostics()
        diagnostics.report(code, message, self.span, notes=notes, help=help)
        return GraphError(tuple(diagnostics))


def _resized(picture: Any, height: int | None, width: int | None) -> Any:
    import tensorflow as tf

    has_height, has_width, _ = picture.shape
    wanted = (height or has_height, width or has_width)
    if wanted == (has_height, has_width):
        return picture
    return tf.image.resize(picture, wanted, method="bilinear")


def _size(picture: Array) -> str:
    return " × ".join(map(str, picture.shape))
