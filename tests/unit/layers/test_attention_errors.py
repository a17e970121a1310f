"""What attention layers say of tensors and arguments that do not fit."""

from layergraph.diagnostics import codes
from layergraph.tensors import BATCH, Size, TensorSpec
from tests.unit.layers.refusals import complaint, described, refusal


def tensor(*sizes, dtype="float32"):
    return TensorSpec((BATCH, *sizes), dtype)


HEADS = {"num_heads": 2, "key_dim": 3}


def test_value_and_key_differ():
    layer = described("MultiHeadAttention", **HEADS)
    assert refusal(layer, tensor(6, 8), tensor(5, 7), tensor(4, 7))[:4] == (
        codes.SHAPE_MISMATCH,
        "value and key of {node} differ on axis 1",
        "{2} is (batch, 4, 7): 5 and 4 must be equal",
        (1, 2),
    )
    found = refusal(layer, tensor(6, 8), tensor(5, 7), tensor(None, 7))
    assert found[5] == "Keras wants both sizes known, or neither: give the size of {2}"


def test_query_and_value_differ_where_there_is_no_attention():
    layer = described("MultiHeadAttention", **HEADS, attention_axes=2)
    assert refusal(layer, tensor(2, 6, 8), tensor(3, 5, 8))[:3] == (
        codes.SHAPE_MISMATCH,
        "query and value of {node} differ on axis 1",
        "{1} is (batch, 3, 5, 8): 2 and 3 must be equal",
    )


def test_attention_axes():
    layer = described("MultiHeadAttention", **HEADS, attention_axes=-1)
    assert refusal(layer, tensor(2, 6, 8), tensor(2, 5, 8)) == (
        codes.ARGUMENT_MISFIT,
        "`attention_axes` of {node} must be axes between the batch and the features",
        "{0} is (batch, 2, 6, 8), and `attention_axes` is -1",
        (0,),
        "attention_axes",
        "name axes from 1 to 2, each once",
    )


def test_ranks_and_dtypes():
    layer = described("MultiHeadAttention", **HEADS)
    assert refusal(layer, tensor(6, 8), tensor(2, 5, 8))[:4] == (
        codes.WRONG_RANK,
        "{node} needs a tensor of 3 axes",
        "{1} is (batch, 2, 5, 8), which has 4",
        (1,),
    )
    assert refusal(layer, tensor(6), tensor(6))[0] == codes.WRONG_RANK
    assert refusal(layer, tensor(6, 8), tensor(5, 8, dtype="string"))[0] == codes.WRONG_DTYPE
    assert refusal(layer, tensor(6, 8), tensor(5, None))[0] == codes.UNKNOWN_SIZE


def test_masks():
    layer = described("MultiHeadAttention", **HEADS)
    query, value = tensor(6, 8), tensor(5, 8)
    assert refusal(layer, query, value, value_mask=tensor(6, dtype="bool"))[:4] == (
        codes.SHAPE_MISMATCH,
        "the mask of {node} does not fit its input on axis 1",
        "{2} is (batch, 6): 5 and 6 must be equal",
        (1, 2),
    )
    assert refusal(layer, query, value, attention_mask=tensor(6, 6, dtype="bool"))[:4] == (
        codes.SHAPE_MISMATCH,
        "the mask of {node} does not fit its scores",
        "{2} is (batch, 6, 6), and its last sizes must be (6, 5)",
        (2,),
    )
    for mask in (tensor(6, 5), tensor(1, 5), tensor(2, 6, 5)):
        layer.infer(query, value, attention_mask=mask, call=layer.Call())


def test_flash_attention():
    assert complaint("MultiHeadAttention", **HEADS, flash_attention=True, dropout=0.5) == (
        codes.CONFLICTING_ARGUMENTS,
        ("flash_attention",),
        "cannot be combined with `dropout`",
        "drop one of the two",
    )
    layer = described("MultiHeadAttention", **HEADS, flash_attention=True)
    found = refusal(layer, tensor(6, 8), tensor(5, 8), call={"return_attention_scores": True})
    assert found[4] == "flash_attention"


def test_output_shapes():
    assert complaint("MultiHeadAttention", **HEADS, output_shape=[])[2] == (
        "must be a size or a list of sizes, not an empty list"
    )
    assert complaint("MultiHeadAttention", **HEADS, output_shape=[4, 0])[1:3] == (
        ("output_shape", 1),
        "must be at least 1, not 0",
    )


def test_names_are_kept():
    layer = described("MultiHeadAttention", **HEADS)
    query, value = tensor(Size("time"), 8), tensor(Size("words"), 5)
    call = layer.Call(return_attention_scores=True)
    output, scores = layer.infer(query, value, call=call)
    assert (str(output), str(scores)) == ("(batch, time, 8)", "(batch, 2, time, words)")


def test_multiply_adds():
    layer = described("MultiHeadAttention", **HEADS)
    projections = 4 * 8 * 2 * 3 + 2 * 5 * 7 * 2 * 3 + 4 * 2 * 3 * 8
    count = layer.multiply_adds(tensor(4, 8), tensor(5, 7), call=layer.Call())
    assert count == projections + 2 * (2 * 4 * 5 * 3)
    attention = described("Attention")
    assert attention.multiply_adds([tensor(4, 8), tensor(5, 8)], call=attention.Call()) == 320


def test_one_head():
    layer = described("Attention")
    assert refusal(layer, [tensor(6, 8)]) == (
        codes.WRONG_NUMBER_OF_TENSORS,
        "{node} takes 2 or 3 tensors, and is called on 1",
        "",
        (0,),
        None,
        "name them in `from`: [query, value] or [query, value, key]",
    )
    assert refusal(layer, [tensor(6, 8), tensor(5, 7)])[:4] == (
        codes.SHAPE_MISMATCH,
        "query and value of {node} differ on their last axis",
        "{1} is (batch, 5, 7): 8 and 7 must be equal",
        (0, 1),
    )
    assert refusal(layer, [tensor(6, 8), tensor(5, 7), tensor(4, 8)])[1] == (
        "value and key of {node} differ on axis 1"
    )
    assert refusal(layer, [tensor(6, 8)] * 2, mask=[tensor(6)])[1] == (
        "{node} takes 2 or 3 masks, and is given 1"
    )
    assert refusal(layer, [tensor(6, 8)] * 2, mask=[tensor(6), tensor(5)])[2:4] == (
        "{3} is (batch, 5): 6 and 5 must be equal",
        (1, 3),
    )
