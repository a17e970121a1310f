"""Initializers, losses, metrics, optimizers and the like against Keras' own."""

import functools
import inspect
from types import SimpleNamespace

import keras
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from keras.src import (
    activations,
    constraints,
    initializers,
    losses,
    metrics,
    optimizers,
    regularizers,
)
from pydantic import ValidationError

from layergraph.objects import catalogs
from layergraph.objects.catalog import Catalog
from layergraph.targets.keras_objects import keras_class, keras_object
from tests.parity.against_keras import keras_signature
from tests.parity.object_arguments import (
    CHOICES,
    LEFT_OUT,
    LISTS_OF_RATES,
    NEEDED,
    NUMBERS,
    STRICTER,
)


def exported(module, *bases):
    """What a module of Keras exports of some bases, where it holds several kinds."""
    classes = [value for value in vars(module).values() if inspect.isclass(value)]
    return SimpleNamespace(**{c.__name__: c for c in classes if issubclass(c, bases)})


CATALOGS = {
    "initializers": (catalogs.INITIALIZERS, keras.initializers),
    "regularizers": (catalogs.REGULARIZERS, keras.regularizers),
    "constraints": (catalogs.CONSTRAINTS, keras.constraints),
    "losses": (catalogs.LOSSES, keras.losses),
    "metrics": (catalogs.METRICS, keras.metrics),
    "optimizers": (catalogs.OPTIMIZERS, keras.optimizers),
    "schedules": (catalogs.SCHEDULES, keras.optimizers.schedules),
    "quantizers": (
        catalogs.QUANTIZERS,
        exported(keras.quantizers, keras.quantizers.Quantizer),
    ),
    "quantization configs": (
        catalogs.QUANTIZATION_CONFIGS,
        exported(keras.quantizers, keras.quantizers.QuantizationConfig),
    ),
    "dtype policies": (
        catalogs.DTYPE_POLICIES,
        exported(
            keras.dtype_policies,
            keras.dtype_policies.DTypePolicy,
            keras.dtype_policies.DTypePolicyMap,
        ),
    ),
}
TABLES = {
    "initializers": initializers.ALL_OBJECTS_DICT,
    "regularizers": regularizers.ALL_OBJECTS_DICT,
    "constraints": constraints.ALL_OBJECTS_DICT,
    "losses": losses.ALL_OBJECTS_DICT,
    "metrics": metrics.ALL_OBJECTS_DICT,
    "optimizers": optimizers.ALL_OBJECTS_DICT,
}
CLASSES = [
    *[(catalog, name) for catalog, _ in CATALOGS.values() for name in catalog.classes],
    (catalogs.OPTIMIZER_MAPS, "OptimizerMap"),
]
WRAPPERS = {
    *("LossScaleOptimizer", "MultiOptimizer", "OptimizerMap"),
    *("Int8QuantizationConfig", "Int4QuantizationConfig"),
}


def each_class(without=()):
    cases = [pytest.param(c, n, id=f"{c.kind}-{n}") for c, n in CLASSES if n not in without]
    return pytest.mark.parametrize(("catalog", "name"), cases)


NAMELESS = {
    "Constant": "`get` makes it from a config, where it wants `value`",
    "CategoricalGeneralizedCrossEntropy": "not in the table of losses",
    "Lamb": "not in the table of optimizers",
    "AbsMaxQuantizer": "`get` makes it with a dict for `axis`",
    "Int8QuantizationConfig": "a layer keeps the name as it is, and cannot be quantized by it",
    "Int4QuantizationConfig": "a layer keeps the name as it is, and cannot be quantized by it",
    "Float8QuantizationConfig": "a layer keeps the name as it is, and cannot be quantized by it",
    "GPTQConfig": "a layer keeps the name as it is, and cannot be quantized by it",
    "AWQConfig": "a layer keeps the name as it is, and cannot be quantized by it",
}
"""Classes that Keras can make without arguments, but not from their name."""


@pytest.mark.parametrize("kind", CATALOGS)
def test_every_class_of_keras_is_described(kind):
    catalog, module = CATALOGS[kind]
    public = {value.__name__ for value in vars(module).values() if inspect.isclass(value)}
    assert public - set(catalog.classes) - set(catalog.refused) - set(catalog.aliases) == set()
    assert set(catalog.classes) - public == set()


@each_class()
def test_arguments_and_defaults(catalog, name):
    described = catalog.find(name)
    assert described.__doc__, f"{name} has no docstring"
    ours = {
        field.alias or key: inspect.Parameter.empty if field.is_required() else field.default
        for key, field in described.model_fields.items()
    }
    theirs = {
        argument: default
        for argument, default in keras_signature(keras_class(described)).items()
        if (name, argument) not in LEFT_OUT
    }
    assert set(theirs) - set(ours) == set(), f"{name} lacks arguments"
    assert set(ours) - set(theirs) == set(), f"{name} has arguments that Keras has not"
    assert {a: d for a, d in ours.items() if d != theirs[a]} == {}, f"{name}: other defaults"


