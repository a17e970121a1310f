"""Calls of embeddings that lead back.

Keras learns only when it computes that a vector is not of the layer's size, and that
`reverse_dtype` is none; the errors' tests have both.
"""

from hypothesis import strategies as st

from tests.parity.against_keras import spec
from tests.parity.draws import DTYPES, POLICIES, SIZES, mostly
from tests.parity.layer_calls import LayerCall


@st.composite
def reversible(draw):
    count = mostly(st.integers(1, 4), st.just(0))
    arguments = draw(
        st.fixed_dictionaries(
            {"input_dim": count, "output_dim": count},
            optional={
                "tie_weights": st.booleans(),
                "embeddings_constraint": mostly(st.none(), st.just("non_neg")),
                "mask_zero": st.booleans(),
                "reverse_dtype": st.sampled_from([None, "float32", "float16"]),
                "logit_soft_cap": st.sampled_from([None, 1, 30.0]),
                "lora_rank": st.integers(1, 3),
                "lora_alpha": st.just(2.0),
                "quantization_config": st.just({"type": "Float8QuantizationConfig"}),
                "trainable": st.booleans(),
                "autocast": st.booleans(),
                "dtype": POLICIES,
            },
        )
    )
    call = draw(st.fixed_dictionaries({}, optional={"reverse": st.booleans()}))
    shape = draw(st.lists(SIZES | st.none(), max_size=3))
    if call.get("reverse"):
        shape.append(draw(st.none() | st.just(arguments["output_dim"])))
    tensor = spec(*shape, dtype=draw(DTYPES))
    return LayerCall(arguments, (tensor,), call=call, masked=draw(st.booleans()))


CALLS = {"ReversibleEmbedding": reversible()}
