"""Calls of layers one after another.

Keras runs a pipeline to see what comes of it. Whole numbers are therefore drawn only before layers
that make the same of them as they declare; `test_integer_inputs.py` is about the others.
"""

from hypothesis import assume
from hypothesis import strategies as st

from tests.parity.against_keras import spec
from tests.parity.draws import DTYPES, mostly
from tests.parity.layer_calls import LayerCall

STATES = {"type": "LSTM", "units": 2, "return_state": True}
NESTED = {"type": "Pipeline", "layers": ["Identity", {"type": "Dense", "units": 4}]}
ONE_FOR_ONE = [
    *("Identity", "BatchNormalization", "Flatten"),
    {"type": "Dense", "units": 2},
    {"type": "Dense", "units": 3, "trainable": False, "dtype": "mixed_bfloat16"},
    {"type": "Rescaling", "scale": 0.5},
    {"type": "LSTM", "units": 2, "return_sequences": True},
    STATES,
    {"type": "Embedding", "input_dim": 3, "output_dim": 2, "mask_zero": True},
    {"type": "Dropout", "rate": 0.5, "dtype": "float16"},
    NESTED,
]
TAKE_WHOLE_NUMBERS = [ONE_FOR_ONE[3], ONE_FOR_ONE[5], ONE_FOR_ONE[8]]  # Dense, Rescaling, Embedding
FLOATS = st.sampled_from(["float32", "float16"])
LAYERS = st.sampled_from(ONE_FOR_ONE)
WRONG = st.sampled_from(["Add", {"type": "Dot", "axes": 1}, {"type": "Dense", "units": 0}])
SIZE = mostly(st.integers(1, 4), st.none())


@st.composite
def pipelines(draw):
    layers = draw(mostly(st.lists(LAYERS, min_size=1, max_size=4), st.lists(LAYERS | WRONG)))
    # Behind several tensors Keras stacks them where it can; the errors' tests have our refusal.
    assume(STATES not in layers[:-1])
    shape = draw(st.lists(SIZE, min_size=1, max_size=3))
    call = draw(st.fixed_dictionaries({}, optional={"training": st.booleans() | st.none()}))
    named = {}
    if len(shape) == 2 and draw(st.booleans()):
        named["mask"] = spec(shape[0], dtype="bool")
    numbers = bool(layers) and layers[0] in TAKE_WHOLE_NUMBERS
    tensor = spec(*shape, dtype=draw(DTYPES if numbers else FLOATS))
    return LayerCall({"layers": layers}, (tensor,), named, call, masked=draw(st.booleans()))


CALLS = {"Pipeline": pipelines()}
