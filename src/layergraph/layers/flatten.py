"""Flatten: `keras/src/layers/reshaping/flatten.py`."""

from layergraph.layers.arguments import DataFormat
from layergraph.layers.moving import Moving
from layergraph.layers.rules import require_rank
from layergraph.tensors import TensorSpec, product


class Flatten(Moving):
    """All axes but the batch in one: (batch, …) → (batch, n)."""

    data_format: DataFormat | None = None

    def infer(self, inputs: TensorSpec) -> TensorSpec:
        require_rank(inputs, at_least=1)
        return self._moved(inputs, (product(inputs.dims[1:]),))
