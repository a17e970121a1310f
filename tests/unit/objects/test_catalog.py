"""Resolving names and `{type: …}`: what is said, and about which key."""

import subprocess
import sys

import pytest
from pydantic import TypeAdapter, ValidationError
from pydantic_core import PydanticCustomError

from layergraph.diagnostics import codes
from layergraph.objects import catalogs
from layergraph.objects.arguments import Constraint, Initializer, Loss, Metric, Optimizer
from layergraph.objects.initializers import GlorotUniform
from layergraph.objects.losses import MeanSquaredError


def complaints(kind, value):
    """The code, the place, the sentence and the help of each mistake in a value."""
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(kind).validate_python(value)
    return [
        (
            context.get("code"),
            (*error["loc"], *context.get("at", ())),
            context.get("predicate", error["type"]),
            context.get("help"),
        )
        for error in caught.value.errors()
        for context in [error.get("ctx", {})]
    ]


@pytest.mark.parametrize(
    ("catalog", "name"),
    [
        (catalogs.INITIALIZERS, "HeNormal"),
        (catalogs.INITIALIZERS, "he_normal"),
        (catalogs.INITIALIZERS, "uniform"),
        (catalogs.REGULARIZERS, "l1l2"),
        (catalogs.LOSSES, "mse"),
        (catalogs.LOSSES, "crossentropy"),
        (catalogs.METRICS, "accuracy"),
        (catalogs.METRICS, "acc"),
        (catalogs.METRICS, "f_beta_score"),
        (catalogs.OPTIMIZERS, "adamw"),
        (catalogs.OPTIMIZERS, "RMSprop"),
        (catalogs.OPTIMIZERS, "ADAM"),
        (catalogs.ACTIVATIONS, "hard_swish"),
    ],
)
def test_a_name_stays_as_it_is(catalog, name):
    assert catalog.resolve(name) == name


def test_a_mapping_becomes_its_object():
    assert catalogs.LOSSES.resolve({"type": "mse", "reduction": "sum"}) == MeanSquaredError(
        reduction="sum"
    )
    made = GlorotUniform(seed=3)
    assert catalogs.INITIALIZERS.resolve({"type": "glorot_uniform", "seed": 3}) == made
    assert catalogs.INITIALIZERS.resolve(made) is made


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        (
            Initializer,
            "zeos",
            (
                codes.UNKNOWN_OBJECT,
                (),
                "is `zeos`, which is no initializer of Keras",
                "did you mean `zeros`?",
            ),
        ),
        (
            Optimizer,
            {"type": "Adm"},
            (
                codes.UNKNOWN_OBJECT,
                ("type",),
                "is `Adm`, which is no optimizer of Keras",
                "did you mean `Adam`?",
            ),
        ),
        (
            Loss,
            "xyzzy",
            (codes.UNKNOWN_OBJECT, (), "is `xyzzy`, which is no loss of Keras", None),
        ),
        (
            Metric,
            "MeanIoU",
            (
                codes.MISSING_ARGUMENT,
                (),
                "is `MeanIoU`, which cannot be given by its name alone",
                "write `{type: MeanIoU, …}`",
            ),
        ),
        (
            Optimizer,
            "lamb",
            (
                codes.MISSING_ARGUMENT,
                (),
                "is `lamb`, which cannot be given by its name alone",
                "write `{type: Lamb, …}`",
            ),
        ),
        (
            Metric,
            {"type": "acc"},
            (
                codes.UNKNOWN_OBJECT,
                ("type",),
                "is `acc`, a function, which takes no arguments",
                "write `acc` alone",
            ),
        ),
        (
            Loss,
            {"type": "Loss"},
            (
                codes.REFUSED_TYPE,
                ("type",),
                "is `Loss`: it is what the others are made of, and does nothing by itself",
                None,
            ),
        ),
        (
            Initializer,
            {"seed": 1},
            (
                codes.MISSING_KEY,
                (),
                "has no `type`",
                "write `{type: …}` with the name of an initializer",
            ),
        ),
        (Loss, {"type": 3}, (codes.WRONG_TYPE, ("type",), "must be a name, not 3", None)),
        (
            Constraint,
            3,
            (
                codes.WRONG_TYPE,
                (),
                "must be the name of a constraint or `{type: …}`, not 3",
                None,
            ),
        ),
    ],
)
def test_complaint(kind, value, expected):
    assert complaints(kind, value) == [expected]


def test_unknown_and_missing_arguments():
    assert complaints(Metric, {"type": "MeanIoU", "num_clases": 3}) == [
        (
            codes.UNKNOWN_ARGUMENT,
            ("num_clases",),
            "is no argument of `MeanIoU`",
            "did you mean `num_classes`?",
        )
    ]
    assert complaints(Metric, {"type": "MeanIoU"}) == [
        (
            codes.MISSING_ARGUMENT,
            ("num_classes",),
            "is missing, which `MeanIoU` needs",
            "add `num_classes: …`",
        )
    ]


