"""What crossing features says of mistakes."""

from tests.unit.layers.mistakes import complaint, refusal, spec

BINS = {"num_bins": 5}
NUMBERS = spec(1, dtype="int64")


def test_features():
    assert refusal("HashedCrossing", BINS, (NUMBERS, spec(1))) == (
        "wrong-dtype",
        "{node} crosses whole numbers and strings",
        "{1} is float32",
        None,
        "make bins of numbers first, with `Discretization`",
    )
    assert refusal("HashedCrossing", BINS, (spec(3, dtype="string"), NUMBERS)) == (
        "wrong-rank",
        "{node} crosses features of one value for each sample",
        "{0} is (batch, 3), and must be (batch,) or (batch, 1)",
        None,
        "take one value of it with `ops.get_item`",
    )
    assert refusal("HashedCrossing", BINS, (NUMBERS, spec(dtype="int64")))[0] == "wrong-rank"


def test_their_number():
    assert refusal("HashedCrossing", BINS, (NUMBERS,) * 3) == (
        "wrong-number-of-tensors",
        "{node} crosses two features, and is called on 3 tensors",
        "",
        None,
        "cross the outcome with a third one in another `HashedCrossing`",
    )


def test_arguments():
    assert complaint("HashedCrossing", BINS | {"dtype": "string"})[2] == (
        "must be a dtype of numbers, not string"
    )
    assert complaint("HashedCrossing", BINS | {"trainable": False})[:2] == (
        ("trainable",),
        "unknown-argument",
    )
