"""Attention layers against Keras, over drawn arguments and shapes."""

import keras
import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from layergraph.layers.multi_head_attention import MultiHeadAttention
from layergraph.tensors import TensorSpec
from tests.parity.against_keras import compare, spec

SIZES = st.sampled_from([1, 2, 3, 5, None])
COUNTS = st.integers(1, 4)
DTYPES = st.sampled_from(["float16", "mixed_bfloat16", "float64"])
CALL = {"use_causal_mask": st.booleans(), "training": st.booleans()}


@st.composite
def attended(draw):
    """Shapes of query and value, which fit, and of a key, which may not."""
    free = draw(st.lists(st.integers(1, 3), max_size=1))
    query = [*free, draw(SIZES), draw(SIZES)]
    value = [*free, draw(SIZES), draw(SIZES)]
    key = [*free, draw(st.just(value[-2]) | SIZES), draw(st.just(query[-1]) | SIZES)]
    value[-1] = draw(st.just(value[-1]) | st.just(query[-1]))
    return query, value, draw(st.none() | st.just(key))


@settings(max_examples=150)
@given(
    arguments=st.fixed_dictionaries(
        {"num_heads": COUNTS, "key_dim": COUNTS},
        optional={
            "value_dim": COUNTS,
            "dropout": st.sampled_from([0, 0.5]),
            "use_bias": st.booleans(),
            "output_shape": COUNTS | st.lists(COUNTS, min_size=1, max_size=2),
            "attention_axes": st.sampled_from([1, 1, 1, 2, 6]),
            "flash_attention": st.booleans(),
            "use_gate": st.booleans(),
            "dtype": DTYPES,
        },
    ),
    shapes=attended(),
    call=st.fixed_dictionaries({}, optional=CALL),
    scores=st.booleans(),
)
def test_multi_head_attention(arguments, shapes, call, scores):
    query, value, key = shapes
    axes = arguments.get("attention_axes", 1)
    # Keras attends over the features and the heads too, which is no attention.
    assume(axes not in (len(query), len(query) + 1))
    # Along the axes without attention Keras learns of sizes that do not fit when it runs.
    if "attention_axes" in arguments:
        others = [i for i in range(len(query) - 1) if i != axes - 1]
        assume(all(query[i] == value[i] or None in (query[i], value[i]) for i in others))
    # Keras takes flash attention with scores, and fails when it runs.
    if scores and not arguments.get("flash_attention"):
        # Keras declares (batch, heads, t, t); see the next test.
        assume(len(query) == 2 and query[0] == value[0])
        call = {**call, "return_attention_scores": True}
    named = {} if key is None else {"key": spec(*key)}
    compare("MultiHeadAttention", arguments, spec(*query), spec(*value), call=call, **named)


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


@settings(max_examples=80)
@given(
    name=st.sampled_from(["Attention", "AdditiveAttention"]),
    arguments=st.fixed_dictionaries(
        {},
        optional={
            "use_scale": st.booleans(),
            "dropout": st.sampled_from([0, 0.5]),
            "dtype": DTYPES,
        },
    ),
    concat=st.booleans(),
    shapes=attended(),
    call=st.fixed_dictionaries({}, optional={**CALL, "return_attention_scores": st.booleans()}),
    masked=st.booleans(),
)
def test_attention(name, arguments, concat, shapes, call, masked):
    query, value, key = shapes
    # Of sizes that do not fit Keras learns when it runs.
    last = value if key is None else key
    assume(None in (query[-1], last[-1]) or query[-1] == last[-1])
    assume(None in (value[-2], last[-2]) or value[-2] == last[-2])
    if name == "Attention" and concat:
        arguments = {**arguments, "score_mode": "concat"}
    shapes = [query, value] if key is None else [query, value, key]
    named = {}
    if masked:
        named["mask"] = tuple(spec(*shape[:-1], dtype="bool") for shape in shapes[:2])
    compare(name, arguments, tuple(spec(*shape) for shape in shapes), call=call, **named)


@pytest.mark.parametrize("count", [1, 4])
def test_attention_on_another_number_of_tensors(count):
    assert compare("Attention", {}, (spec(3, 4),) * count) == "refused"
