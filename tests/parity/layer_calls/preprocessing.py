"""Calls of layers that prepare numbers, categories and texts."""

from hypothesis import assume
from hypothesis import strategies as st

from tests.parity.against_keras import spec
from tests.parity.draws import mostly
from tests.parity.layer_calls import LayerCall

SHAPES = st.lists(st.sampled_from([1, 2, 3, None]), max_size=3)
NUMBERS = st.sampled_from(["float32", "int32", "int64"])
DTYPE = {"dtype": st.sampled_from(["float16", "mixed_bfloat16", "int32"])}
MODES = st.sampled_from(["int", "one_hot", "multi_hot", "count"])
SPARSE = st.sampled_from([False] * 5 + [True])
WORDS = ["", "[UNK]", "a", "b", "c"]
VOCABULARY = st.lists(st.sampled_from(WORDS), max_size=4, unique=True) | st.lists(
    st.sampled_from(WORDS), max_size=3
)
NUMBERED = st.lists(st.integers(-1, 4), max_size=4, unique=True) | st.lists(
    st.integers(-1, 4), max_size=3
)
LOOKUP = {
    "max_tokens": st.sampled_from([1, 3, 4, 5, 9]),
    "num_oov_indices": st.integers(0, 2),
    "output_mode": MODES | st.just("tf_idf"),
    "pad_to_max_tokens": SPARSE,
    "sparse": SPARSE,
    "idf_weights": st.sampled_from([None, None, None, [0.5], [0.5, 1.0]]),
}


@st.composite
def prepared(draw, required, optional, dtypes=NUMBERS, shapes=SHAPES):
    arguments = draw(st.fixed_dictionaries(required, optional=optional))
    inputs = spec(*draw(shapes), dtype=draw(dtypes))
    return LayerCall(arguments, (inputs,), masked=draw(st.booleans()))


@st.composite
def encoded(draw):
    modes = st.sampled_from(["one_hot", "multi_hot", "count", "binary", "tf_idf"])
    optional = DTYPE | {
        "output_mode": modes,
        "sparse": st.booleans(),
    }
    required = {"num_tokens": mostly(st.integers(1, 4), st.sampled_from([None, 0, -1]))}
    call = draw(prepared(required, optional))
    if call.arguments.get("output_mode") == "count" and draw(st.booleans()):
        weights = spec(*call.tensors[0].shape[1:])
        return call._replace(named={"count_weights": weights}, masked=False)
    return call


TEXTS = {
    "max_tokens": LOOKUP["max_tokens"],
    "output_mode": LOOKUP["output_mode"],
    "pad_to_max_tokens": SPARSE,
    "sparse": SPARSE,
    "vocabulary": VOCABULARY,
    "standardize": st.sampled_from([None, "lower", "upper"]),
    "split": st.sampled_from([None, "whitespace", "character"]),
    "ngrams": st.integers(1, 3),
    "output_sequence_length": st.integers(1, 4),
    "ragged": SPARSE,
    "autocast": st.just(True),
    "dtype": st.just("float16"),
}


@st.composite
def texts(draw):
    call = draw(prepared({}, TEXTS, st.just("string"), st.sampled_from([(), (1,), (3,), (None,)])))
    # Of texts side by side Keras learns when it runs, and fails.
    shape = call.tensors[0].shape[1:]
    assume(shape in ((), (1,)) or call.arguments.get("split", "") is None)
    return call


CALLS = {
    "Rescaling": prepared({"scale": st.integers(0, 3)}, DTYPE | {"offset": st.integers(0, 3)}),
    "Discretization": prepared(
        {},
        DTYPE
        | {
            "bin_boundaries": st.lists(st.integers(0, 9), min_size=1, max_size=3).map(sorted),
            "num_bins": st.integers(1, 4),
            "output_mode": MODES,
            "sparse": SPARSE,
            "epsilon": st.sampled_from([0.01, 0.5]),
        },
    ),
    "CategoryEncoding": encoded(),
    "Hashing": prepared(
        {"num_bins": st.sampled_from([1, 2, 3, 0])},
        {
            "mask_value": st.sampled_from(["", 0]),
            "salt": st.integers(1, 3) | st.lists(st.integers(1, 3), min_size=1, max_size=3),
            "output_mode": MODES,
            "sparse": SPARSE,
            "dtype": st.sampled_from(["float16", "mixed_bfloat16", "int32", "int64"]),
        },
        st.sampled_from(["string", "int32"]),
    ),
    "StringLookup": prepared(
        {},
        LOOKUP
        | {
            "mask_token": st.sampled_from(WORDS),
            "vocabulary": VOCABULARY,
            "salt": st.integers(1, 2),
            "dtype": st.just("float16"),
        },
        st.just("string"),
    ),
    "IntegerLookup": prepared(
        {},
        LOOKUP
        | {
            "mask_token": st.integers(-1, 2),
            "vocabulary": NUMBERED,
            "invert": st.booleans(),
            "oov_method": st.sampled_from(["floormod", "farmhash"]),
            "salt": st.integers(1, 2),
        },
    ),
    "TextVectorization": texts(),
}
