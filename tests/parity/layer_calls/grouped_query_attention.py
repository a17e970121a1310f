"""Calls of attention whose heads share keys.

All tensors have three axes: of others Keras learns only when it computes, or never. So of masks
that do not fit, and of flash attention that is to give its scores.
"""

from hypothesis import strategies as st

from tests.parity.against_keras import spec
from tests.parity.draws import DTYPES, POLICIES, mostly
from tests.parity.layer_calls import LayerCall

TIMES = st.none() | st.integers(1, 5)
HEADS = st.sampled_from([(1, 1), (2, 1), (2, 2), (4, 2), (6, 3), (3, 2), (2, 0)])


@st.composite
def grouped(draw):
    heads, shared = draw(mostly(HEADS.filter(lambda pair: 0 not in pair), HEADS))
    arguments = draw(
        st.fixed_dictionaries(
            {
                "head_dim": mostly(st.integers(1, 4), st.just(0)),
                "num_query_heads": st.just(heads),
                "num_key_value_heads": st.just(shared),
            },
            optional={
                "dropout": mostly(st.sampled_from([0.0, 0.5]), st.just(1.5)),
                "use_bias": st.booleans(),
                "sliding_window": mostly(st.integers(1, 3), st.just(0)),
                "flash_attention": mostly(st.sampled_from([None, False]), st.just(True)),
                "use_gate": st.booleans(),
                "seed": st.just(3),
                "trainable": st.booleans(),
                "dtype": POLICIES,
            },
        )
    )
    times, steps, features = draw(TIMES), draw(TIMES), draw(mostly(st.integers(1, 4), st.none()))
    other_steps = draw(mostly(st.just(steps), TIMES))
    tensors = [
        spec(times, features, dtype=draw(DTYPES)),
        spec(steps, draw(mostly(st.just(features), st.integers(1, 4))), dtype=draw(DTYPES)),
    ]
    if draw(st.booleans()):
        tensors.append(spec(other_steps, draw(st.integers(1, 4)), dtype=draw(DTYPES)))
    masks = {
        "query_mask": spec(times, dtype="bool"),
        "value_mask": spec(steps, dtype="bool"),
        "attention_mask": spec(times, steps, dtype="bool"),
    }
    named = {name: masks[name] for name in draw(st.sets(st.sampled_from(sorted(masks))))}
    flags = {"use_causal_mask": st.booleans(), "training": st.booleans()}
    if not arguments.get("flash_attention"):
        flags["return_attention_scores"] = st.booleans()
    call = draw(st.fixed_dictionaries({}, optional=flags))
    return LayerCall(arguments, tuple(tensors), named, call, masked=draw(st.booleans()))


CALLS = {"GroupQueryAttention": grouped()}
