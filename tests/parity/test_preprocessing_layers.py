"""Preprocessing layers against Keras, over drawn arguments and shapes."""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from layergraph.layers.lookup import StringLookup
from tests.parity.against_keras import compare, spec

SHAPES = st.lists(st.sampled_from([1, 2, 3, None]), max_size=3)
MANY = settings(max_examples=2 * settings.default.max_examples)
NUMBERS = st.sampled_from(["float32", "int32", "int64"])
DTYPE = {"dtype": st.sampled_from(["float16", "mixed_bfloat16", "int32"])}
MODES = st.sampled_from(["int", "one_hot", "multi_hot", "count"])
SPARSE = st.sampled_from([False] * 5 + [True])
WORDS = ["", "[UNK]", "a", "b", "c"]


@MANY
@given(
    axis=st.sampled_from([None, -1, -1, 1, 1, 2, -2, 0, 4])
    | st.lists(st.sampled_from([1, 2, -1, -2, 4]), min_size=1, max_size=3),
    statistics=st.none() | st.just(2) | st.lists(st.integers(1, 3), min_size=1, max_size=3),
    missing=st.sampled_from([None] * 4 + ["mean", "variance"]),
    shape=SHAPES,
    dtype=NUMBERS,
    optional=st.fixed_dictionaries({}, optional={"invert": st.booleans(), **DTYPE}),
)
def test_normalization(axis, statistics, missing, shape, dtype, optional):
    listed = [] if axis is None else [axis] if isinstance(axis, int) else axis
    rank = len(shape) + 1
    # An axis named twice makes Keras fail, unless one number stands for all.
    assume(len({a % rank for a in listed}) == len(listed))
    given_ = {} if statistics is None else {"mean": statistics, "variance": statistics}
    given_.pop(missing, None)
    compare("Normalization", {"axis": axis, **given_, **optional}, spec(*shape, dtype=dtype))


@given(
    scale=st.integers(0, 3),
    offset=st.none() | st.integers(0, 3),
    shape=SHAPES,
    dtype=NUMBERS,
    optional=st.fixed_dictionaries({}, optional=DTYPE),
)
def test_rescaling(scale, offset, shape, dtype, optional):
    arguments = {"scale": scale, **optional, **({} if offset is None else {"offset": offset})}
    compare("Rescaling", arguments, spec(*shape, dtype=dtype))


@MANY
@given(
    arguments=st.fixed_dictionaries(
        {},
        optional={
            "bin_boundaries": st.lists(st.integers(0, 9), min_size=1, max_size=3).map(sorted),
            "num_bins": st.integers(1, 4),
            "output_mode": MODES,
            "sparse": SPARSE,
            **DTYPE,
        },
    ),
    shape=SHAPES,
    dtype=NUMBERS,
)
def test_discretization(arguments, shape, dtype):
    compare("Discretization", arguments, spec(*shape, dtype=dtype))


def test_string_lookup_takes_no_autocast():
    assert compare("StringLookup", {"autocast": True}, spec(2, dtype="string")) == "refused"


@pytest.mark.parametrize("argument", ["trainable", "autocast"])
def test_discretization_takes_no_other_arguments(argument):
    arguments = {"num_bins": 3, argument: True}
    assert compare("Discretization", arguments, spec(2)) == "refused"


@given(
    arguments=st.fixed_dictionaries(
        {},
        optional={
            "num_tokens": st.sampled_from([1, 2, 3, 4, 0, -1]),
            "output_mode": st.sampled_from(["one_hot", "multi_hot", "count", "binary", "tf_idf"]),
            "sparse": st.booleans(),
            **DTYPE,
        },
    ),
    shape=SHAPES,
    dtype=NUMBERS,
    weighted=st.booleans(),
)
def test_category_encoding(arguments, shape, dtype, weighted):
    named = {}
    if weighted and arguments.get("output_mode") == "count":
        named["count_weights"] = spec(*shape)
    compare("CategoryEncoding", arguments, spec(*shape, dtype=dtype), **named)


@given(
    arguments=st.fixed_dictionaries(
        {"num_bins": st.sampled_from([1, 2, 3, 0])},
        optional={
            "mask_value": st.sampled_from(["", 0]),
            "salt": st.integers(1, 3) | st.lists(st.integers(1, 3), min_size=1, max_size=3),
            "output_mode": MODES,
            "sparse": SPARSE,
            "dtype": st.sampled_from(["float16", "mixed_bfloat16", "int32", "int64"]),
        },
    ),
    shape=SHAPES,
    dtype=st.sampled_from(["string", "int32"]),
)
@settings(max_examples=40)
def test_hashing(arguments, shape, dtype):
    compare("Hashing", arguments, spec(*shape, dtype=dtype))