@pytest.mark.parametrize(
    ("kind", "value", "places"),
    [
        (Optimizer, {"type": "Adam", "beta_1": 1.0}, [("beta_1",)]),
        (Optimizer, {"type": "Adam", "learning_rate": -1}, [("learning_rate",)]),
        (Optimizer, {"type": "Adam", "learning_rate": "fast"}, [("learning_rate",)]),
        (Optimizer, {"type": "Adam", "learning_rate": 10**400}, [("learning_rate",)]),
        (Optimizer, {"type": "Adam", "learning_rate": True}, [("learning_rate",)]),
        (
            Optimizer,
            {
                "type": "Adam",
                "learning_rate": {
                    "type": "CosineDecay",
                    "initial_learning_rate": -1,
                    "decay_steps": 0,
                },
            },
            [("learning_rate", "initial_learning_rate"), ("learning_rate", "decay_steps")],
        ),
        (
            Optimizer,
            {"type": "Adam", "learning_rate": {"type": "Cosine"}},
            [("learning_rate", "type")],
        ),
        (Optimizer, {"type": "sgd", "clipnorm": 1, "clipvalue": 2}, [("clipvalue",)]),
        (Optimizer, {"type": "Muon", "exclude_layers": ["a", "("]}, [("exclude_layers", 1)]),
        (
            Optimizer,
            {
                "type": "MultiOptimizer",
                "optimizer_map": {
                    "type": "OptimizerMap",
                    "default_optimizer": "sgd",
                    "optimizer_map": {
                        "a": {"type": "adam", "beta_1": 2},
                        "b": {"type": "LossScaleOptimizer", "inner_optimizer": "sgd"},
                    },
                },
            },
            [
                ("optimizer_map", "optimizer_map", "a", "beta_1"),
                ("optimizer_map", "optimizer_map", "b"),
            ],
        ),
        (Metric, {"type": "Precision", "thresholds": [0.5, 2]}, [("thresholds", 1)]),
        (Metric, {"type": "Precision", "thresholds": 2}, [("thresholds",)]),
        (Metric, {"type": "Precision", "thresholds": []}, [("thresholds",)]),
        (Metric, {"type": "AUC", "num_labels": 2}, [("num_labels",)]),
        (
            Metric,
            {"type": "AUC", "multi_label": True, "num_labels": 2, "label_weights": [1]},
            [("label_weights",)],
        ),
        (
            Metric,
            {"type": "IoU", "num_classes": 2, "target_class_ids": [1, 2]},
            [("target_class_ids", 1)],
        ),
        (Loss, {"type": "mse", "name": "a/b", "reduction": "max"}, [("name",), ("reduction",)]),
        (Loss, {"type": "Dice", "axis": [1, "x"]}, [("axis", 1)]),
        (Loss, {"type": "Dice", "axis": 100}, [("axis",)]),
        (Loss, {"type": "CategoricalFocalCrossentropy", "alpha": [0.1, -1]}, [("alpha", 1)]),
    ],
)
def test_places_of_mistakes_in_arguments(kind, value, places):
    found = {place for _, place, *_ in complaints(kind, value)}
    assert found == set(places)


@pytest.mark.parametrize(
    ("boundaries", "values", "place"),
    [([1, 2], [0.1], ("values",)), ([2, 2], [1, 2, 3], ("boundaries", 1))],
)
def test_steps_that_do_not_fit(boundaries, values, place):
    value = {"type": "PiecewiseConstantDecay", "boundaries": boundaries, "values": values}
    with pytest.raises(ValidationError) as caught:
        catalogs.SCHEDULES.resolve(value)
    assert caught.value.errors()[0]["ctx"]["at"] == place


def test_a_schedule_has_no_name_of_its_own():
    with pytest.raises(PydanticCustomError, match="cannot be given by its name alone"):
        catalogs.SCHEDULES.resolve("CosineDecay")


def test_names_import_nothing():
    script = """
import sys
from layergraph.objects.catalogs import INITIALIZERS, LOSSES, METRICS, OPTIMIZERS
for catalog, name in (
    (INITIALIZERS, "zeros"), (LOSSES, "mse"), (METRICS, "accuracy"), (OPTIMIZERS, "adam")
):
    catalog.resolve(name)
modules = ("initializers", "losses", "metrics", "optimizers", "schedules")
assert not {f"layergraph.objects.{m}" for m in modules} & set(sys.modules)
METRICS.resolve({"type": "AUC"})
assert "layergraph.objects.metrics.confusion" in sys.modules
assert "layergraph.objects.metrics.overlap" not in sys.modules
assert "keras" not in sys.modules and "numpy" not in sys.modules
"""
    subprocess.run([sys.executable, "-c", script], check=True)
