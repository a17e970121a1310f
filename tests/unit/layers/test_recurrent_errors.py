"""What recurrent layers and their wrappers say of tensors and arguments that do not fit."""

from layergraph.diagnostics import codes
from layergraph.tensors import BATCH, Size, TensorSpec
from tests.unit.layers.refusals import complaint, described, refusal

SEQUENCES = TensorSpec((BATCH, Size("time"), 5))


def state(units):
    return TensorSpec((BATCH, units))


def test_the_time_keeps_its_name():
    layer = described("LSTM", units=4, return_sequences=True)
    assert str(layer.infer(SEQUENCES)) == "(batch, time, 4)"
    assert described("LSTM", units=4).multiply_adds(TensorSpec((BATCH, 3, 5))) == 3 * 4 * 4 * 9


def test_rank():
    assert refusal(described("GRU", units=4), state(5))[:3] == (
        codes.WRONG_RANK,
        "{node} needs a tensor of 3 axes (batch, time, features)",
        "{0} is (batch, 5), which has 2",
    )


def test_initial_state():
    lstm = described("LSTM", units=4)
    assert refusal(lstm, SEQUENCES, initial_state=[state(4)]) == (
        codes.WRONG_NUMBER_OF_TENSORS,
        "{node} needs 2 tensors of initial state, and is given 1",
        "",
        (1,),
        None,
        "name 2 tensors in `initial_state`",
    )
    assert refusal(lstm, SEQUENCES, initial_state=[state(4), state(5)])[:4] == (
        codes.SHAPE_MISMATCH,
        "an initial state of {node} has another size than its 4 units",
        "{2} is (batch, 5): 4 and 5 must be equal",
        (2,),
    )
    both = described("Bidirectional", layer={"type": "LSTM", "units": 4})
    found = refusal(both, SEQUENCES, initial_state=[state(4)] * 3)
    assert found[1] == "{node} needs 4 tensors of initial state, and is given 3"


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
    inner = {"type": "GRU", "units": 4, "stateful": True}
    found = refusal(described("Bidirectional", layer=inner), SEQUENCES)
    assert found[4] == "layer"


def test_unrolling_an_unknown_time():
    assert refusal(described("SimpleRNN", units=4, unroll=True), SEQUENCES) == (
        codes.ARGUMENT_MISFIT,
        "{node} cannot unroll over a time of unknown size",
        "{0} is (batch, time, 5)",
        (0,),
        "unroll",
        "give the size in the input's `shape`, or drop `unroll`",
    )


def test_both_directions():
    assert complaint("Bidirectional", layer={"type": "Dense", "units": 4}) == (
        codes.NOT_A_CHOICE,
        ("layer",),
        "must be a recurrent layer, not `Dense`",
        "choose `SimpleRNN`, `LSTM` or `GRU`",
    )
    backwards = {"type": "LSTM", "units": 4, "go_backwards": True}
    forwards = {"type": "LSTM", "units": 4}
    assert complaint("Bidirectional", layer=backwards) == (
        codes.CONFLICTING_ARGUMENTS,
        ("layer",),
        "goes backwards, which `Bidirectional` lets a copy of it do",
        "drop its `go_backwards`",
    )
    assert complaint("Bidirectional", layer=forwards, backward_layer=forwards) == (
        codes.CONFLICTING_ARGUMENTS,
        ("backward_layer",),
        "must go the other way than `layer`",
        "set its `go_backwards: true`",
    )
    other = {**backwards, "units": 5}
    assert complaint("Bidirectional", layer=forwards, backward_layer=other)[2] == (
        "must have the `units` of `layer`, 4, not 5"
    )
    stateful = {"return_state": True, "units": 4}
    assert complaint(
        "Bidirectional",
        layer={"type": "LSTM", **stateful},
        backward_layer={"type": "GRU", "go_backwards": True, **stateful},
    )[2] == ("must have the number of states of `layer`, 2, not 1")


def test_a_layer_that_is_none():
    found = complaint("TimeDistributed", layer={"type": "Dens", "units": 4})
    assert found[0] == codes.UNKNOWN_OBJECT
    assert found[1] == ("layer", "type")


def test_time_distributed():
    assert complaint("TimeDistributed", layer={"type": "Add"}) == (
        codes.NOT_A_CHOICE,
        ("layer",),
        "must be a layer of one tensor, not `Add`",
        None,
    )
    inner = {"type": "LSTM", "units": 4, "return_state": True}
    layer = described("TimeDistributed", layer=inner)
    assert refusal(layer, TensorSpec((BATCH, 3, 4, 5))) == (
        codes.ARGUMENT_MISFIT,
        "{node} cannot repeat a layer that gives several tensors",
        "`LSTM` gives 3",
        (0,),
        "layer",
        None,
    )
    dense = described("TimeDistributed", layer={"type": "Dense", "units": 4})
    assert (
        refusal(dense, state(5))[1] == "{node} needs a tensor of at least 3 axes (batch, time, …)"
    )
    assert str(dense.infer(SEQUENCES)) == "(batch, time, 4)"
    assert dense.multiply_adds(TensorSpec((BATCH, 3, 5))) == 3 * 4 * 5
