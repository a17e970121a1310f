"""What preprocessing layers say of tensors and arguments that do not fit."""

import pytest

from layergraph.diagnostics import codes
from layergraph.tensors import BATCH, Size, TensorSpec
from tests.unit.layers import mistakes
from tests.unit.layers.refusals import complaint, described, refusal


def tensor(*sizes, dtype="float32"):
    return TensorSpec((BATCH, *sizes), dtype)


def test_statistics():
    assert complaint("Normalization", mean=1.0) == (
        codes.CONFLICTING_ARGUMENTS,
        ("mean",),
        "is given without `variance`",
        "give both, or neither to have them learned from data",
    )
    assert complaint("Normalization", mean=[1, 2], variance=[1])[1:3] == (
        ("variance",),
        "has the shape (1,), and `mean` (2,)",
    )
    assert complaint("Normalization", axis=None, mean=[1], variance=[1])[2] == (
        "has 1 axes, more than `axis` names"
    )
    assert complaint("Normalization", mean=[1, "a"], variance=[1, 2])[1:3] == (
        ("mean", 1),
        'must be a number or a list of numbers, not the string "a"',
    )
    layer = described("Normalization", mean=[1, 2], variance=[1, 2])
    assert refusal(layer, tensor(3))[:5] == (
        codes.ARGUMENT_MISFIT,
        "`mean` of {node} does not fit its input",
        "{0} is (batch, 3): 2 and 3 must be equal",
        (0,),
        "mean",
    )
    assert refusal(described("Normalization"), tensor(Size("time")))[0] == codes.UNKNOWN_SIZE
    assert refusal(described("Normalization"), tensor(3, dtype="string"))[0] == codes.WRONG_DTYPE


def test_scales():
    layer = described("Rescaling", scale=[1, 2])
    assert str(layer.infer(tensor(Size("time"), 2))) == "(batch, time, 2)"
    assert refusal(layer, tensor(3)) == (
        codes.ARGUMENT_MISFIT,
        "`scale` of {node} does not fit its input",
        "{0} is (batch, 3), and `scale` has the shape (2,)",
        (0,),
        "scale",
        "give one number, or one for each index of the last axis",
    )


def test_bins():
    assert complaint("Discretization", bin_boundaries=[1.0, 3.0, 2.0]) == (
        codes.OUT_OF_RANGE,
        ("bin_boundaries", 2),
        "must not be below the boundary before it, 3.0, but is 2.0",
        "sort the boundaries",
    )
    assert complaint("Discretization", bin_boundaries=[1.0], num_bins=2)[:3] == (
        codes.CONFLICTING_ARGUMENTS,
        ("num_bins",),
        "cannot be combined with `bin_boundaries`",
    )
    assert complaint("Discretization")[:3] == (
        codes.MISSING_ARGUMENT,
        (),
        "needs `bin_boundaries` or `num_bins`",
    )
    assert complaint("Discretization", num_bins=2, sparse=True) == (
        codes.CONFLICTING_ARGUMENTS,
        ("sparse",),
        "cannot be combined with `output_mode: int`",
        "drop `sparse`, or choose another `output_mode`",
    )
    assert mistakes.complaint("StringLookup", {"autocast": True})[:3] == (
        ("autocast",),
        "unknown-argument",
        "is no argument of `StringLookup`",
    )


def test_categories():
    assert complaint("CategoryEncoding") == (
        codes.MISSING_ARGUMENT,
        (),
        "needs `num_tokens`",
        "where the number is not known, `IntegerLookup` learns it from data",
    )
    layer = described("CategoryEncoding", num_tokens=4)
    assert refusal(layer, tensor(3, dtype="int32"), count_weights=tensor(3))[1:] == (
        "{node} takes no `count_weights` with `output_mode: multi_hot`",
        "",
        (1,),
        "output_mode",
        "set `output_mode: count`",
    )
    counted = described("CategoryEncoding", num_tokens=4, output_mode="count")
    found = refusal(counted, tensor(3, dtype="int32"), count_weights=tensor(4))
    assert found[:2] == (
        codes.SHAPE_MISMATCH,
        "`count_weights` of {node} differ from its input on axis 1",
    )


