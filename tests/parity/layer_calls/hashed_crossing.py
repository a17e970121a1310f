"""Calls of crossed features.

That features are floats, or of several values, Keras learns only when it computes; the errors'
tests have both.
"""

from hypothesis import strategies as st

from tests.parity.against_keras import spec
from tests.parity.draws import mostly
from tests.parity.layer_calls import LayerCall

DTYPES = st.sampled_from(["int32", "int64", "uint8", "string"])
POLICIES = st.sampled_from(["int32", "float32", "mixed_float16", "bool"])


@st.composite
def crossed(draw):
    arguments = draw(
        st.fixed_dictionaries(
            {"num_bins": st.integers(1, 9)},
            optional={
                "output_mode": mostly(st.sampled_from(["int", "one_hot"]), st.just("count")),
                "sparse": st.booleans(),
                "dtype": POLICIES,
            },
        )
    )
    shape = draw(st.sampled_from([(), (1,)]))
    other = draw(mostly(st.just(shape), st.sampled_from([(), (1,)])))
    features = [spec(*shape, dtype=draw(DTYPES)), spec(*other, dtype=draw(DTYPES))]
    number = draw(mostly(st.just(2), st.sampled_from([1, 3])))
    tensors = tuple([*features, features[0]][:number])
    return LayerCall(arguments, (tensors,), masked=draw(st.booleans()))


CALLS = {"HashedCrossing": crossed()}
