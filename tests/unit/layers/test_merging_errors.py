"""What merging layers say of tensors that do not fit."""

from layergraph.diagnostics import codes
from layergraph.tensors import BATCH, Size, TensorSpec, equations
from tests.unit.layers.refusals import complaint, described, refusal

STRINGS = "make numbers of the strings first, with `StringLookup` or `TextVectorization`"


def image(*sizes, dtype="float32"):
    return TensorSpec((BATCH, *sizes), dtype)


def test_sizes_differ():
    assert refusal(described("Add"), [image(32, 32, 64), image(30, 32, 64)]) == (
        codes.SHAPE_MISMATCH,
        "inputs of {node} differ on axis 1",
        "{1} is (batch, 30, 32, 64): 32 and 30 must be equal",
        (0, 1),
        None,
        None,
    )


def test_the_input_that_set_the_size_is_named_first():
    inputs = [image(1, 5), image(4, 5), image(1, 1), image(3, 5)]
    found = refusal(described("Maximum"), inputs)
    assert found[1:4] == (
        "inputs of {node} differ on axis 1",
        "{3} is (batch, 3, 5): 4 and 3 must be equal",
        (1, 3),
    )


def test_an_unknown_size_between_them_does_not_make_them_fit():
    found = refusal(described("Average"), [image(2, 5), image(None, 5), image(3, 5)])
    assert found[1:4] == (
        "inputs of {node} differ on axis 1",
        "{2} is (batch, 3, 5): 2 and 3 must be equal",
        (0, 2),
    )


def test_axes_are_counted_in_the_longer_shape():
    found = refusal(described("Add"), [image(5), image(7, 4)])
    assert found[1:4] == (
        "inputs of {node} differ on axis 2",
        "{1} is (batch, 7, 4): 5 and 4 must be equal",
        (0, 1),
    )


def test_a_named_size_that_would_be_two():
    time = Size("time")
    found = refusal(described("Add"), [image(time, 8), image(Size("time", offset=-4), 8)])
    assert found[0] == codes.SIZE_CONFLICT
    assert found[2] == "{1} is (batch, time-4, 8): time and time-4 must be equal"


def test_a_named_size_keeps_its_name():
    with equations():
        merged = described("Add").infer([image(Size("time"), 1), image(10, 8)])
        assert str(merged) == "(batch, time, 8)"
        joined = described("Concatenate", axis=1).infer([image(Size("time"), 8), image(3, 8)])
        assert str(joined) == "(batch, time+3, 8)"
    assert refusal(described("Add"), [image(Size("t")), image(10), image(12)])[:3] == (
        codes.SIZE_CONFLICT,
        "inputs of {node} differ on axis 1",
        "{2} is (batch, 12): t and 12 must be equal",
    )


def test_numbers_of_tensors():
    assert refusal(described("Subtract"), [image(3)] * 3) == (
        codes.WRONG_NUMBER_OF_TENSORS,
        "{node} takes exactly two tensors, and is called on 3",
        "",
        (0, 1, 2),
        None,
        "write `from: [a, b]` with exactly two tensors",
    )
    assert refusal(described("Add"), [])[1] == (
        "{node} takes at least one tensor, and is called on none"
    )


def test_strings_do_not_add_up():
    found = refusal(described("Add"), [image(3), image(3, dtype="string")])
    assert found == (
        codes.WRONG_DTYPE,
        "{node} computes with numbers, and is called on strings",
        "{1} holds strings",
        (1,),
        None,
        STRINGS,
    )


def test_strings_are_not_joined_with_numbers():
    found = refusal(described("Concatenate"), [image(3), image(3, dtype="string")])
    assert found == (
        codes.WRONG_DTYPE,
        "{node} cannot join strings with numbers",
        "{0} is float32 and {1} is string",
        (0, 1),
        None,
        STRINGS,
    )


def test_concatenate():
    join = described("Concatenate", axis=1)
    assert refusal(join, [image(3, 4), image(2, 4), image(3, 5)])[:4] == (
        codes.SHAPE_MISMATCH,
        "inputs of {node} differ on axis 2",
        "{2} is (batch, 3, 5): 4 and 5 must be equal",
        (0, 2),
    )
    assert refusal(join, [image(3, 4), image(3)])[:4] == (
        codes.WRONG_RANK,
        "inputs of {node} have different numbers of axes",
        "{1} is (batch, 3), which has 2: {0} is (batch, 3, 4), which has 3",
        (0, 1),
    )
    assert refusal(described("Concatenate", axis=3), [image(3, 4), image(3, 4)]) == (
        codes.ARGUMENT_MISFIT,
        "`axis` of {node} is 3, and its input has no such axis",
        "{0} is (batch, 3, 4)",
        (0,),
        "axis",
        "an axis from -3 to 2, where 0 is the batch",
    )


def test_dot():
    message = "{node} multiplies along axis 1 and axis 2, whose sizes differ"
    dot = described("Dot", axes=[1, 2])
    assert refusal(dot, [image(3, 4), image(5, 6)])[:4] == (
        codes.SHAPE_MISMATCH,
        message,
        "{1} is (batch, 5, 6): 3 and 6 must be equal",
        (0, 1),
    )
    assert refusal(dot, [image(Size("time"), 4), image(5, 6)])[2:] == (
        "{1} is (batch, 5, 6): time and 6 must be equal",
        (0, 1),
        None,
        "Keras wants both sizes known, or neither: give the size of {0}",
    )
    assert refusal(described("Dot", axes=0), [image(3), image(3)]) == (
        codes.ARGUMENT_MISFIT,
        "{node} cannot multiply along the batch",
        "{0} is (batch, 3), and axis 0 is the batch",
        (0,),
        "axes",
        "axes count from 0, which is the batch; -1 is the last one",
    )
    assert described("Dot", axes=1).multiply_adds([image(3, 4), image(3, 5)]) == 3 * 4 * 5


def test_arguments():
    assert complaint("Dot", axes=[1]) == (
        codes.OUT_OF_RANGE,
        ("axes",),
        "must be one axis or a list of two, not of 1",
        None,
    )
    assert complaint("Dot", axes=[1, "2"])[:3] == (
        codes.WRONG_TYPE,
        ("axes", 1),
        'must be a whole number, not the string "2"',
    )
    assert complaint("Dot", axes=True)[2] == "must be an axis or a list of two, not true"
