"""Calls of convolutional LSTMs.

Integers are not drawn as inputs, as for convolutions: Keras takes them, and fails when it runs. So
it does with states that do not fit, and the errors' tests have those.
"""

from hypothesis import strategies as st

from layergraph.tensors import BATCH, TensorSpec
from tests.parity.draws import FORMATS, PADDINGS, POLICIES, mostly, windows
from tests.parity.layer_calls import LayerCall
from tests.parity.layer_calls.recurrent import FLAGS, FLOATS, LENGTHS, SIZES


def arguments_of(axes):
    optional = {
        **FLAGS,
        "strides": windows(axes, most=2),
        "dilation_rate": mostly(st.just(1), windows(axes, most=2)),
        "padding": PADDINGS,
        "data_format": FORMATS,
        "use_bias": st.booleans(),
        "unit_forget_bias": st.booleans(),
        "activation": st.sampled_from(["relu", None]),
        "recurrent_activation": st.just("hard_sigmoid"),
        "recurrent_initializer": st.sampled_from(["orthogonal", "zeros"]),
        "dropout": st.sampled_from([0, 0.5]),
        "recurrent_dropout": st.sampled_from([0, 0.5]),
        "dtype": POLICIES | st.just("bfloat16"),
    }
    required = {"kernel_size": windows(axes, most=3), "filters": mostly(SIZES, st.just(-1))}
    return st.fixed_dictionaries(required, optional=optional)


@st.composite
def images(draw, axes, arguments):
    """A sequence of images, at times of a wrong number of axes."""
    batch = draw(st.sampled_from([2, BATCH] if arguments.get("stateful") else [BATCH, BATCH, 2]))
    time = draw(LENGTHS)
    if time is None:
        arguments.pop("unroll", None)
    usual, odd = (
        st.lists(size, min_size=axes, max_size=axes)
        for size in (st.integers(3, 6), st.none() | st.integers(1, 3))
    )
    sizes = draw(mostly(usual, odd))
    channels = draw(mostly(SIZES, st.none()))
    first = arguments.get("data_format") == "channels_first"
    right = (time, channels, *sizes) if first else (time, *sizes, channels)
    wrong = st.lists(SIZES, min_size=1, max_size=5).map(lambda sizes: (time, *sizes))
    return TensorSpec((batch, *draw(mostly(st.just(right), wrong))), draw(FLOATS))


@st.composite
def convolutional(draw, axes):
    arguments = draw(arguments_of(axes))
    if draw(st.booleans()):
        arguments["unroll"] = draw(st.booleans())
    sequences = draw(images(axes, arguments))
    named = {}
    if draw(st.booleans()):
        named["mask"] = TensorSpec(sequences.dims[:2], "bool")
    call = draw(st.fixed_dictionaries({}, optional={"training": st.booleans()}))
    return LayerCall(arguments, (sequences,), named, call, masked=draw(st.booleans()))


CALLS = {f"ConvLSTM{axes}D": convolutional(axes) for axes in (1, 2, 3)}
