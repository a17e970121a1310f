"""What a layer says of a call that it refuses, and of arguments that it refuses."""

import pytest
from pydantic import ValidationError

from layergraph.layers.base import Layer
from layergraph.layers.catalog import LAYERS
from layergraph.tensors import ShapeError, equations


def described(name, **arguments):
    layer = LAYERS.find(name).model_validate(arguments)
    assert isinstance(layer, Layer)
    return layer


def refusal(layer, *tensors, call=None, **named):
    """The error of a call, as code, message, label, inputs, argument and help."""
    if layer.infers_from_call():
        named["call"] = layer.Call(**(call or {}))
    with equations(), pytest.raises(ShapeError) as caught:
        layer.infer(*tensors, **named)
    error = caught.value
    return error.code, error.message, error.label, error.inputs, error.argument, error.help


def complaint(name, **arguments):
    """The one complaint about the arguments, as code, place, predicate and help."""
    with pytest.raises(ValidationError) as caught:
        LAYERS.find(name).model_validate(arguments)
    (error,) = caught.value.errors()
    context = error["ctx"]
    place = (*error["loc"], *context["at"])
    return context["code"], place, context["predicate"], context["help"]