@pytest.mark.parametrize("kind", TABLES)
def test_every_name_in_keras_tables_is_known(kind):
    catalog, _ = CATALOGS[kind]
    known = {n for n in TABLES[kind] if catalog.class_name(n) is not None} | set(catalog.functions)
    refused = set(catalog.refused) | {n.lower() for n in catalog.refused if catalog.any_case}
    assert set(TABLES[kind]) - known - refused == set()


@pytest.mark.parametrize("kind", TABLES)
def test_keras_takes_every_name(kind):
    catalog, module = CATALOGS[kind]
    for name in catalog.names:
        if name in catalog.functions:
            continue  # Keras sees to these in `compile`, see below
        proper = catalog.class_name(name)
        if proper in catalog.needy:
            with pytest.raises((ValueError, TypeError, KeyError)):
                module.get(name)
            continue
        found = module.get(name)
        if inspect.isfunction(found):
            assert getattr(module, proper)().fn is found, f"{name} is no {proper}"
        else:
            assert type(found).__name__ == proper
    for name in catalog.refused:
        assert name in TABLES[kind] or name.lower() in TABLES[kind], f"{name} is not Keras'"


@each_class()
def test_needy_are_the_classes_with_required_arguments(catalog, name):
    fields = catalog.find(name).model_fields.values()
    needy = any(field.is_required() for field in fields) or name in NAMELESS
    assert needy == (name in catalog.needy)


@pytest.mark.parametrize("loss", catalogs.LOSSES.functions)
def test_names_that_only_compile_knows(loss):
    assert catalogs.METRICS.functions == ("acc",)
    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(3, activation="softmax")])
    model.compile(loss=loss, metrics=["acc", "accuracy"], run_eagerly=True)
    assert len(model.test_on_batch(np.zeros((4, 2)), np.zeros((4,)))) == 3


def test_activations():
    ours = set(catalogs.ACTIVATIONS.functions)
    assert set(activations.ALL_OBJECTS_DICT) ^ ours == set()
    public = {name for name, value in vars(keras.activations).items() if inspect.isfunction(value)}
    assert public - ours == {"get", "serialize", "deserialize"}
    for name in ours:
        assert callable(keras.activations.get(name))
    for name in catalogs.ACTIVATIONS.classes:
        layer = getattr(keras.layers, name)()
        dense = keras.layers.Dense(2, activation=layer)
        dense.build((None, 3))
        assert layer.weights == []
        assert dense.activation is layer
        with pytest.raises(ValueError, match="Could not interpret"):
            keras.activations.get(name)


@each_class(without=WRAPPERS)
def test_each_argument(catalog, name):
    for argument in _arguments(catalog, name):
        for value in _values(catalog, name, argument):
            given = {**_needed(catalog, name), argument: value}
            stricter = _compare(catalog, name, given)
            assert not stricter or argument in STRICTER, (
                f"Keras takes {name}({argument}={value!r}) and we do not: {stricter}"
            )


@settings(max_examples=20)
@each_class(without=WRAPPERS)
@given(data=st.data())
def test_arguments_together(catalog, name, data):
    optional = {
        argument: st.sampled_from(good)
        for argument in _arguments(catalog, name)
        if (good := _good_values(catalog.kind, name, argument))
    }
    given = _needed(catalog, name) | data.draw(st.fixed_dictionaries({}, optional=optional))
    stricter = _compare(catalog, name, given)
    assert not stricter or name in {"AUC", "PiecewiseConstantDecay"}, (
        f"Keras takes {name}({given}) and we do not: {stricter}"
    )


@each_class()
def test_every_argument_is_checked(catalog, name):
    described = catalog.find(name)
    for argument in described.model_fields:
        with pytest.raises(ValidationError) as caught:
            described.model_validate({argument: {"no": "type"}})
        assert argument in {error["loc"][0] for error in caught.value.errors()}


def test_arguments_of_the_table_exist():
    arguments = {a for c, n in CLASSES for a in keras_signature(keras_class(c.find(n)))}
    assert set(STRICTER) - arguments == set()


def test_optimizers_in_optimizers():
    described = catalogs.OPTIMIZERS.resolve(
        {
            "type": "MultiOptimizer",
            "optimizer_map": {
                "type": "OptimizerMap",
                "default_optimizer": "sgd",
                "optimizer_map": {"encoder/.*": {"type": "Adam", "clipnorm": 1}},
            },
        }
    )
    config = keras_object(described).get_config()["optimizer_map"]["config"]
    assert config["default_optimizer"]["class_name"] == "SGD"
    assert config["optimizer_map"]["encoder/.*"]["config"]["clipnorm"] == 1.0
    scaled = catalogs.OPTIMIZERS.resolve({"type": "LossScaleOptimizer", "inner_optimizer": "Lion"})
    assert keras_object(scaled).get_config()["inner_optimizer"]["class_name"] == "Lion"


def quantization_config(**arguments):
    """Ours, and the object of Keras that it becomes."""
    described = catalogs.QUANTIZATION_CONFIGS.resolve(arguments)
    return keras_object(described)


