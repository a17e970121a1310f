"""What recurrent layers and cells say of tensors and arguments that do not fit."""

import pytest

from layergraph.diagnostics import codes
from layergraph.tensors import BATCH, Size, TensorSpec
from tests.unit.layers.refusals import complaint, described, refusal

SEQUENCES = TensorSpec((BATCH, Size("time"), 5))
FEATURES = TensorSpec((BATCH, 5))
LSTM_CELL = {"type": "LSTMCell", "units": 4}
GRU_CELL = {"type": "GRUCell", "units": 3}


def state(units):
    return TensorSpec((BATCH, units))


def test_the_time_keeps_its_name():
    layer = described("LSTM", units=4, return_sequences=True)
    assert str(layer.infer(SEQUENCES)) == "(batch, time, 4)"
    assert described("LSTM", units=4).multiply_adds(TensorSpec((BATCH, 3, 5))) == 3 * 4 * 4 * 9


def test_multiply_adds():
    known = TensorSpec((BATCH, 3, 5))
    both = described("RNN", cell=[LSTM_CELL, GRU_CELL])
    each = (5 + 4) * 4 * 4 + (4 + 3) * 3 * 3
    assert both.multiply_adds(known) == 3 * each
    assert both.multiply_adds(SEQUENCES) is None
    assert described("StackedRNNCells", cells=[LSTM_CELL, GRU_CELL]).multiply_adds(FEATURES) == each
    assert described("GRUCell", units=3).multiply_adds(FEATURES) == (5 + 3) * 3 * 3


@pytest.mark.parametrize("name", ["GRU", "RNN"])
def test_rank(name):
    arguments = {"cell": GRU_CELL} if name == "RNN" else {"units": 4}
    assert refusal(described(name, **arguments), FEATURES) == (
        codes.WRONG_RANK,
        "{node} needs a tensor of 3 axes (batch, time, features)",
        "{0} is (batch, 5), which has 2",
        (0,),
        None,
        "make steps of it: `Embedding` for tokens, else `Reshape` to [time, features]",
    )
    four = TensorSpec((BATCH, 3, 4, 5))
    assert refusal(described(name, **arguments), four)[5] == (
        "bring it to one axis of features: `TimeDistributed` with `{type: Flatten}`"
    )


def test_rank_of_a_cell():
    assert refusal(described("LSTMCell", units=4), SEQUENCES, [state(4)] * 2) == (
        codes.WRONG_RANK,
        "{node} needs a tensor of 2 axes (batch, features)",
        "{0} is (batch, time, 5), which has 3",
        (0,),
        None,
        "`RNN` takes it along a time",
    )


def test_initial_state():
    lstm = described("LSTM", units=4)
    assert refusal(lstm, SEQUENCES, initial_state=[state(4)]) == (
        codes.WRONG_NUMBER_OF_TENSORS,
        "{node} needs 2 tensors as `initial_state`, and is given 1",
        "",
        (1,),
        None,
        "name 2 tensors in `initial_state`: (batch, 4), (batch, 4)",
    )
    assert refusal(lstm, SEQUENCES, initial_state=[state(4), state(5)])[:4] == (
        codes.SHAPE_MISMATCH,
        "a state that {node} is given is not (batch, 4), as its own are",
        "{2} is (batch, 5): 4 and 5 must be equal",
        (2,),
    )
    stack = described("RNN", cell=[LSTM_CELL, GRU_CELL])
    assert refusal(stack, SEQUENCES, initial_state=[state(4)] * 2)[5] == (
        "name 3 tensors in `initial_state`: (batch, 4), (batch, 4), (batch, 3)"
    )


def test_states_of_cells():
    assert refusal(described("GRUCell", units=4), FEATURES, [state(4)] * 2) == (
        codes.WRONG_NUMBER_OF_TENSORS,
        "{node} needs 1 tensor as `states`, and is given 2",
        "",
        (1, 2),
        None,
        "name 1 tensor in `states`: (batch, 4)",
    )
    whole = TensorSpec((BATCH, 4), "int32")
    found = refusal(described("GRUCell", units=4), FEATURES, [whole])
    assert found[:3] == (
        codes.WRONG_DTYPE,
        "{node} computes in floating point, and its input does not",
        "{1} is int32",
    )
    other_batch = TensorSpec((3, 4))
    found = refusal(described("GRUCell", units=4), TensorSpec((2, 5)), [other_batch])
    assert found[:2] == (codes.SHAPE_MISMATCH, "inputs of {node} differ on axis 0")
    stack = described("StackedRNNCells", cells=[LSTM_CELL, GRU_CELL])
    assert refusal(stack, FEATURES, [state(4), state(3), state(4)])[2] == (
        "{2} is (batch, 3): 4 and 3 must be equal"
    )


def test_dtypes_that_nothing_casts():
    half = TensorSpec((BATCH, 4), "float16")
    uncast = described("GRUCell", units=4, autocast=False)
    uncast.infer(FEATURES, [state(4)])
    assert refusal(uncast, FEATURES, [half]) == (
        codes.WRONG_DTYPE,
        "{node} computes in float32, and casts nothing to it",
        "{1} is float16",
        (1,),
        None,
        "drop `autocast: false`",
    )
    cell = {"type": "GRUCell", "units": 4, "autocast": False, "dtype": "float16"}
    described("RNN", cell=cell, dtype="float16").infer(SEQUENCES)
    assert refusal(described("RNN", cell=cell), SEQUENCES)[2] == "{0} is float32"


