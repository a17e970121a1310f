"""What an embedding that leads back says of mistakes."""

from tests.unit.layers.mistakes import complaint, refusal, spec

TABLE = {"input_dim": 5, "output_dim": 3}
REVERSE = {"reverse": True}


def test_vectors_of_another_size():
    assert refusal("ReversibleEmbedding", TABLE, spec(4, 7), call=REVERSE) == (
        "shape-mismatch",
        "{node} leads back vectors of its `output_dim`, and its input has others",
        "{0} is (batch, 4, 7): 7 and 3 must be equal",
        None,
        "make them vectors of 3 first, with `Dense`",
    )
    assert refusal("ReversibleEmbedding", TABLE, spec(), call=REVERSE)[0] == "wrong-rank"
    assert refusal("ReversibleEmbedding", TABLE, spec(4, dtype="string"))[0] == "wrong-dtype"


def test_lora():
    assert complaint("ReversibleEmbedding", TABLE | {"lora_rank": 2, "tie_weights": False}) == (
        ("lora_rank",),
        "conflicting-arguments",
        "cannot stand beside `tie_weights: false`",
        "leave one of `lora_rank` and `tie_weights` out",
    )


def test_a_policy_is_no_dtype():
    assert complaint("ReversibleEmbedding", TABLE | {"reverse_dtype": "mixed_float16"}) == (
        ("reverse_dtype",),
        "not-a-choice",
        "must be one dtype, not the policy mixed_float16",
        "write `float16`",
    )
