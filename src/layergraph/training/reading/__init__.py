"""Data of any form → a `Table`: columns by name, in memory or memory-mapped."""

from layergraph.training.reading.given_dataset import GivenDataset
from layergraph.training.reading.parquet_stream import ParquetStream
from layergraph.training.reading.read import read_data
from layergraph.training.reading.table import MEMORY, Table

__all__ = ["MEMORY", "GivenDataset", "ParquetStream", "Table", "read_data"]
