"""The canonical form of graph files: order, quotes, brackets and columns; comments kept."""

from layergraph.syntax.formatting.formatter import format_source

__all__ = ["format_source"]
