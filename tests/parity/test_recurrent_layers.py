"""Recurrent layers and their wrappers against Keras, over drawn arguments and shapes."""

import keras
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.parity.against_keras import compare, spec

SIZES = st.sampled_from([1, 2, 3, 5, None])
SHAPES = st.lists(SIZES, min_size=1, max_size=3)
FITTING = st.tuples(SIZES, st.integers(1, 5))
FLAGS = {
    name: st.booleans()
    for name in ("use_bias", "return_sequences", "return_state", "go_backwards", "unroll")
}
OPTIONAL = {
    **FLAGS,
    "stateful": st.sampled_from([False, False, False, True]),
    "trainable": st.booleans(),
    "dropout": st.sampled_from([0, 0.5, 1]),
    "recurrent_dropout": st.sampled_from([0, 0.5]),
    "dtype": st.sampled_from(["float16", "mixed_bfloat16", "float64"]),
    "activation": st.sampled_from([None, "relu"]),
}
FURTHER = {
    "SimpleRNN": {},
    "LSTM": {"unit_forget_bias": st.booleans(), "recurrent_activation": st.just("relu")},
    "GRU": {"reset_after": st.booleans(), "use_cudnn": st.sampled_from([True, False, "auto"])},
}
STATES = {"SimpleRNN": 1, "LSTM": 2, "GRU": 1}


@st.composite
def recurrent(draw, names=tuple(FURTHER), **fixed):
    name = draw(st.sampled_from(names))
    optional = {k: v for k, v in {**OPTIONAL, **FURTHER[name]}.items() if k not in fixed}
    arguments = draw(st.fixed_dictionaries({"units": st.integers(1, 4)}, optional=optional))
    return name, {**arguments, **{k: v for k, v in fixed.items() if v is not None}}


@settings(max_examples=90)
@given(
    drawn=recurrent(),
    shape=FITTING | FITTING | SHAPES,
    given_state=st.booleans(),
    masked=st.booleans(),
)
def test_recurrent(drawn, shape, given_state, masked):
    name, arguments = drawn
    # Keras unrolls over an unknown time only to fail when it runs.
    assume(not (arguments.get("unroll") and shape[0] is None))
    named = {}
    if given_state:
        named["initial_state"] = (spec(arguments["units"]),) * STATES[name]
    if masked:
        named["mask"] = spec(shape[0], dtype="bool")
    compare(name, arguments, spec(*shape), **named)


@pytest.mark.parametrize("name", FURTHER)
@pytest.mark.parametrize("units", [0, -1])
def test_units_are_refused(name, units):
    assert compare(name, {"units": units}, spec(3, 4)) == "refused"


@settings(max_examples=40)
@given(
    # `trainable: false` of a wrapper leaves the variables' own flags alone in Keras.
    drawn=recurrent(stateful=None, unroll=None),
    backward=st.none() | recurrent(("SimpleRNN",), stateful=None, unroll=None),
    merge_mode=st.sampled_from(["concat", "sum", "ave", "mul", None]),
    dtype=st.sampled_from([None, "float16"]),
    shape=FITTING,
    given_state=st.booleans(),
)
def test_bidirectional(drawn, backward, merge_mode, dtype, shape, given_state):
    (name, inner), named = drawn, {}
    arguments = {"layer": {"type": name, **inner}, "merge_mode": merge_mode, "dtype": dtype}
    states = STATES[name]
    if backward is not None:
        arguments["backward_layer"] = {"type": backward[0], **backward[1]}
        # Two layers of one class would share a name; and of two with different units or numbers
        # of states Keras declares shapes that it does not compute.
        assume(backward[0] != name and backward[1]["units"] == inner["units"])
        assume(not inner.get("return_state") or STATES[backward[0]] == states)
        states += STATES[backward[0]]
    else:
        states *= 2
    if given_state:
        named["initial_state"] = (spec(inner["units"]),) * states
    keras.utils.clear_session()  # so that the inner layers' names have no number
    compare("Bidirectional", arguments, spec(*shape), **named)


INNER = (
    st.fixed_dictionaries(
        {"type": st.just("Dense"), "units": st.integers(1, 3)},
        optional={"dtype": st.just("float16"), "trainable": st.booleans()},
    )
    | recurrent(stateful=None, unroll=None).map(lambda drawn: {"type": drawn[0], **drawn[1]})
    | st.just({"type": "BatchNormalization"})
)


@settings(max_examples=40)
@given(
    layer=INNER,
    shape=st.tuples(SIZES, SIZES) | st.tuples(SIZES, SIZES, SIZES) | st.lists(SIZES, max_size=4),
    dtype=st.sampled_from([None, "float16"]),
)
def test_time_distributed(layer, shape, dtype):
    # Keras does not look at the axes of what a recurrent layer in it is called on.
    assume(layer["type"] not in FURTHER or len(shape) in (0, 1, 3))
    keras.utils.clear_session()
    compare("TimeDistributed", {"layer": layer, "dtype": dtype}, spec(*shape))
