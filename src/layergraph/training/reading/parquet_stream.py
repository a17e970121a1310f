"""A Parquet file that does not fit in memory, read in chunks of rows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from layergraph.training.reading.packages import package
from layergraph.training.reading.table import Table

if TYPE_CHECKING:
    import numpy as np

_ROWS: Final = 65_536
_BUFFER: Final = 2**20


class ParquetStream:
    """The rows of a Parquet file in chunks, of which one is in memory at a time.

    A chunk is a piece of a row group, of 65,536 rows at most. Where a row group takes no more than
    a quarter of `memory` it is kept until a chunk of another is asked for; of a larger one only
    pages are. So chunks are read fastest in their order, or at least those of one group, `groups`
    says which these are, one after another.

    Args:
        path: the file.
        name: as messages show it.
        digest: sha256 of the file's bytes.
        names: the names of all columns.
        columns: the names of those that are read.
        sizes: bytes that these take in memory, about, for each row group.
        memory: bytes that may be taken.
    """

    def __init__(
        self,
        path: Path,
        name: str,
        digest: str,
        names: tuple[str, ...],
        columns: tuple[str, ...],
        sizes: list[int],
        memory: int,
    ) -> None:
        parquet = package("pyarrow.parquet", "a `.parquet` file")
        self.name = name
        self.digest = digest
        self.names = names
        self.folder = path.parent
        self._path = path
        self._columns = list(columns)
        self._memory = memory // 4
        self._sizes = sizes
        with parquet.ParquetFile(path) as file:
            lengths = [file.metadata.row_group(i).num_rows for i in range(len(sizes))]
        self._pieces: list[tuple[int, int]] = []
        """The row group of each chunk, and the chunk's first row within it."""
        self._starts = [0]
        groups = []
        for group, length in enumerate(lengths):
            first = len(self._pieces)
            for start in range(0, length, _ROWS):
                self._pieces.append((group, start))
                self._starts.append(self._starts[-1] + min(_ROWS, length - start))
            if length:
                groups.append(range(first, len(self._pieces)))
        self.groups = tuple(groups)
        """The chunks of each row group."""
        self._held: tuple[int, Any] | None = None
        self._open: tuple[int, int, Iterator[Any]] | None = None
        """A row group, the chunk of it that is next, and the pieces from there on."""

    def __len__(self) -> int:
        return self._starts[-1]

    def __repr__(self) -> str:
        return f"<ParquetStream {self.name}: {len(self):,} rows in {self.chunks:,} chunks>"

    @property
    def chunks(self) -> int:
        """How many chunks there are."""
        return len(self._pieces)

    def start(self, chunk: int) -> int:
        """The number of a chunk's first row; of the chunk after the last, the number of rows."""
        return self._starts[chunk]

    def chunk(self, chunk: int) -> Table:
        """The rows of a chunk.

        Raises:
            GraphError: unreadable-data.
        """
        from layergraph.training.reading.parquet import damaged

        try:
            return self._table(chunk)
        except (unsound(), OSError) as error:
            raise damaged(self.name, error) from error

    def column(self, name: str) -> np.ndarray:
        """All rows of one column, such as the labels that a split is stratified by.

        Raises:
            GraphError: unreadable-data.
        """
        import numpy as np

        alone = ParquetStream(
            self._path,
            self.name,
            self.digest,
            self.names,
            (name,),
            [size // len(self._columns) for size in self._sizes],
            self._memory * 4,
        )
        return np.concatenate([alone.chunk(i).columns[name] for i in range(alone.chunks)])

    def _table(self, chunk: int) -> Table:
        from layergraph.training.reading.arrow_columns import columns_of

        group, within = self._pieces[chunk]
        length = self._starts[chunk + 1] - self._starts[chunk]
        if self._sizes[group] <= self._memory:
            rows = self._group(group).slice(within, length)
        else:
            rows = self._batch(chunk)
        columns = columns_of(rows, self.name, self._starts[chunk])
        return Table(columns, length, self.name, self.digest, self.names, self.folder, is_part=True)

    def _group(self, group: int) -> Any:
        """A whole row group, which is kept."""
        if self._held is None or self._held[0] != group:
            self._held = None  # so that there are never two
            with self._file() as file:
                read = file.read_row_group(group, columns=self._columns)
            self._held = group, read
        return self._held[1]

    def _batch(self, chunk: int) -> Any:
        """A chunk of a row group that is too large to keep: the next, or found from its start."""
        arrow = package("pyarrow", "a `.parquet` file")
        chunks = next(chunks for chunks in self.groups if chunk in chunks)
        group, at, batches = self._open or (-1, 0, iter(()))
        if group != self._pieces[chunk][0] or at > chunk:
            group, at = self._pieces[chunk][0], chunks.start
            batches = self._batches(group)
        self._open = None
        for _ in range(chunk - at):
            next(batches)
        found = arrow.Table.from_batches([next(batches)])
        self._open = group, chunk + 1, batches
        return found

    def _batches(self, group: int) -> Iterator[Any]:
        with self._file() as file:
            yield from file.iter_batches(_ROWS, row_groups=[group], columns=self._columns)

    def _file(self) -> Any:
        """The file, read page by page."""
        parquet = package("pyarrow.parquet", "a `.parquet` file")
        return parquet.ParquetFile(self._path, pre_buffer=False, buffer_size=_BUFFER)


def unsound() -> type[Exception]:
    """What pyarrow raises of a file that is none, or damaged."""
    error: type[Exception] = package("pyarrow", "a `.parquet` file").ArrowException
    return error
