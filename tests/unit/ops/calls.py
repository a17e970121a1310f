"""What a function says of calls and arguments, for tests to compare."""

import pytest
from pydantic import ValidationError

from layergraph.ops.base import Op
from layergraph.ops.catalog import OPS
from layergraph.tensors import BATCH, ShapeError, TensorSpec, equations


def spec(*sizes, dtype="float32"):
    """A tensor of a graph: the batch is left out."""
    return TensorSpec((BATCH, *sizes), dtype)


def described(name, **arguments):
    found = OPS.find(name).checked(arguments)
    assert isinstance(found, Op)
    return found


def infer(name, *tensors, call=None, **arguments):
    """What the function makes of the tensors, by position, or by name in `call`."""
    with equations():
        return described(name, **arguments).infer(*tensors, **(call or {}))


def refusal(name, *tensors, call=None, **arguments):
    """The error of a call: (code's name, message, label, inputs, argument, help)."""
    with pytest.raises(ShapeError) as caught:
        infer(name, *tensors, call=call, **arguments)
    error = caught.value
    return error.code.name, error.message, error.label, error.inputs, error.argument, error.help


def complaint(name, **arguments):
    """The only mistake in the arguments: (where, code's name, predicate)."""
    with pytest.raises(ValidationError) as caught:
        OPS.find(name).checked(arguments)
    (details,) = caught.value.errors()
    context = details["ctx"]
    return (*details["loc"], *context["at"]), context["code"].name, context["predicate"]
