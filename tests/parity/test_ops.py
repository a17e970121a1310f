"""Every function of the catalogue against `keras.ops`: signatures, shapes, dtypes, refusals."""

import inspect
from itertools import combinations_with_replacement
from operator import attrgetter

import keras
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic_core import PydanticUndefined

from layergraph.ops.catalog import OPS
from layergraph.ops.promotion import NotPromotable, result_type
from layergraph.targets.keras_ops import keras_function
from layergraph.tensors import DTYPES
from tests.parity.op_calls import SPECIAL, usual_calls
from tests.parity.op_samples import SAMPLES, sample_tensors
from tests.parity.ops_against_keras import compare, described

ALL = pytest.mark.parametrize("name", OPS.classes)

LEFT_OUT = {
    ("einsum", "kwargs"): "what other backends take",
    ("layer_normalization", "kwargs"): "a mistake of an old version, which `rms_normalization` is",
    ("multi_hot", "kwargs"): "an old name of `num_classes`",
}


def plain(default):
    """A default in a form that can be compared; what is no tensor's is required or not."""
    if default is PydanticUndefined or default is inspect.Parameter.empty:
        return "required"
    return default


@ALL
def test_the_arguments_and_their_defaults_are_those_of_keras(name):
    cls = described(name)
    parameters = inspect.signature(keras_function(cls)).parameters
    kerass = {
        key: plain(parameter.default)
        for key, parameter in parameters.items()
        if (name, key) not in LEFT_OUT
    }
    ours = {
        field.alias or key: plain(field.default)
        for key, field in cls.model_fields.items()
        if key not in cls.may_be_constants()
    }
    tensors = [argument.name for argument in cls.declared_tensor_arguments()]
    assert not set(tensors) & set(ours)
    assert ours == {key: default for key, default in kerass.items() if key not in tensors}
    assert [key for key in kerass if key in tensors] == tensors
    assert set(tensors) <= set(kerass)


@ALL
def test_a_required_tensor_is_required_by_keras(name):
    cls = described(name)
    parameters = inspect.signature(keras_function(cls)).parameters
    for argument in cls.declared_tensor_arguments():
        left_out = argument.name in cls.may_be_left_out
        if left_out:
            assert parameters[argument.name].default is None
        if argument.name in cls.may_be_constants():
            assert cls.model_fields[argument.name].default is None
        elif argument.required:
            assert parameters[argument.name].default is inspect.Parameter.empty
        else:
            assert left_out


@pytest.mark.parametrize(("alias", "name"), OPS.aliases.items())
def test_an_alias_takes_what_its_function_takes(alias, name):
    signature = inspect.signature(getattr(keras.ops, alias))
    assert signature == inspect.signature(getattr(keras.ops, name))
    assert OPS.find(alias) is OPS.find(name)


@pytest.mark.parametrize("name", OPS.refused)
def test_what_is_refused_is_one_of_keras(name):
    assert callable(attrgetter(name)(keras.ops))
    assert OPS.find(name) is None


@pytest.mark.parametrize(("module", "prefix"), [(keras.ops, ""), (keras.ops.image, "image.")])
def test_every_function_is_described_or_refused(module, prefix):
    functions = [prefix + name for name, _ in inspect.getmembers(module, inspect.isroutine)]
    assert len(functions) > 10
    assert set(functions) <= {*OPS.names, *OPS.refused}


@pytest.mark.parametrize("count", [1, 2, 3])
def test_dtypes_are_promoted_as_in_keras(count):
    """Python's `int` and `float` stand for "int" and "float"."""
    for dtypes in combinations_with_replacement([*DTYPES, "int", "float"], count):
        python = [{"int": int, "float": float}.get(dtype, dtype) for dtype in dtypes]
        try:
            theirs = keras.backend.result_type(*python)
        except ValueError:
            with pytest.raises(NotPromotable):
                result_type(*dtypes)
        else:
            # Of one dtype alone Keras looks at nothing, and of `int` it makes int64 then.
            assert result_type(*dtypes) == theirs


@pytest.mark.parametrize("name", SPECIAL)
@given(data=st.data())
@settings(max_examples=60)
def test_inference(name, data):
    arguments, tensors = data.draw(SPECIAL[name])
    compare(name, arguments, **tensors)


@pytest.mark.parametrize("name", [name for name in OPS.classes if name not in SPECIAL])
@given(data=st.data())
@settings(max_examples=60)
def test_inference_of_usual_calls(name, data):
    arguments, tensors = data.draw(usual_calls(name))
    compare(name, arguments, **tensors)


@ALL
def test_every_dtype(name):
    """What we take is computed, also in a graph of unknown batch; what we refuse is not."""
    for dtype in DTYPES:
        compare(name, SAMPLES[name][0], traced=True, **sample_tensors(name, dtype))


@ALL
def test_the_sample_is_taken(name):
    assert compare(name, SAMPLES[name][0], **sample_tensors(name)) == "same"
