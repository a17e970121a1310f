"""What wrappers say of the layer in them, and of tensors that do not fit it."""

from layergraph.diagnostics import codes
from layergraph.tensors import BATCH, Size, TensorSpec
from tests.unit.layers.refusals import complaint, described, refusal

SEQUENCES = TensorSpec((BATCH, Size("time"), 5))
FEATURES = TensorSpec((BATCH, 5))
FORWARDS = {"type": "LSTM", "units": 4}
BACKWARDS = {**FORWARDS, "go_backwards": True}


def test_a_stateful_layer_in_both_directions():
    inner = {"type": "GRU", "units": 4, "stateful": True}
    found = refusal(described("Bidirectional", layer=inner), SEQUENCES)
    assert found[0] == codes.UNKNOWN_SIZE
    assert found[4] == "layer"
    assert complaint("Bidirectional", layer={**inner, "return_state": True}) == (
        codes.CONFLICTING_ARGUMENTS,
        ("layer",),
        "is stateful and returns its state, which Keras does not take in both directions",
        "drop its `stateful`, or its `return_state`",
    )


def test_both_directions():
    assert complaint("Bidirectional", layer={"type": "Dense", "units": 4}) == (
        codes.NOT_A_CHOICE,
        ("layer",),
        "must be a recurrent layer, not `Dense`",
        "choose `LSTM`, `GRU`, `SimpleRNN`, `RNN` or `ConvLSTM1D` to `ConvLSTM3D`",
    )
    assert complaint("Bidirectional", layer=BACKWARDS) == (
        codes.CONFLICTING_ARGUMENTS,
        ("layer",),
        "goes backwards, which `Bidirectional` lets a copy of it do",
        "drop its `go_backwards`",
    )
    assert complaint("Bidirectional", layer=FORWARDS, backward_layer=FORWARDS) == (
        codes.CONFLICTING_ARGUMENTS,
        ("backward_layer",),
        "must go the other way than `layer`",
        "set its `go_backwards: true`",
    )
    other = {**BACKWARDS, "units": 5}
    assert complaint("Bidirectional", layer=FORWARDS, backward_layer=other)[2] == (
        "must have the size of output of `layer`, 4, not 5"
    )
    other = {**BACKWARDS, "return_sequences": True}
    assert complaint("Bidirectional", layer=FORWARDS, backward_layer=other)[2] == (
        "must have the `return_sequences` of `layer`, False, not True"
    )
    stateful = {"return_state": True, "units": 4}
    assert complaint(
        "Bidirectional",
        layer={"type": "LSTM", **stateful},
        backward_layer={"type": "GRU", "go_backwards": True, **stateful},
    )[2] == ("must have the number of states of `layer`, 2, not 1")


def test_states_of_both_directions():
    both = described("Bidirectional", layer=FORWARDS)
    found = refusal(both, SEQUENCES, initial_state=[TensorSpec((BATCH, 4))] * 3)
    assert found[1] == "{node} needs 4 tensors as `initial_state`, and is given 3"
    back = {"type": "GRU", "units": 4, "go_backwards": True}
    mixed = described("Bidirectional", layer=FORWARDS, backward_layer=back)
    assert refusal(mixed, SEQUENCES, initial_state=[TensorSpec((BATCH, 4))] * 3) == (
        codes.ARGUMENT_MISFIT,
        "{node} is given states, and its two directions have not as many",
        "`layer` has 2, and `backward_layer` 1",
        (0,),
        "backward_layer",
        "Keras halves the list: make both directions layers of one type",
    )


def test_directions_of_different_shapes():
    images = TensorSpec((BATCH, 5, 8, 3))
    layer = {"type": "ConvLSTM1D", "filters": 4, "kernel_size": 3}
    back = {**layer, "kernel_size": 2, "go_backwards": True}
    both = described("Bidirectional", layer=layer, backward_layer=back)
    assert refusal(both, images) == (
        codes.ARGUMENT_MISFIT,
        "the two directions of {node} give tensors of different shapes",
        "`layer` gives (batch, 6, 4), and `backward_layer` (batch, 7, 4)",
        (0,),
        "backward_layer",
        "give it the arguments of `layer`, but for `go_backwards`",
    )


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
        refusal(dense, FEATURES)[1] == "{node} needs a tensor of at least 3 axes (batch, time, …)"
    )
    assert str(dense.infer(SEQUENCES)) == "(batch, time, 4)"
    assert dense.multiply_adds(TensorSpec((BATCH, 3, 5))) == 3 * 4 * 5


def test_the_mask_of_every_step():
    """Its rest is the mask of the layer at a step, which Keras finds out when it runs."""
    sequences = TensorSpec((BATCH, 3, 4, 5))
    lstm = described("TimeDistributed", layer=FORWARDS)
    lstm.infer(sequences, mask=TensorSpec((BATCH, 3, 4), "bool"))
    short = refusal(lstm, sequences, mask=TensorSpec((BATCH, 3), "bool"))
    assert short[:3] == (
        codes.WRONG_RANK,
        "{node} needs a tensor of 2 axes",
        "{1} is (batch,), which has 1",
    )
    dense = described("TimeDistributed", layer={"type": "Dense", "units": 4})
    dense.infer(sequences, mask=TensorSpec((BATCH, 3), "bool"))
    assert refusal(dense, sequences, mask=TensorSpec((BATCH, 2), "bool"))[:3] == (
        codes.SHAPE_MISMATCH,
        "the mask of {node} does not fit its input on axis 1",
        "{1} is (batch, 2): 3 and 2 must be equal",
    )


def test_spectral_normalization():
    dense = {"type": "Dense", "units": 4}
    assert complaint("SpectralNormalization", layer={**dense, "lora_rank": 2}) == (
        codes.CONFLICTING_ARGUMENTS,
        ("layer",),
        "has a `lora_rank`, and a kernel of two parts cannot be divided",
        "drop its `lora_rank`",
    )
    whole = described("SpectralNormalization", layer=dense)
    assert whole.multiply_adds(FEATURES) == 5 * 4
    assert refusal(whole, TensorSpec((BATCH, 5), "int32")) == (
        codes.WRONG_DTYPE,
        (
            "{node} gives what its layer computes in the dtype of its input, which is not "
            "floating-point"
        ),
        "{0} is int32",
        (0,),
        None,
        "give the input `dtype: float32`: `Embedding` takes floats for indices too",
    )
    none = described("SpectralNormalization", layer="BatchNormalization")
    assert refusal(none, FEATURES) == (
        codes.ARGUMENT_MISFIT,
        "{node} normalizes the kernel of a layer, and its layer has none",
        "`BatchNormalization` has neither a `kernel` nor `embeddings`",
        (0,),
        "layer",
        "choose a layer with a kernel: `Dense`, a convolution, or `Embedding`",
    )
