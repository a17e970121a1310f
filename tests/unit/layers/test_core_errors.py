"""What the core layers say of mistakes."""

from tests.unit.layers.mistakes import complaint, infer, refusal, spec

UNITS = {"units": 3}
TABLE = {"input_dim": 2, "output_dim": 3}


def test_dense_without_features():
    assert refusal("Dense", UNITS, spec()) == (
        "wrong-rank",
        "{node} needs a tensor of at least 2 axes (batch, …, features)",
        "{0} is (batch,), which has 1",
        None,
        "give each sample an axis of features: `shape: [1]` for a single number",
    )
    assert refusal("Dense", UNITS, spec(4, None))[:2] == (
        "unknown-size",
        "{node} needs to know the size of axis 2 to make its weights",
    )
    assert infer("Dense", UNITS, spec(5, 5, 8)) == spec(5, 5, 3)


def test_strings():
    assert refusal("Dense", UNITS, spec(4, dtype="string"))[0] == "wrong-dtype"
    assert refusal("Embedding", TABLE, spec(4, dtype="string")) == (
        "wrong-dtype",
        "{node} computes with numbers, and is called on strings",
        "{0} holds strings",
        None,
        "make numbers of the strings first, with `StringLookup` or `TextVectorization`",
    )


def test_variables_are_floating_point():
    assert complaint("Dense", UNITS | {"dtype": "int32"})[0] == ("dtype",)


def test_lora_beside_a_constraint():
    for name, arguments, argument in [
        ("Dense", UNITS, "kernel_constraint"),
        ("Embedding", TABLE, "embeddings_constraint"),
        ("Conv1D", {"filters": 2, "kernel_size": 2}, "kernel_constraint"),
    ]:
        assert complaint(name, arguments | {"lora_rank": 1, argument: "non_neg"}) == (
            ("lora_rank",),
            "conflicting-arguments",
            f"cannot stand beside `{argument}`",
            f"leave one of `lora_rank` and `{argument}` out",
        )


def test_weights_of_another_shape():
    assert complaint("Embedding", TABLE | {"weights": [[1, 2], [3, 4]]}) == (
        ("weights",),
        "conflicting-arguments",
        "must have `input_dim` rows of `output_dim` numbers, 2 of 3",
        None,
    )
    assert infer("Embedding", TABLE | {"weights": [[1, 2, 3], [4, 5, 6]]}, spec(7)).shape == (
        None,
        7,
        3,
    )


def test_masking_without_features():
    """Keras makes a mask over the batch."""
    assert refusal("Masking", {}, spec())[0] == "wrong-rank"
