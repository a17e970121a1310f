"""Attention where Keras declares something else than it computes."""

import keras
import numpy as np
import pytest

from layergraph.layers.multi_head_attention import MultiHeadAttention
from layergraph.tensors import TensorSpec


@pytest.mark.parametrize(
    ("axes", "query", "value"),
    [
        (None, (3, 4), (6, 5)),
        (2, (2, 3, 4), (2, 6, 4)),
        ([1, 2], (2, 3, 4), (5, 6, 4)),
        (-2, (2, 3, 4), (2, 6, 4)),
    ],
)
def test_the_scores_are_as_computed(axes, query, value):
    """Keras declares another shape than it computes; ours is the computed one."""
    arguments = {"num_heads": 2, "key_dim": 3, "attention_axes": axes}
    layer = MultiHeadAttention.model_validate(arguments)
    call = layer.Call(return_attention_scores=True)
    ours = layer.infer(TensorSpec((1, *query)), TensorSpec((1, *value)), call=call)
    theirs = keras.layers.MultiHeadAttention(**arguments)(
        np.ones((1, *query), "float32"),
        np.ones((1, *value), "float32"),
        return_attention_scores=True,
    )
    assert [tensor.shape for tensor in ours] == [tuple(tensor.shape) for tensor in theirs]
