"""Calls of attention with one head and with several."""

from hypothesis import assume
from hypothesis import strategies as st

from tests.parity.against_keras import spec
from tests.parity.draws import mostly
from tests.parity.layer_calls import LayerCall

SIZES = st.sampled_from([1, 2, 3, 5, None])
COUNTS = st.integers(1, 4)
DTYPES = st.sampled_from(["float16", "mixed_bfloat16", "float64"])
CALL = {"use_causal_mask": st.booleans(), "training": st.booleans()}
DROPOUT = st.sampled_from([0, 0.5])


@st.composite
def attended(draw):
    """Shapes of query and value, which fit, and of a key, which may not."""
    free = draw(st.lists(st.integers(1, 3), max_size=1))
    query = [*free, draw(SIZES), draw(SIZES)]
    value = [*free, draw(SIZES), draw(SIZES)]
    key = [*free, draw(st.just(value[-2]) | SIZES), draw(st.just(query[-1]) | SIZES)]
    value[-1] = draw(st.just(value[-1]) | st.just(query[-1]))
    return query, value, draw(st.none() | st.just(key))


@st.composite
def with_many_heads(draw):
    optional = {
        "value_dim": COUNTS,
        "dropout": DROPOUT,
        "use_bias": st.booleans(),
        "output_shape": COUNTS | st.lists(COUNTS, min_size=1, max_size=2),
        "attention_axes": st.sampled_from([1, 1, 1, 2, 6]),
        "flash_attention": st.booleans(),
        "use_gate": st.booleans(),
        "sliding_window": COUNTS,
        "seed": COUNTS,
        "dtype": DTYPES,
    }
    required = {"num_heads": mostly(COUNTS, st.just(0)), "key_dim": COUNTS}
    arguments = draw(st.fixed_dictionaries(required, optional=optional))
    call = draw(st.fixed_dictionaries({}, optional=CALL))
    query, value, key = draw(attended())
    axes = arguments.get("attention_axes", 1)
    # Keras attends over the features and the heads too, which is no attention.
    assume(axes not in (len(query), len(query) + 1))
    # Along the axes without attention Keras learns of sizes that do not fit when it runs.
    if "attention_axes" in arguments:
        others = [i for i in range(len(query) - 1) if i != axes - 1]
        assume(all(query[i] == value[i] or None in (query[i], value[i]) for i in others))
    # Keras takes flash attention with scores, and fails when it runs. It declares scores of
    # (batch, heads, t, t): what it computes is in `test_attention_layers.py`.
    if not arguments.get("flash_attention") and len(query) == 2 and query[0] == value[0]:
        call |= draw(st.sampled_from([{}, {"return_attention_scores": True}]))
    named = {} if key is None else {"key": spec(*key)}
    masked = draw(st.booleans())
    return LayerCall(arguments, (spec(*query), spec(*value)), named, call, masked)


@st.composite
def with_one_head(draw, **own):
    optional = {"use_scale": st.booleans(), "dropout": DROPOUT, "dtype": DTYPES}
    arguments = draw(st.fixed_dictionaries({}, optional=optional | own))
    scores = {"return_attention_scores": st.booleans()}
    call = draw(st.fixed_dictionaries({}, optional=CALL | scores))
    query, value, key = draw(attended())
    # Of sizes that do not fit Keras learns when it runs.
    last = value if key is None else key
    assume(None in (query[-1], last[-1]) or query[-1] == last[-1])
    assume(None in (value[-2], last[-2]) or value[-2] == last[-2])
    given = [query, value] if key is None else [query, value, key]
    odd = st.sampled_from([[query], [*given, query, query]])
    tensors = tuple(spec(*shape) for shape in draw(mostly(st.just(given), odd)))
    named = {}
    if draw(st.booleans()):
        named["mask"] = tuple(spec(*shape[:-1], dtype="bool") for shape in given[:2])
    masked = not named and draw(st.booleans())
    return LayerCall(arguments, (tensors,), named, call, masked)


CALLS = {
    "MultiHeadAttention": with_many_heads(),
    "Attention": with_one_head(score_mode=st.sampled_from(["dot", "concat", "sum"]), seed=COUNTS),
    "AdditiveAttention": with_one_head(),
}
