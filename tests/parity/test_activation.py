"""Activations as layers against Keras, over drawn arguments and shapes.

Softmax, ELU and PReLU are not drawn over integers: `test_integer_inputs.py` is about them.
"""

from hypothesis import given
from hypothesis import strategies as st

from tests.parity.against_keras import compare, spec
from tests.parity.draws import DTYPES, POLICIES, SIZES, mostly

ANY_SHAPE = st.lists(mostly(SIZES, st.none()), max_size=4)
SLOPE = mostly(st.sampled_from([0, 0.0, 0.2, 1.5]), st.just(-0.1))
BASE = {"dtype": POLICIES, "trainable": st.booleans()}
FLOATS = st.sampled_from(["float32", "float16"])


@given(st.sampled_from(["relu", "tanh", "nothing_like_it"]), ANY_SHAPE, DTYPES)
def test_activation(activation, shape, dtype):
    compare("Activation", {"activation": activation}, spec(*shape, dtype=dtype))


@given(
    st.fixed_dictionaries(
        {}, optional=BASE | {"max_value": SLOPE, "negative_slope": SLOPE, "threshold": SLOPE}
    ),
    ANY_SHAPE,
    DTYPES,
)
def test_relu(arguments, shape, dtype):
    compare("ReLU", arguments, spec(*shape, dtype=dtype))


@given(st.fixed_dictionaries({}, optional=BASE | {"negative_slope": SLOPE}), ANY_SHAPE, DTYPES)
def test_leaky_relu(arguments, shape, dtype):
    compare("LeakyReLU", arguments, spec(*shape, dtype=dtype))


@given(st.fixed_dictionaries({}, optional=BASE | {"alpha": SLOPE}), ANY_SHAPE, FLOATS)
def test_elu(arguments, shape, dtype):
    compare("ELU", arguments, spec(*shape, dtype=dtype))


@given(
    st.fixed_dictionaries(
        {},
        # Keras takes 0 and negative axes for others than they name: the errors' tests have them.
        optional=BASE
        | {"shared_axes": st.integers(1, 4) | st.lists(st.integers(1, 4), min_size=1)},
    ),
    ANY_SHAPE,
    FLOATS,
)
def test_prelu(arguments, shape, dtype):
    compare("PReLU", arguments, spec(*shape, dtype=dtype))


@given(st.data(), st.fixed_dictionaries({}, optional=BASE), ANY_SHAPE, FLOATS)
def test_softmax(data, arguments, shape, dtype):
    """Keras finds an axis that is not there only when data comes, and so with masks."""
    axis = st.integers(-1 - len(shape), len(shape))
    axes = axis | st.lists(axis, min_size=1, unique_by=lambda a: a % (len(shape) + 1))
    drawn = data.draw(st.fixed_dictionaries({}, optional={"axis": axes}))
    masked = {"mask": spec(*shape, dtype="bool")} if data.draw(st.booleans()) else {}
    compare("Softmax", arguments | drawn, spec(*shape, dtype=dtype), **masked)