def test_integers_with_dropout():
    expected = (codes.WRONG_DTYPE, "{node} computes in floating point, and its input does not")
    numbers = TensorSpec((BATCH, 3, 5), "int32")
    assert described("LSTM", units=4).infer(numbers).dtype == "float32"
    assert refusal(described("LSTM", units=4, dropout=0.5), numbers)[:2] == expected
    rnn = described("RNN", cell={**GRU_CELL, "dropout": 0.5})
    assert refusal(rnn, numbers)[:2] == expected


def test_masks():
    sequences, mask = TensorSpec((BATCH, 6, 5)), TensorSpec((BATCH, 7), "bool")
    assert refusal(described("GRU", units=4), sequences, mask=mask)[:4] == (
        codes.SHAPE_MISMATCH,
        "the mask of {node} does not fit its input on axis 1",
        "{1} is (batch, 7): 6 and 7 must be equal",
        (0, 1),
    )


def test_stateful_without_a_batch_size():
    expected = (
        codes.UNKNOWN_SIZE,
        "{node} is stateful, and needs to know the size of the batch",
        "{0} is (batch, time, 5)",
        (0,),
        "stateful",
        "give the input a `batch_size`, or drop `stateful`",
    )
    assert refusal(described("GRU", units=4, stateful=True), SEQUENCES) == expected
    assert refusal(described("RNN", cell=GRU_CELL, stateful=True), SEQUENCES) == expected


def test_unrolling_an_unknown_time():
    assert refusal(described("SimpleRNN", units=4, unroll=True), SEQUENCES) == (
        codes.ARGUMENT_MISFIT,
        "{node} cannot unroll over a time of unknown size",
        "{0} is (batch, time, 5)",
        (0,),
        "unroll",
        "give the size in the input's `shape`, or drop `unroll`",
    )


@pytest.mark.parametrize("name", ["LSTM", "LSTMCell"])
def test_orthogonal_weights_in_bfloat16(name):
    assert complaint(name, units=4, dtype="bfloat16") == (
        codes.CONFLICTING_ARGUMENTS,
        ("dtype",),
        "is bfloat16, in which TensorFlow cannot make the weights of `orthogonal`",
        "`dtype: mixed_bfloat16`, or `recurrent_initializer: glorot_uniform`",
    )


def test_cells():
    assert complaint("RNN", cell={"type": "LSTM", "units": 4}) == (
        codes.NOT_A_CHOICE,
        ("cell",),
        "must be a cell, not `LSTM`",
        "choose `SimpleRNNCell`, `LSTMCell` or `GRUCell`",
    )
    assert complaint("RNN", cell=[LSTM_CELL, "Dropout"])[:2] == (
        codes.MISSING_ARGUMENT,
        ("cell", 1, "rate"),
    )
    assert complaint("RNN", cell=[LSTM_CELL, "Flatten"])[:3] == (
        codes.NOT_A_CHOICE,
        ("cell", 1),
        "must be a cell, not `Flatten`",
    )
    assert complaint("RNN", cell=[])[1:3] == (("cell",), "must name at least one cell")
    assert complaint("StackedRNNCells", cells=[])[1:3] == (
        ("cells",),
        "must name at least one cell",
    )
    stack = {"type": "StackedRNNCells", "cells": [GRU_CELL]}
    assert complaint("StackedRNNCells", cells=[stack, GRU_CELL]) == (
        codes.NOT_A_CHOICE,
        ("cells", 0),
        "is a stack of cells in a stack",
        "write all cells in one list",
    )


def test_a_stack_of_several_dtypes():
    """Keras builds it, and fails when it runs."""
    half = {**GRU_CELL, "dtype": "float16"}
    assert complaint("RNN", cell=[GRU_CELL, half]) == (
        codes.CONFLICTING_ARGUMENTS,
        ("cell",),
        "has a cell that computes in float16, and carries its state along in float32",
        "give a `StackedRNNCells` the `dtype` of all its `cells`",
    )
    described("RNN", cell={"type": "StackedRNNCells", "cells": [half, half], "dtype": "float16"})


def test_a_stack_of_one_lstm():
    """Keras builds it, and fails when it unrolls or masks."""
    assert complaint("RNN", cell=[LSTM_CELL], unroll=True) == (
        codes.CONFLICTING_ARGUMENTS,
        ("unroll",),
        "cannot unroll a stack of one cell with several states, as Keras takes its states apart",
        "give the cell itself, and no list",
    )
    mask = TensorSpec(SEQUENCES.dims[:2], "bool")
    assert refusal(described("RNN", cell=[LSTM_CELL]), SEQUENCES, mask=mask) == (
        codes.ARGUMENT_MISFIT,
        "{node} cannot mask a stack of one cell with several states",
        "",
        (0,),
        "cell",
        "give the cell itself, and no list",
    )
    described("RNN", cell=[GRU_CELL], unroll=True)