def test_hashing():
    assert complaint("Hashing", num_bins=3, dtype="float32")[:3] == (
        codes.CONFLICTING_ARGUMENTS,
        ("dtype",),
        "must be int32 or int64 with `output_mode: int`, not float32",
    )
    assert complaint("Hashing", num_bins=3, salt=[1])[2] == (
        "must be a whole number or a list of two whole numbers, not a list"
    )


@pytest.mark.parametrize("name", ["StringLookup", "IntegerLookup", "TextVectorization"])
def test_a_path_to_a_vocabulary(name):
    assert complaint(name, vocabulary="words.txt") == (
        codes.WRONG_TYPE,
        ("vocabulary",),
        "must be a list of terms: files beside the graph are not read",
        "write the terms themselves, or drop it to have them learned from data",
    )


@pytest.mark.parametrize(
    ("arguments", "predicate"),
    [
        ({"vocabulary": []}, "must hold at least one term of its own"),
        ({"vocabulary": ["a", "b", "a", "a"]}, "holds `a` 3 times"),
        (
            {"vocabulary": ["a", ""], "mask_token": ""},
            "holds the special token `` among its terms",
        ),
        (
            {"vocabulary": ["a", "b"], "max_tokens": 2},
            "makes 3 tokens with the special ones, more than `max_tokens`",
        ),
        (
            {"vocabulary": ["a"], "output_mode": "tf_idf"},
            "has 1 terms, and `idf_weights` has none",
        ),
    ],
)
def test_vocabularies(arguments, predicate):
    found = complaint("StringLookup", **arguments)
    assert found[1:3] == (("vocabulary",), predicate)
    assert found[3] is not None


@pytest.mark.parametrize(
    ("name", "arguments", "argument", "needed"),
    [
        ("StringLookup", {"pad_to_max_tokens": True}, "pad_to_max_tokens", "`max_tokens`"),
        ("StringLookup", {"idf_weights": [1.0]}, "idf_weights", "`output_mode: tf_idf`"),
        (
            "StringLookup",
            {"invert": True, "output_mode": "count"},
            "invert",
            "`output_mode: int`",
        ),
        ("IntegerLookup", {"salt": 1}, "salt", "`oov_method: farmhash`"),
        (
            "TextVectorization",
            {"output_sequence_length": 3, "output_mode": "count"},
            "output_sequence_length",
            "`output_mode: int`",
        ),
    ],
)
def test_arguments_that_need_another(name, arguments, argument, needed):
    assert complaint(name, **arguments)[:3] == (
        codes.CONFLICTING_ARGUMENTS,
        (argument,),
        f"needs {needed}",
    )


def test_numbers_where_strings_are_looked_up():
    assert refusal(described("TextVectorization"), tensor(1, dtype="int32")) == (
        codes.WRONG_DTYPE,
        "{node} needs strings, and is called on int32",
        "{0} holds int32",
        (0,),
        None,
        "give the input `dtype: string`, or drop the layer for numbers",
    )
    found = refusal(described("StringLookup"), tensor(1))
    assert found[5] == "give the input `dtype: string`, or use `IntegerLookup` for numbers"


def test_strings_where_numbers_are_looked_up():
    words = tensor(2, dtype="string")
    for layer in (described("IntegerLookup"), described("StringLookup", invert=True)):
        assert refusal(layer, words)[1:3] == (
            "{node} needs integers, and is called on strings",
            "{0} holds strings",
        )


def test_several_texts_in_a_sample():
    assert refusal(described("TextVectorization"), tensor(3, dtype="string")) == (
        codes.SHAPE_MISMATCH,
        "{node} takes one text from each sample",
        "{0} is (batch, 3), and its last axis must be of size 1",
        (0,),
        None,
        "give the input `shape: [1]`, or set `split: null` where each is a word",
    )


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("Normalization", {"mean": 0.0, "variance": 1.0}),
        ("Discretization", {"bin_boundaries": [1.0]}),
        ("StringLookup", {"vocabulary": ["a"]}),
        ("IntegerLookup", {"vocabulary": [1]}),
        ("TextVectorization", {"vocabulary": ["a"]}),
    ],
)
def test_what_has_to_learn(name, given):
    learning = {"num_bins": 3} if name == "Discretization" else {}
    assert described(name, **learning).needs_state
    assert not described(name, **given).needs_state
    assert not described("Dense", units=1).needs_state