LOOKUP = {
    "max_tokens": st.sampled_from([1, 3, 4, 5, 9]),
    "num_oov_indices": st.integers(0, 2),
    "output_mode": MODES | st.just("tf_idf"),
    "pad_to_max_tokens": SPARSE,
    "sparse": SPARSE,
    "idf_weights": st.sampled_from([None, None, None, [0.5], [0.5, 1.0]]),
}


@given(
    arguments=st.fixed_dictionaries(
        {},
        optional={
            **LOOKUP,
            "mask_token": st.sampled_from(WORDS),
            "vocabulary": st.lists(st.sampled_from(WORDS), max_size=4, unique=True)
            | st.lists(st.sampled_from(WORDS), max_size=3),
            "salt": st.integers(1, 2),
            "trainable": st.booleans(),
            "dtype": st.just("float16"),
        },
    ),
    shape=SHAPES,
)
@MANY
def test_string_lookup(arguments, shape):
    compare("StringLookup", arguments, spec(*shape, dtype="string"))


@given(
    arguments=st.fixed_dictionaries(
        {},
        optional={
            **LOOKUP,
            "mask_token": st.integers(-1, 2),
            "vocabulary": st.lists(st.integers(-1, 4), max_size=4, unique=True)
            | st.lists(st.integers(-1, 4), max_size=3),
            "invert": st.booleans(),
            "oov_method": st.sampled_from(["floormod", "farmhash"]),
            "salt": st.integers(1, 2),
        },
    ),
    shape=SHAPES,
    dtype=NUMBERS,
)
@MANY
def test_integer_lookup(arguments, shape, dtype):
    compare("IntegerLookup", arguments, spec(*shape, dtype=dtype))


def test_an_inverted_lookup_gives_strings():
    """Keras declares int64, and gives strings."""
    layer = StringLookup.model_validate({"vocabulary": ["a"], "invert": True})
    assert layer.infer(spec(3, dtype="int64")) == spec(3, dtype="string")


@given(
    arguments=st.fixed_dictionaries(
        {},
        optional={
            "max_tokens": LOOKUP["max_tokens"],
            "output_mode": LOOKUP["output_mode"],
            "pad_to_max_tokens": SPARSE,
            "sparse": SPARSE,
            "vocabulary": st.lists(st.sampled_from(WORDS), max_size=4, unique=True)
            | st.lists(st.sampled_from(WORDS), max_size=3),
            "standardize": st.sampled_from([None, "lower", "upper"]),
            "split": st.sampled_from([None, "whitespace", "character"]),
            "ngrams": st.integers(1, 3),
            "output_sequence_length": st.integers(1, 4),
            "ragged": SPARSE,
            "autocast": st.just(True),
            "dtype": st.just("float16"),
        },
    ),
    shape=st.sampled_from([(), (1,), (3,), (None,)]),
)
@MANY
def test_text_vectorization(arguments, shape):
    # Of texts side by side Keras learns when it runs, and fails.
    assume(shape in ((), (1,)) or arguments.get("split", "") is None)
    compare("TextVectorization", arguments, spec(*shape, dtype="string"))


@pytest.mark.parametrize("mode", ["int", "multi_hot"])
@pytest.mark.parametrize("special", [[], ["[UNK]"], ["", "[UNK]"], ["[UNK]", "[UNK]"]])
@pytest.mark.parametrize("mask_token", [None, ""])
@pytest.mark.parametrize("num_oov_indices", [0, 1, 2])
def test_vocabularies_with_their_special_tokens(mode, special, mask_token, num_oov_indices):
    arguments = {
        "vocabulary": [*special, "a", "b"],
        "mask_token": mask_token,
        "num_oov_indices": num_oov_indices,
        "output_mode": mode,
    }
    compare("StringLookup", arguments, spec(3, dtype="string"))
    compare("StringLookup", {**arguments, "max_tokens": 4}, spec(3, dtype="string"))


@pytest.mark.parametrize("mode", ["int", "multi_hot", "one_hot"])
@pytest.mark.parametrize("special", [[], ["[UNK]"], ["", "[UNK]"]])
def test_vocabularies_of_texts(mode, special):
    arguments = {"vocabulary": [*special, "a", "b"], "output_mode": mode}
    compare("TextVectorization", arguments, spec(1, dtype="string"))
