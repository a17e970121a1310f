"""Every layer that Keras exports against the catalogue: names, arguments, defaults, calls."""

import inspect

import keras
import pytest
from pydantic_core import PydanticUndefined

from layergraph.layers.base import Layer
from layergraph.layers.catalog import LAYERS
from layergraph.objects.base import KerasObject
from layergraph.targets.keras_objects import keras_class
from tests.parity.against_keras import described, keras_signature
from tests.parity.keras_constructors import constructor_arguments, further_names, public_layers

LEFT_OUT = {
    "name": "the node's name is the layer's",
}
LEFT_OUT_OF = {
    ("ReversibleEmbedding", "weights"): "Keras sets them before it can: it raises AttributeError",
    ("AdditiveAttention", "score_mode"): "it has no other way to score, and Keras ignores it",
    ("StringLookup", "oov_method"): "Keras ignores it for strings",
}
# Of the class above all that work on images, through **kwargs.
OF_IMAGES = {
    "bounding_box_format": "boxes come beside images in a dict, which no node is called on",
    "factor": "where a layer names none of its own, Keras refuses it or makes nothing of it",
}

PUBLIC = public_layers()
ALL = pytest.mark.parametrize("name", PUBLIC)
DESCRIBED = pytest.mark.parametrize("name", [name for name in PUBLIC if name in LAYERS.classes])


def plain(value):
    """A default in a form that can be compared."""
    if value is PydanticUndefined or value is inspect.Parameter.empty:
        return "required"
    if isinstance(value, KerasObject):
        return type(value).__name__
    return list(value) if isinstance(value, tuple) else value


def ours(name):
    fields = described(name).model_fields.items()
    return {field.alias or key: plain(field.default) for key, field in fields}


def kerass(name):
    """The arguments that Keras' constructor takes, less those that are left out."""
    return {
        key: plain(default)
        for key, default in constructor_arguments(PUBLIC[name]).items()
        if key not in LEFT_OUT and (name, key) not in left_out_of(name)
    }


def left_out_of(name):
    """The arguments of a layer that are left out, each as (layer, argument)."""
    own = keras_signature(PUBLIC[name])
    above = constructor_arguments(PUBLIC[name])
    is_of_images = set(OF_IMAGES) <= set(above)
    through_kwargs = {(name, key) for key in OF_IMAGES if is_of_images and key not in own}
    return through_kwargs | {pair for pair in LEFT_OUT_OF if pair[0] == name}


def called(name):
    cls = described(name)
    tensors = [argument.name for argument in cls.declared_tensor_arguments()]
    return tensors, [field.alias or key for key, field in cls.Call.model_fields.items()]


@ALL
def test_it_is_described_or_refused(name):
    assert (name in LAYERS.classes) != (name in LAYERS.refused), f"{name} is not in the catalogue"


def test_nothing_else_is_in_the_catalogue():
    assert {*LAYERS.classes, *LAYERS.refused} - set(PUBLIC) == set()


@DESCRIBED
def test_it_is_a_layer_of_that_name(name):
    assert issubclass(described(name), Layer)
    assert keras_class(described(name)) is PUBLIC[name]


@DESCRIBED
def test_the_arguments_and_their_defaults_are_those_of_keras(name):
    assert ours(name) == kerass(name)


@DESCRIBED
def test_the_arguments_of_a_call_are_those_of_keras(name):
    tensors, fields = called(name)
    assert not set(tensors) & set(fields)
    assert set(tensors) | set(fields) == set(keras_signature(PUBLIC[name], "call"))


@DESCRIBED
def test_a_required_tensor_is_required_by_keras(name):
    signature = keras_signature(PUBLIC[name], "call")
    for argument in described(name).declared_tensor_arguments():
        assert argument.required == (signature[argument.name] is inspect.Parameter.empty)


def test_totals():
    """Run with `-rP` to see them."""
    known = [name for name in PUBLIC if name in LAYERS.classes]
    refused = [name for name in PUBLIC if name in LAYERS.refused]
    unknown = set(PUBLIC) - set(known) - set(refused)
    wanted = {(name, key) for name in known for key in kerass(name)}
    found = {(name, key) for name in known for key in ours(name)} & wanted
    left_out = {pair for name in known for pair in left_out_of(name)}
    wanted_calls = {(n, key) for n in known for key in keras_signature(PUBLIC[n], "call")}
    found_calls = {(n, key) for n in known for keys in called(n) for key in keys} & wanted_calls
    print(
        f"layers {len(known) + len(refused)} of {len(PUBLIC)} "
        f"({len(known)} described, {len(refused)} refused with a reason), "
        f"arguments {len(found)} of {len(wanted)} ({len(left_out)} more left out with a reason), "
        f"call arguments {len(found_calls)} of {len(wanted_calls)}"
    )
    assert unknown == set()
    assert found == wanted
    assert found_calls == wanted_calls


@pytest.mark.parametrize("argument", LEFT_OUT_OF, ids=" of ".join)
def test_what_is_left_out_is_keras_own(argument):
    name, key = argument
    assert key in constructor_arguments(PUBLIC[name])
    assert key not in ours(name)


def test_keras_sets_no_weights_of_a_reversible_embedding():
    with pytest.raises(AttributeError, match="tie_weights"):
        keras.layers.ReversibleEmbedding(2, 3, weights=[[[0.0] * 3] * 2])


def test_the_aliases_are_those_of_keras():
    assert dict(LAYERS.aliases) == further_names()
