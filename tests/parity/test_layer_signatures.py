"""Every layer of the catalogue against Keras' own: names, arguments, defaults, call arguments."""

import inspect

import keras
import pytest
from pydantic_core import PydanticUndefined

from layergraph.layers.base import Layer
from layergraph.layers.catalog import LAYERS
from layergraph.objects.base import KerasObject
from layergraph.targets.keras_objects import keras_class
from tests.parity.against_keras import described, keras_signature

BASE = set(Layer.model_fields)

LEFT_OUT = {
    "name": "the node's name is the layer's",
    "quantization_config": "a graph file describes the model before it is quantized",
}
# Arguments that Keras' constructor takes through **kwargs, from a class that it does not export.
THROUGH_KWARGS = {
    ("Conv1D", "lora_rank"),
    ("Conv1D", "lora_alpha"),
    ("Conv2D", "lora_rank"),
    ("Conv2D", "lora_alpha"),
    ("Conv3D", "lora_rank"),
    ("Conv3D", "lora_alpha"),
}

ALL = pytest.mark.parametrize("name", LAYERS.classes)


def plain(value):
    """A default in a form that can be compared."""
    if value is PydanticUndefined or value is inspect.Parameter.empty:
        return "required"
    if isinstance(value, KerasObject):
        return type(value).__name__
    return list(value) if isinstance(value, tuple) else value


def ours(name):
    cls = described(name)
    return {
        field.alias or key: plain(field.default)
        for key, field in cls.model_fields.items()
        if key not in BASE
    }


def takes_base_arguments(cls):
    """Whether the constructor passes what it does not name on to Keras' `Layer`."""
    kinds = {p.kind for p in inspect.signature(cls.__init__).parameters.values()}
    return inspect.Parameter.VAR_KEYWORD in kinds


@ALL
def test_it_is_a_layer_of_that_name(name):
    assert issubclass(described(name), Layer)
    assert keras_class(described(name)) is getattr(keras.layers, name)


@ALL
def test_the_arguments_and_their_defaults_are_those_of_keras(name):
    kerass = {
        key: plain(default)
        for key, default in keras_signature(keras_class(described(name))).items()
        if key not in BASE and key not in LEFT_OUT
    }
    described_here = {
        key: default for key, default in ours(name).items() if (name, key) not in THROUGH_KWARGS
    }
    assert described_here == kerass


@ALL
def test_the_base_arguments_are_there_where_keras_takes_them(name):
    """They come through **kwargs, or by name; a constructor with neither takes none."""
    cls = keras_class(described(name))
    by_name = set(keras_signature(cls)) & BASE
    expected = BASE if takes_base_arguments(cls) else by_name
    if name == "ActivityRegularization":
        expected = BASE - {"activity_regularizer"}  # it makes its own of `l1` and `l2`
    assert set(described(name).model_fields) & BASE == expected


@ALL
def test_the_arguments_of_a_call_are_those_of_keras(name):
    cls = described(name)
    tensors = [argument.name for argument in cls.declared_tensor_arguments()]
    fields = [field.alias or key for key, field in cls.Call.model_fields.items()]
    assert not set(tensors) & set(fields)
    assert set(tensors) | set(fields) == set(keras_signature(keras_class(cls), "call"))


@ALL
def test_a_required_tensor_is_required_by_keras(name):
    cls = described(name)
    signature = keras_signature(keras_class(cls), "call")
    for argument in cls.declared_tensor_arguments():
        assert argument.required == (signature[argument.name] is inspect.Parameter.empty)


@pytest.mark.parametrize(("alias", "name"), LAYERS.aliases.items())
def test_an_alias_is_one_of_keras(alias, name):
    assert getattr(keras.layers, alias) is getattr(keras.layers, name)
    assert LAYERS.class_name(alias) == name


def test_no_alias_of_keras_is_missing():
    found = {
        alias: cls.__name__
        for alias, cls in vars(keras.layers).items()
        if inspect.isclass(cls) and cls.__name__ in LAYERS.classes and alias != cls.__name__
    }
    assert {alias: LAYERS.class_name(alias) for alias in found} == found
