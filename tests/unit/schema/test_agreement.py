"""The schema is never stricter than layergraph itself."""

import math
from typing import Annotated, Literal, get_args

import pytest
from pydantic import ConfigDict, TypeAdapter, ValidationError

from layergraph.layers.catalog import LAYERS
from layergraph.objects.base import StrictModel
from layergraph.ops.catalog import OPS
from layergraph.pipeline import validate
from layergraph.schema.annotations import field_schema
from layergraph.schema.objects import OBJECTS, class_of
from layergraph.spec.input_keys import InputKeys
from layergraph.spec.output_keys import OutputKeys
from layergraph.spec.param_keys import ParamKeys
from layergraph.spec.references import Reference
from layergraph.spec.training_keys import Training
from tests.corpus.reports import INVALID, VALID
from tests.unit.schema.reading import ROOT, errors, passes, validator, value_in

GALLERY = ROOT / "graphs"
FILES = sorted(f for folder in (VALID, INVALID, GALLERY) for f in folder.rglob("*.yaml"))


def name_of(file):
    return str(file.relative_to(ROOT))


@pytest.mark.parametrize("file", FILES, ids=name_of)
def test_what_layergraph_accepts_the_schema_accepts(file):
    value = value_in(file)
    if value is not None and validate(file).ok:
        assert errors(value) == []


def test_it_refuses_most_of_what_is_wrong_with_single_files():
    """Keys, types, ranges, choices and names are what a schema can know."""
    told = ("LG102", "LG103", "LG104", "LG105", "LG106", "LG108", "LG110", "LG111", "LG113")
    files = [file for file in INVALID.glob("*.yaml") if file.name.startswith(told)]
    values = [value for file in files if (value := value_in(file)) is not None]
    refused = [value for value in values if not passes(value)]
    assert len(refused) > 0.7 * len(values) > 50


SAMPLES = [
    *(None, True, False, -65, -2, -1, 0, 1, 2, 3, 7, 64, 65, 2**31 - 1, 2**31, 2**63, -(2**63)),
    *(-1.5, -0.5, 0.0, 0.25, 0.5, 1.0, 1.5, 1e9, math.inf),
    *("", "x", "a b", "same", "valid", "channels_last", "float32", "int32", "mixed_float16"),
    *("relu", "he_normal", "HeNormal", "zeros", "constant", "l2", "L1L2", "max_norm", "nonneg"),
    *("mse", "MeanSquaredError", "mae", "AUC", "auc", "adam", "ADAM", "Adam", "Lamb", "Flatten"),
    *("Dense", "LSTM", "int", "one_hot", "concat", "micro", "auto", "[:, 0]", "ij,jk->ik"),
    *([], [0], [1], [1, 2], [1, 2, 3], [0, 0], [-1], [-1, 4], [[1, 2], [3, 4]], [[1], [0]]),
    *([[1, 1], [2, 2], [3, 3]], [1.5], [0.1, 0.9], [None, 1], ["a"], ["a", "b"], [True], ["mae"]),
    *({}, {"type": "HeNormal", "seed": 1}, {"type": "LSTM", "units": 3}, {"type": "L2"}),
    *({"type": "Constant", "value": 2.0}, {"type": "MaxNorm"}, {"type": "Adam"}, {"type": "AUC"}),
    *({"type": "CosineDecay", "initial_learning_rate": 0.1, "decay_steps": 10}, {"rmax": 3.0}),
    *({"type": "ReLU"}, {"type": "LeakyReLU", "negative_slope": 0.1}, {"type": "Huber"}),
    *({"array": [1, 2]}, {"array": [0.5], "dtype": "float32"}, {"layers": "adam"}),
    {"type": "OptimizerMap", "default_optimizer": "adam"},
    *({"fraction": 0.2}, {"folds": 3, "stratify": "y"}, {"female": 1.5}, "balanced", "image"),
    *([{"type": "EarlyStopping"}], ["TerminateOnNaN"], [{"type": "CSVLogger", "filename": "a"}]),
]

KEYS = (InputKeys, OutputKeys, ParamKeys, Training)
CONFIG = ConfigDict(strict=True, allow_inf_nan=False, arbitrary_types_allowed=True)


def models():
    return [*described(), *(pytest.param(keys, id=keys.__name__) for keys in KEYS)]


def described():
    for catalog in (LAYERS, OPS, *OBJECTS):
        for name in catalog.classes:
            found = class_of(catalog, name)
            yield pytest.param(found, id=f"{catalog.kind} {name}")
            call = getattr(found, "Call", None)
            if call is not None and call.model_fields:
                yield pytest.param(call, id=f"call of {name}")


@pytest.mark.parametrize("model", models())
def test_what_a_field_accepts_the_schema_accepts(model: type[StrictModel]):
    for name, field in model.model_fields.items():
        if field.annotation is Reference:
            continue  # whose form is checked when it is looked up
        annotation = Annotated[field.annotation, *field.metadata, "as in the model"]
        adapter = TypeAdapter(tuple[annotation], config=CONFIG)
        schema = field_schema(field, expressions=True)
        accepted = [sample for sample in SAMPLES if is_accepted(adapter, sample)]
        if takes_only_false(field.annotation):
            accepted = [sample for sample in accepted if sample is False or sample is None]
        refused = [v for v in accepted if any(validator("2020-12").descend(v, schema))]
        assert refused == [], name


def is_accepted(adapter, sample):
    try:
        adapter.validate_python((sample,))
    except ValidationError:
        return False
    return True


def takes_only_false(annotation):
    """For which Pydantic takes 0 too, as it is equal."""
    return any(part == Literal[False] for part in (annotation, *get_args(annotation)))
