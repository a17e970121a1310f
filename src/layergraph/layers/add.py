"""Add: `keras/src/layers/merging/add.py`."""

from layergraph.layers.merging_base import ElementwiseMerge


class Add(ElementwiseMerge):
    """Sum, element by element: a list of (batch, …) that broadcast → (batch, …)."""
