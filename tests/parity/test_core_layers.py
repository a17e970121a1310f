"""Core layers against Keras, over drawn arguments and shapes."""

from hypothesis import given
from hypothesis import strategies as st

from tests.parity.against_keras import compare, spec

SIZES = st.integers(1, 6)


@given(
    arguments=st.fixed_dictionaries(
        {"units": SIZES},
        optional={
            "use_bias": st.booleans(),
            "activation": st.sampled_from(["relu", "softmax"]),
            "trainable": st.booleans(),
            "dtype": st.sampled_from(["float16", "mixed_bfloat16", "float64"]),
            "lora_rank": SIZES,
        },
    ),
    shape=st.lists(st.none() | SIZES, min_size=0, max_size=3),
    dtype=st.sampled_from(["float32", "float16", "int32"]),
)
def test_dense(arguments, shape, dtype):
    compare("Dense", arguments, spec(*shape, dtype=dtype))


@given(
    arguments=st.fixed_dictionaries(
        {"input_dim": st.integers(0, 6), "output_dim": SIZES},
        optional={
            "mask_zero": st.booleans(),
            "trainable": st.booleans(),
            "dtype": st.sampled_from(["float16", "mixed_bfloat16", "float64"]),
            "lora_rank": SIZES,
        },
    ),
    shape=st.lists(st.none() | SIZES, max_size=3),
    dtype=st.sampled_from(["int32", "int64", "uint8", "float32", "bool"]),
)
def test_embedding(arguments, shape, dtype):
    compare("Embedding", arguments, spec(*shape, dtype=dtype))


@given(
    arguments=st.fixed_dictionaries(
        {},
        optional={
            "dtype": st.sampled_from(["float16", "mixed_bfloat16", "int32", "string"]),
            "autocast": st.booleans(),
        },
    ),
    shape=st.lists(st.none() | SIZES, max_size=3),
    dtype=st.sampled_from(["float32", "float16", "int32", "bool", "string"]),
)
def test_identity(arguments, shape, dtype):
    compare("Identity", arguments, spec(*shape, dtype=dtype))


@given(
    arguments=st.fixed_dictionaries(
        {},
        optional={
            "mask_value": st.sampled_from([0, -1.0]),
            "dtype": st.sampled_from(["float16", "mixed_bfloat16"]),
        },
    ),
    # Of a tensor without features Keras makes a mask over the batch; we refuse it.
    shape=st.lists(st.none() | SIZES, min_size=1, max_size=3),
    dtype=st.sampled_from(["float32", "float16", "int32", "bool"]),
)
def test_masking(arguments, shape, dtype):
    compare("Masking", arguments, spec(*shape, dtype=dtype))
