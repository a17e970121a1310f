"""Calls of dense layers by an equation."""

from hypothesis import strategies as st

from layergraph.tensors.subscripts import DOTS, parsed_subscripts
from tests.parity.against_keras import spec
from tests.parity.draws import DTYPES, POLICIES, mostly
from tests.parity.layer_calls import LayerCall

SIZES = st.integers(1, 4)
WITHOUT_DOTS = [
    *("ab,bc->ac", "AB,CB->AC", "abc,cd->abd", "abc,cde->abde", "abc,cde->abed", "abcd,cde->abe"),
    *("abc,bcd->abd", "abc,cd->ad", "ab,b->a", "ab,b->ab", "abcd,cd->ab", "abc,cdb->adb"),
]
WITH_DOTS = [
    *("...a,ab->...b", "...ab,bc->...ac", "...ab,abc->...c", "...ab,bcd->...adc"),
    *("ab...,bc->ac...", "abc...,cd->abd...", "abc...,bcd->ad..."),
]
ODD = ["ab, bc->ac", "ab,bc->", "ab,bc", "ab,bc->az", "ab,bcz->ac", "a...,ab->b...", "", 7]
# Keras takes more: an output that gives a letter twice, or has the batch elsewhere, a kernel that
# has the batch, dots on one side alone; it then fails when it computes, or computes another shape
# than it declares. The errors' tests have them.


@st.composite
def einsum(draw):
    equation = draw(mostly(st.sampled_from(WITHOUT_DOTS + WITH_DOTS), st.sampled_from(ODD)))
    readable = equation if equation not in ODD else "ab,bc->ac"
    (inputs, kernel), output = parsed_subscripts(readable)
    sizes = {letter: draw(SIZES) for letter in inputs + kernel}
    unknown = draw(st.sets(st.sampled_from(inputs), max_size=1))
    others = draw(st.lists(SIZES | st.none(), max_size=2)) if DOTS in inputs else []
    if inputs.startswith(DOTS):
        # Keras turns the order of these axes around; the errors' tests have it.
        others = (
            [None, *others[:1] * len(others)] if draw(mostly(st.just(True), st.just(False))) else []
        )
        letters = (*others, *inputs[1:])
        outputs = output[1:] if others else output[2:]
    else:
        letters = (*inputs.replace(DOTS, ""), *others)
        outputs = output.replace(DOTS, "")[1:]
    shape = [None if letter in unknown else sizes.get(letter, letter) for letter in letters]
    kernels_own = [letter for letter in outputs if letter not in inputs or letter in kernel]
    given = [
        sizes[letter] if letter in kernels_own or draw(st.booleans()) else None
        for letter in outputs
    ]
    if given and DOTS not in inputs:
        # With dots, and of one size too many, Keras makes something else of the list.
        given = draw(mostly(st.just(given), st.just(given[:-1]) | st.just([9, *given[1:]])))
    arguments = draw(
        st.fixed_dictionaries(
            {
                "equation": st.just(equation),
                "output_shape": st.just(given[0] if len(given) == 1 and given[0] else given),
            },
            optional={
                "bias_axes": mostly(
                    st.sets(st.sampled_from(outputs), min_size=1).map("".join)
                    if outputs
                    else st.none(),
                    st.sampled_from(["", "a", "z", None]),
                ),
                "lora_rank": mostly(st.integers(1, 3), st.just(-1)),
                "lora_alpha": st.just(2.0),
                "kernel_constraint": mostly(st.none(), st.just("non_neg")),
                "activation": st.sampled_from(["relu", "softmax"]),
                "gptq_unpacked_column_size": st.none() | st.just(3),
                "quantization_config": st.just({"type": "Int8QuantizationConfig"}),
                "trainable": st.booleans(),
                "dtype": POLICIES,
            },
        )
    )
    tensor = spec(*shape[1:], dtype=draw(DTYPES))
    call = draw(st.fixed_dictionaries({}, optional={"training": st.booleans()}))
    return LayerCall(arguments, (tensor,), call=call, masked=draw(st.booleans()))


CALLS = {"EinsumDense": einsum()}
