"""Data of any form → a source of batches that fit the graph."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from layergraph.training.encoding import encode, needed_columns, word_columns
from layergraph.training.fields import Field, Target
from layergraph.training.reading.given_dataset import GivenDataset
from layergraph.training.reading.parquet_stream import ParquetStream
from layergraph.training.reading.read import read_data
from layergraph.training.sources import SampledSource, Source

if TYPE_CHECKING:
    from layergraph.training.preparation import Settings


def load_source(
    data: Any, fields: tuple[Field, ...], targets: tuple[Target, ...], settings: Settings
) -> Source:
    """Read data and check it against what the graph asks of it.

    Args:
        data: what `read_data` takes.
        fields: the inputs as data.
        targets: the outputs as data; none to predict.
        settings: which modules may be imported, and how much may be held in memory.

    Raises:
        GraphError: with every mistake in the data.
    """
    read = read_data(
        data,
        needed=needed_columns(fields, targets),
        words=word_columns(fields),
        allow=settings.allow,
        memory=settings.memory,
    )
    if isinstance(read, GivenDataset):
        from layergraph.training.given_source import GivenSource

        read.check(fields, targets)
        return GivenSource(read, targets)
    if isinstance(read, ParquetStream):
        from layergraph.training.streamed_source import StreamedSource

        return StreamedSource(read, fields, targets)
    samples = encode(read, fields, targets)
    return SampledSource(read, samples, targets)
