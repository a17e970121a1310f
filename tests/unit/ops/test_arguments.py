"""Arguments of functions, their names, and the catalogue."""

import pytest

from layergraph.ops.catalog import OPS, camel_case
from layergraph.ops.index_notation import parsed_index
from tests.unit.ops.calls import complaint, described, infer, refusal, spec


@pytest.mark.parametrize("name", OPS.classes)
def test_a_class_knows_its_function(name):
    found = OPS.find(name)
    assert found.__name__ == camel_case(name)
    assert found.function() == name
    assert found.called() == f"`ops.{name}`"
    assert found.__doc__


def test_aliases_and_what_is_refused():
    assert OPS.class_name("abs") == "absolute"
    assert OPS.find("Mean") is None
    assert "while_loop" in OPS.refused
    assert not set(OPS.refused) & set(OPS.names)


@pytest.mark.parametrize(
    ("text", "index"),
    [
        ("[:, 0, ..., ::2]", (slice(None), 0, ..., slice(None, None, 2))),
        ("[-1]", (-1,)),
        ("[ 1:+3 , None, ]", (slice(1, 3), None)),
        ("[...]", (...,)),
    ],
)
def test_an_index(text, index):
    assert parsed_index(text) == index


@pytest.mark.parametrize(
    ("key", "predicate"),
    [
        (0, "must be an index in a string, not 0"),
        ("0", 'must be an index, not the string "0"'),
        ("[]", "has a place without an index"),
        ("[0,,1]", "has a place without an index"),
        ("[a]", 'has the string "a", which is no index'),
        ("[1.0]", 'has the string "1.0", which is no index'),
        ("[0][1]", 'has the string "0][1", which is no index'),
        ("[print(1)]", 'has the string "print(1)", which is no index'),
        ("[1:2:3:4]", "has `1:2:3:4`, which is no slice"),
        ("[::0]", "has `::0`, whose step must not be 0"),
        ("[..., ...]", "may have one `...`, not several"),
        ("[9999999999]", "has 9999999999, which is beyond every axis"),
    ],
)
def test_no_index(key, predicate):
    assert complaint("get_item", key=key)[::2] == (("key",), predicate)


def test_an_index_that_does_not_fit():
    assert refusal("get_item", spec(3), key="[:, 3]") == (
        "argument-misfit",
        "`key` of {node} does not fit its input: there is no 3 along an axis of 3",
        "{0} is (batch, 3)",
        (0,),
        "key",
        "the first axis is the batch: `[:, 0]` is the first item of every sample",
    )
    assert refusal("get_item", spec(3), key="[0, 0, 0]")[1].endswith(
        "it has 3 indices, and the tensor 2 axes"
    )


@pytest.mark.parametrize(
    ("name", "arguments", "found"),
    [
        ("mean", {"axis": True}, (("axis",), "wrong-type")),
        ("mean", {"axis": [1, "2"]}, (("axis", 1), "wrong-type")),
        ("mean", {"axes": 1}, (("axes",), "unknown-argument")),
        ("top_k", {}, (("k",), "missing-argument")),
        ("reshape", {"newshape": [-1, -1]}, (("newshape",), "out-of-range")),
        ("reshape", {"newshape": [0]}, (("newshape",), "out-of-range")),
        ("pad", {"pad_width": [[1, 2], [3]]}, (("pad_width", 1), "out-of-range")),
        ("pad", {"pad_width": -1}, (("pad_width",), "out-of-range")),
        ("roll", {"shift": [1, 2], "axis": 1}, (("shift",), "conflicting-arguments")),
        ("moveaxis", {"source": [0, 1], "destination": 1}, (("destination",), None)),
        ("slice", {"start_indices": [0], "shape": [1, 1]}, (("shape",), None)),
        ("clip", {"x_min": 1, "x_max": 0}, (("x_max",), "out-of-range")),
        ("tensordot", {"axes": [[0], [1, 2]]}, (("axes",), "out-of-range")),
        ("einsum", {"subscripts": "ij,jk"}, (("subscripts",), "out-of-range")),
        ("einsum", {"subscripts": "ij->ik"}, (("subscripts",), "out-of-range")),
        ("einsum", {"subscripts": "ij->ii"}, (("subscripts",), "out-of-range")),
        ("einsum", {"subscripts": "...i->i"}, (("subscripts",), "out-of-range")),
        ("norm", {"ord": "max"}, (("ord",), "wrong-type")),
        ("image.resize", {"size": [3]}, (("size",), "out-of-range")),
    ],
)
def test_refused_arguments(name, arguments, found):
    where, code, _ = complaint(name, **arguments)
    assert (where, found[1] and code) == found


def test_dtypes():
    assert refusal("rsqrt", spec(3, dtype="int32")) == (
        "wrong-dtype",
        "{node} cannot compute with tensors of int32",
        "{0} is int32",
        (0,),
        None,
        "put a node of `ops.cast` with `dtype: float32` before {node}",
    )
    truth = spec(3, dtype="bool")
    assert refusal("add", truth, truth)[:3] == (
        "wrong-dtype",
        "{node} computes with numbers, and is called on truth values",
        "{0} is bool and {1} is bool",
    )
    assert refusal("add", spec(3, dtype="string"), x2=1)[:4] == (
        "wrong-dtype",
        "{node} computes with numbers, and is called on strings",
        "{0} holds strings",
        (0,),
    )
    assert infer("equal", spec(3, dtype="string"), spec(3, dtype="string")) == truth
    assert refusal("stack", [spec(3), spec(3, dtype="string")])[0] == "wrong-dtype"


def test_an_operation_has_no_weights_to_train():
    op = described("mean")
    assert op.weights(spec(3)) == {}
    assert not op.frozen
    assert not op.needs_state
    assert not op.infers_from_call()
