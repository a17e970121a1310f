"""Constants in the place of tensors."""

import pytest

from layergraph.ops.constants import Array
from tests.unit.ops.calls import complaint, described, infer, refusal, spec


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        (1, 1),
        (True, True),
        (float("-inf"), float("-inf")),
        ([1, 2], Array((1, 2), (2,), "int32")),
        ([1, 0.5], Array((1, 0.5), (2,), "float32")),
        ([[True], [False]], Array(((True,), (False,)), (2, 1), "bool")),
        ({"array": [1, 2], "dtype": "float16"}, Array((1, 2), (2,), "float16")),
        ({"array": 3, "dtype": "int8"}, Array(3, (), "int8")),
        ([], Array((), (0,), "float32")),
    ],
)
def test_kept(given, kept):
    assert described("add", x2=given).x2 == kept


@pytest.mark.parametrize(
    ("given", "where", "code", "predicate"),
    [
        ("1", (), "wrong-type", 'must be a number, not the string "1"'),
        (float("nan"), (), "out-of-range", "must be a number, not NaN"),
        (2**63, (), "out-of-range", "must be a whole number of 64 bits"),
        ([1, [2]], (1,), "wrong-type", "must be a number, not a list"),
        ([[1], [2, 3]], (1,), "wrong-type", "must be a list of 1, as the ones before it are"),
        ([1, "a"], (1,), "wrong-type", 'must be a number, not the string "a"'),
        ([1, True], (), "wrong-type", "must have numbers or truth values, not both"),
        ([2**40], (), "out-of-range", "has 1099511627776, which is no int32"),
        ({"dtype": "int8"}, (), "missing-key", "has no `array`"),
        ({"array": [1], "type": "int8"}, ("type",), "unknown-key", "is no key of an array"),
        (
            {"array": [1], "dtype": "string"},
            ("dtype",),
            "not-a-choice",
            'must be a dtype of numbers, not the string "string"',
        ),
        ({"array": [1], "dtype": ["int8"]}, ("dtype",), "not-a-choice", None),
        (
            {"array": [0.5], "dtype": "int8"},
            ("array",),
            "wrong-type",
            "must have whole numbers, to be int8",
        ),
        (
            {"array": [300], "dtype": "int8"},
            ("array",),
            "out-of-range",
            "has 300, which is no int8",
        ),
        (
            {"array": [1], "dtype": "bool"},
            ("array",),
            "wrong-type",
            "must have truth values, to be bool",
        ),
    ],
)
def test_refused(given, where, code, predicate):
    found = complaint("add", x2=given)
    assert found[:2] == (("x2", *where), code)
    assert predicate in (None, found[2])


def test_on_either_side():
    assert infer("subtract", call={"x2": spec(3)}, x1=1.0) == spec(3)
    assert infer("subtract", spec(3), x2=[1, 2, 3]) == spec(3)
    assert infer("where", call={"condition": spec(3, dtype="bool")}, x1=1, x2=0) == spec(
        3, dtype="int32"
    )


def test_numbers_give_way_to_the_dtype_of_a_tensor():
    half = spec(3, dtype="float16")
    assert infer("add", half, x2=0.5) == half
    assert infer("add", half, x2=[0.5]).dtype == "float32"
    assert infer("add", spec(3, dtype="int8"), x2=1).dtype == "int8"
    assert infer("add", spec(3, dtype="int8"), x2=0.5).dtype == "float32"


def test_an_operand_given_twice():
    assert refusal("subtract", spec(3), x1=1.0, x2=2.0) == (
        "conflicting-arguments",
        "{node} is given `x1` twice, as a tensor and as a constant",
        "{0} is `x1` already",
        (0,),
        "x1",
        "name the tensor's argument: `from: {x2: …}`",
    )


def test_an_operand_not_given():
    assert refusal("subtract", spec(3)) == (
        "missing-call-argument",
        "{node} is not given `x2`, which `ops.subtract` takes",
        "",
        (),
        None,
        "name a tensor `x2` in `from`, or give a constant: `x2: …`",
    )
    assert refusal("subtract", x1=1, x2=2)[:2] == (
        "missing-call-argument",
        "{node} is given no tensor",
    )


def test_a_tensor_is_required_where_there_is_no_constant():
    def required(op):
        return {argument.name: argument.required for argument in op.tensor_arguments()}

    assert required(described("add")) == {"x1": True, "x2": True}
    assert required(described("add", x1=1)) == {"x1": False, "x2": True}
    assert required(described("mean")) == {"x": True}
    assert [argument.many for argument in described("stack").tensor_arguments()] == [True]


def test_a_number_that_the_dtype_does_not_have():
    assert refusal("add", spec(3, dtype="uint8"), x2=-1) == (
        "argument-misfit",
        "`x2` of {node} is -1, which is no uint8",
        "",
        (),
        "x2",
        "`ops.cast` the tensor to a dtype that has both",
    )
    assert refusal("mod", spec(3, dtype="int32"), x2=[1, 2, 0])[1] == (
        "{node} divides whole numbers by 0"
    )
