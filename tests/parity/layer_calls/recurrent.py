"""Calls of recurrent layers and of their cells.

Keras looks at a state only when it runs, and then fails where it does not fit: the states that are
drawn fit, and the errors' tests have those that do not. A time of unknown size is not unrolled for
the same reason; and what Keras multiplies whatever its rank, it fails to add to a state. Integers
are not drawn where there is dropout, of which Keras makes a mask in their dtype, and fails.
"""

from hypothesis import strategies as st

from layergraph.tensors import BATCH, TensorSpec
from tests.parity.against_keras import spec
from tests.parity.draws import POLICIES, mostly
from tests.parity.layer_calls import LayerCall

SIZES = st.sampled_from([1, 2, 3, 5])
LENGTHS = SIZES | st.none()
FLOATS = st.sampled_from(["float32", "float16"])
DTYPES = mostly(FLOATS, st.sampled_from(["int32", "bool"]))
FEATURES = st.tuples(mostly(SIZES, st.none()))
UNITS = st.integers(1, 4)
STATES = {"SimpleRNN": 1, "LSTM": 2, "GRU": 1}
GATES = {
    "use_bias": st.booleans(),
    "activation": st.sampled_from([None, "relu"]),
    "trainable": st.booleans(),
    "dropout": st.sampled_from([0, 0.5, 1]),
    "recurrent_dropout": st.sampled_from([0, 0.5]),
    "recurrent_initializer": st.sampled_from(["orthogonal", "zeros", {"type": "Orthogonal"}]),
    "dtype": POLICIES | st.just("bfloat16"),
}
OF_ITS_OWN = {
    "SimpleRNN": {},
    "LSTM": {"unit_forget_bias": st.booleans(), "recurrent_activation": st.just("relu")},
    "GRU": {"reset_after": st.booleans(), "recurrent_activation": st.just("linear")},
}
FLAGS = {
    flag: st.booleans()
    for flag in ("return_sequences", "return_state", "go_backwards", "zero_output_for_mask")
} | {"stateful": st.sampled_from([False, False, False, True])}


def gated(name, **further):
    """Arguments of a layer or of its cell."""
    optional = {**GATES, **OF_ITS_OWN[name.removesuffix("Cell")], **further}
    if name in ("LSTM", "GRU"):
        optional["use_cudnn"] = st.sampled_from([True, False, "auto"])
    return st.fixed_dictionaries({"units": UNITS}, optional=optional)


def dtypes(*gated):
    """The dtypes of what these layers or cells may be called on."""
    return FLOATS if any(arguments.get("dropout") for arguments in gated) else DTYPES


def without(arguments, *names):
    """The arguments less some of them."""
    return {name: value for name, value in arguments.items() if name not in names}


@st.composite
def walked(draw, arguments, sizes, states, dtypes, named=True):
    """A call on a sequence.

    Args:
        draw: Hypothesis' own.
        arguments: those of the layer.
        sizes: the axes behind the time.
        states: the axes of each state, without the batch.
        dtypes: the dtypes of the sequence.
        named: whether states and masks may be given.
    """
    time = draw(LENGTHS)
    batch = draw(st.sampled_from([2, 2, BATCH] if arguments.get("stateful") else [BATCH, 2]))
    if time is not None and draw(st.booleans()):
        arguments = {**arguments, "unroll": draw(st.booleans())}
    dims = (batch, time, *sizes)
    further = {}
    if named and draw(st.booleans()):
        further["initial_state"] = tuple(TensorSpec((batch, *state)) for state in states)
    if named and draw(st.booleans()):
        further["mask"] = TensorSpec(dims[:2], "bool")
    call = draw(st.fixed_dictionaries({}, optional={"training": st.booleans()}))
    tensor = TensorSpec(dims, draw(dtypes))
    return LayerCall(arguments, (tensor,), further, call, masked=draw(st.booleans()))


@st.composite
def recurrent(draw, name):
    arguments = draw(gated(name, **FLAGS))
    if draw(st.integers(0, 29)) == 0:
        arguments["units"] = draw(st.sampled_from([0, -1, 2.5, "4"]))
        return LayerCall(arguments, (spec(3, 4),))
    if name == "SimpleRNN":
        arguments["activity_regularizer"] = None  # Keras does not look at it, nor at a wrong one
    states = [(arguments["units"],)] * STATES[name]
    features = draw(mostly(FEATURES, st.lists(SIZES, max_size=3).map(tuple)))
    return draw(walked(arguments, features, states, dtypes(arguments)))


@st.composite
def cell(draw, name):
    # Without `autocast` Keras mixes the dtypes of some cells, and fails with others.
    arguments = {**draw(gated(name)), "autocast": True}
    features = draw(mostly(SIZES, st.none()))
    states = tuple(spec(arguments["units"]) for _ in range(STATES[name.removesuffix("Cell")]))
    call = draw(st.fixed_dictionaries({}, optional={"training": st.booleans()}))
    tensor = spec(features, dtype=draw(dtypes(arguments)))
    return LayerCall(arguments, (tensor,), {"states": states}, call, draw(st.booleans()))


CELLS = [f"{name}Cell" for name in STATES]
ONE_CELL = st.sampled_from(CELLS).flatmap(
    lambda name: gated(name).map(lambda arguments: {"type": name, **arguments})
)


def states_of(cells):
    """The axes of each state of cells, one after another."""
    return [
        (cell["units"],) for cell in cells for _ in range(STATES[cell["type"].removesuffix("Cell")])
    ]


@st.composite
def stack(draw):
    arguments = draw(
        st.fixed_dictionaries(
            {"cells": st.lists(ONE_CELL, min_size=1, max_size=2)},
            optional={"dtype": POLICIES, "trainable": st.booleans()},
        )
    )
    features = draw(mostly(SIZES, st.none()))
    states = tuple(spec(*state) for state in states_of(arguments["cells"]))
    tensor = spec(features, dtype=draw(dtypes(*arguments["cells"])))
    return LayerCall(arguments, (tensor,), {"states": states}, masked=draw(st.booleans()))


@st.composite
def along_time(draw):
    arguments = draw(
        st.fixed_dictionaries({}, optional={**FLAGS, "trainable": st.booleans(), "dtype": POLICIES})
    )
    cells = draw(st.lists(ONE_CELL, min_size=1, max_size=2))
    kind = draw(st.sampled_from(["cell", "list", "stack"]))
    named = True
    if kind == "cell":
        cells = cells[:1]
        arguments["cell"] = cells[0]
    else:
        # Keras carries the states of a stack along in the stack's dtype, and fails when it runs
        # where a cell has another; and with one cell of several states where it masks or unrolls.
        cells = [without(cell, "dtype") for cell in cells]
        named = len(cells) > 1 or cells[0]["type"] != "LSTMCell"
        arguments["cell"] = cells if kind == "list" else {"type": "StackedRNNCells", "cells": cells}
    # Keras' `RNN` does not look at the number of axes.
    found = draw(walked(arguments, draw(FEATURES), states_of(cells), dtypes(*cells), named))
    return found if named else found._replace(arguments=without(found.arguments, "unroll"))


CALLS = {
    **{name: recurrent(name) for name in STATES},
    **{name: cell(name) for name in CELLS},
    "StackedRNNCells": stack(),
    "RNN": along_time(),
}
