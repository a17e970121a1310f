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
