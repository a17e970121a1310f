"""What attention with shared keys says of tensors and arguments that do not fit."""

from tests.unit.layers.mistakes import complaint, refusal, spec

HEADS = {"head_dim": 4, "num_query_heads": 4, "num_key_value_heads": 2}


def test_heads():
    assert complaint("GroupQueryAttention", HEADS | {"num_query_heads": 3}) == (
        ("num_query_heads",),
        "conflicting-arguments",
        "must be a multiple of `num_key_value_heads`, 2, not 3",
        "every group of query heads has one head of keys",
    )
    assert complaint("GroupQueryAttention", HEADS | {"dropout": 0.5, "flash_attention": True}) == (
        ("flash_attention",),
        "conflicting-arguments",
        "cannot be combined with `dropout`",
        "drop one of the two",
    )


def test_shapes():
    assert refusal("GroupQueryAttention", HEADS, spec(6, 8), spec(5, 7)) == (
        "shape-mismatch",
        "query and value of {node} must have as many features",
        "{1} is (batch, 5, 7): 8 and 7 must be equal",
        None,
        "project one of them first, with `Dense`",
    )
    assert refusal("GroupQueryAttention", HEADS, spec(6, 8), spec(5, 8), spec(4, 8))[:3] == (
        "shape-mismatch",
        "value and key of {node} differ on axis 1",
        "{2} is (batch, 4, 8): 5 and 4 must be equal",
    )
    assert refusal("GroupQueryAttention", HEADS, spec(2, 6, 8), spec(2, 5, 8)) == (
        "wrong-rank",
        "{node} needs a tensor of 3 axes (batch, time, features)",
        "{0} is (batch, 2, 6, 8), which has 4",
        None,
        "for axes besides time there is `MultiHeadAttention`",
    )


def test_masks():
    query, value = spec(6, 8), spec(5, 8)
    found = refusal("GroupQueryAttention", HEADS, query, value, value_mask=spec(6, dtype="bool"))
    assert found[:2] == ("shape-mismatch", "the mask of {node} does not fit its input on axis 1")
    mask = spec(6, 6, dtype="bool")
    assert refusal("GroupQueryAttention", HEADS, query, value, attention_mask=mask)[:3] == (
        "shape-mismatch",
        "the mask of {node} does not fit its scores",
        "{2} is (batch, 6, 6), and its last sizes must be (6, 5)",
    )


def test_flash_attention_gives_no_scores():
    found = refusal(
        "GroupQueryAttention",
        HEADS | {"flash_attention": True},
        spec(6, 8),
        spec(5, 8),
        call={"return_attention_scores": True},
    )
    assert found[1:] == (
        "{node} cannot give its scores with `flash_attention`",
        "",
        "flash_attention",
        "drop `flash_attention`, or `return_attention_scores` under `call`",
    )