def test_quantizers_in_configs():
    weights = {"type": "AbsMaxQuantizer", "value_range": [-8, 7], "axis": 0}
    built = quantization_config(
        type="Int4QuantizationConfig", block_size=None, weight_quantizer=weights
    )
    assert isinstance(built, keras.quantizers.Int4QuantizationConfig)
    assert built.weight_quantizer.value_range == (-8, 7)
    assert built.activation_quantizer is None
    built = quantization_config(type="Int8QuantizationConfig")
    assert built.activation_quantizer.output_dtype == "int8"
    built = quantization_config(type="Int8QuantizationConfig", activation_quantizer=None)
    assert built.activation_quantizer is None
    built = quantization_config(type="GPTQConfig", group_size=-1)
    assert (built.mode, built.dataset, built.group_size) == ("gptq", None, -1)


@pytest.mark.parametrize("block_size", [128, -1, None, 0, -2])
@pytest.mark.parametrize("weights", [None, {}, {"value_range": (-8, 7)}, {"output_dtype": "int16"}])
@pytest.mark.parametrize("activations", ["default", None, {}])
@pytest.mark.parametrize("name", ["Int8QuantizationConfig", "Int4QuantizationConfig"])
def test_configs_of_quantizers(name, activations, weights, block_size):
    given = {"weight_quantizer": weights, "activation_quantizer": activations}
    if name.startswith("Int4"):
        given["block_size"] = block_size
    kerass = {
        key: keras.quantizers.AbsMaxQuantizer(**value) if isinstance(value, dict) else value
        for key, value in given.items()
    }
    ours = {
        key: {"type": "AbsMaxQuantizer", **value} if isinstance(value, dict) else value
        for key, value in given.items()
    }
    try:
        expected = getattr(keras.quantizers, name)(**kerass).get_config()
    except ValueError:
        with pytest.raises(ValidationError):
            quantization_config(type=name, **ours)
    else:
        assert _plain(quantization_config(type=name, **ours).get_config()) == _plain(expected)


@pytest.mark.parametrize("name", catalogs.SCHEDULES.classes)
def test_schedules_in_optimizers(name):
    schedule = {"type": name, **_needed(catalogs.SCHEDULES, name)}
    built = keras_object(catalogs.OPTIMIZERS.resolve({"type": "Adam", "learning_rate": schedule}))
    assert built.get_config()["learning_rate"]["class_name"] == name
    assert float(built.learning_rate) > 0


def _compare(catalog: Catalog, name, given) -> str:
    """Hold what we build against what Keras builds; what we refuse and Keras takes is given back.

    A value that Keras refuses and we take is an AssertionError.
    """
    described = catalog.find(name)
    theirs, refusal = None, None
    try:
        theirs = keras_class(described)(**dict.fromkeys(described.withheld), **_with_floats(given))
    except Exception as error:  # noqa: BLE001  whatever Keras raises is its way to refuse
        refusal = f"{type(error).__name__}: {error}"
    try:
        ours = described.model_validate(given)
    except ValidationError as error:
        return "" if refusal else str(error)
    asked = f"{name}({given})"
    assert refusal is None, f"we take {asked}, Keras: {refusal}"
    assert _config(keras_object(ours), given) == _config(theirs, given), asked
    return ""


def _with_floats(given):
    """Where Keras insists on a float, `1` in a graph file is one."""
    strict = ("learning_rate", "momentum", "beta", "threshold")
    return {
        argument: float(value) if argument in strict and type(value) is int else value
        for argument, value in given.items()
    }


def _config(built, given):
    config = _plain(built.get_config()) if hasattr(built, "get_config") else {}
    if given.get("name") is None:
        config.pop("name", None)  # Keras counts the objects that it names itself
    return config


def _plain(value):
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return np.asarray(value).tolist() if hasattr(value, "shape") else value


def _arguments(catalog, name):
    signature = keras_signature(keras_class(catalog.find(name)))
    return [argument for argument in signature if (name, argument) not in LEFT_OUT]


def _needed(catalog, name):
    fields = catalog.find(name).model_fields
    return {key: NEEDED[key] for key, field in fields.items() if field.is_required()}


def _values(catalog, name, argument):
    default = keras_signature(keras_class(catalog.find(name)))[argument]
    if isinstance(default, bool):
        return [False, True]
    values = CHOICES.get(argument, NUMBERS)
    if argument == "learning_rate" and catalog is not catalogs.OPTIMIZERS:
        return NUMBERS
    if argument == "thresholds" and name == "AUC":
        return [None, *LISTS_OF_RATES]
    if argument == "weight_decay" or default is None:
        return [None, *(value for value in values if value is not None)]
    return [value for value in values if value is not None or isinstance(default, str)]


@functools.cache
def _good_values(kind, name, argument):
    catalog = next(c for c, _ in CATALOGS.values() if c.kind == kind)
    found = []
    for value in _values(catalog, name, argument):
        try:
            catalog.find(name).model_validate({**_needed(catalog, name), argument: value})
        except ValidationError:
            continue
        found.append(value)
    return found
