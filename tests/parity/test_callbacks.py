"""Callbacks against Keras' own: names, arguments, defaults, what each is made of, what it takes."""

import inspect

import keras
import numpy as np
import pytest
from pydantic import ValidationError

import layergraph as lg
from layergraph.graph.metric_names import metric_names
from layergraph.objects.catalogs import CALLBACKS
from layergraph.targets.keras_objects import keras_class, keras_object
from tests.parity.against_keras import keras_signature

KERAS = {n: c for n, c in vars(keras.callbacks).items() if inspect.isclass(c)}

NEEDED = {"ModelCheckpoint": {"filepath": "a.keras"}, "CSVLogger": {"filename": "a.csv"}}

NOT_EXPORTED = {"MonitorCallback"}
"""What a reader of Keras' code may ask for, and Keras does not export."""

NUMBERS = [-2, -0.5, 0, 1e-4, 0.5, 0.999, 1, 1.5, 7, 2**40, True]
VALUES = {
    "monitor": ["val_loss", "loss", 3],
    "mode": ["auto", "min", "max"],
    "filepath": ["a.keras", "a/b.keras", "{epoch:02d}.h5", "a.weights.h5", "a.txt", "{epoch"],
    "filename": ["a.csv", "a/b.csv"],
    "log_dir": ["logs", "a/b"],
    "separator": [",", ";", "\t", ";;", ""],
    "save_freq": ["epoch", "batch", 1, 100, 0, -1, 1.5],
    "update_freq": ["epoch", "batch", 1, 100, 0],
    "profile_batch": [0, 3, [2, 5], [5, 2], [1, 2, 3], -1, "2,5"],
    "embeddings_metadata": [None, "a.tsv"],
}

STRICTER = {
    "monitor": "a name",
    "verbose": "0 or 1, and 2 for those who are used to `fit`",
    "min_delta": "a distance, of which Keras takes the absolute value",
    "patience": "a number of epochs",
    "start_from_epoch": "a number of epochs",
    "cooldown": "a number of epochs",
    "factor": "a negative one makes the learning rate negative",
    "min_lr": "a learning rate",
    "baseline": "a number, and true is none",
    "initial_value_threshold": "a number, and true is none",
    "save_freq": "a number of batches; Keras takes 0 for 1",
    "update_freq": "a number of batches",
    "separator": "one character, which Python's `csv` insists on when it writes",
    "filepath": "the braces are filled in when it saves, where they must match",
    "histogram_freq": "a number of epochs",
    "embeddings_freq": "a number of epochs",
    "profile_batch": "numbers; Keras takes a text of two too, and lists in no order",
}


def test_every_class_of_keras_is_described_or_refused_with_a_reason():
    assert set(KERAS) - set(CALLBACKS.classes) - set(CALLBACKS.refused) == set()
    assert set(CALLBACKS.classes) - set(KERAS) == set()
    assert set(CALLBACKS.refused) - set(KERAS) == NOT_EXPORTED
    assert set(CALLBACKS.classes) & set(CALLBACKS.refused) == set()
    assert all(reason for reason in CALLBACKS.refused.values())


@pytest.mark.parametrize("name", CALLBACKS.classes)
def test_arguments_and_defaults(name):
    described = CALLBACKS.find(name)
    assert described.__doc__
    assert keras_class(described) is KERAS[name]
    ours = {
        key: inspect.Parameter.empty if field.is_required() else field.default
        for key, field in described.model_fields.items()
    }
    assert ours == keras_signature(KERAS[name])
    assert any(field.is_required() for field in described.model_fields.values()) == (
        name in CALLBACKS.needy
    )


CASES = [
    pytest.param(name, argument, id=f"{name}-{argument}")
    for name in CALLBACKS.classes
    for argument in keras_signature(KERAS[name])
]


@pytest.mark.filterwarnings("ignore:.*mode.*is unknown")
@pytest.mark.parametrize(("name", "argument"), CASES)
def test_each_argument(name, argument):
    described = CALLBACKS.find(name)
    default = keras_signature(KERAS[name])[argument]
    values = [False, True] if isinstance(default, bool) else VALUES.get(argument, NUMBERS)
    taken, stricter = 0, []
    for value in values:
        given = NEEDED.get(name, {}) | {argument: value}
        theirs, refusal = None, None
        try:
            theirs = KERAS[name](**given)
        except Exception as error:  # noqa: BLE001  whatever Keras raises is its way to refuse
            refusal = error
        try:
            ours = described.model_validate(given)
        except ValidationError:
            stricter += [] if refusal else [value]
            continue
        assert refusal is None, f"we take {value!r}, Keras: {refusal}"
        assert vars(keras_object(ours)) == vars(theirs)
        taken += 1
    assert taken, "no value was taken"
    assert not stricter or argument in STRICTER, f"Keras takes {stricter}, and we do not"


def test_arguments_of_the_table_exist():
    assert set(STRICTER) <= {a for name in CALLBACKS.classes for a in keras_signature(KERAS[name])}


@pytest.mark.parametrize(
    "path",
    ["/tmp/a", "../a", "a/../b", "~/a", "C:/a", "C:a", "a\\..\\b", "\\a", "gs://b/a", ".", ""],
)
@pytest.mark.parametrize(
    ("name", "argument", "ending"),
    [
        ("CSVLogger", "filename", ""),
        ("TensorBoard", "log_dir", ""),
        ("TensorBoard", "embeddings_metadata", ""),
        ("ModelCheckpoint", "filepath", "/{epoch}.keras"),
    ],
)
def test_nothing_is_written_outside_of_the_run(name, argument, ending, path):
    if ending and path in (".", ""):
        path = ".."
    with pytest.raises(ValidationError, match=r"the run's folder|must be a path"):
        CALLBACKS.find(name).model_validate({argument: path + ending})


@pytest.mark.parametrize(
    "path",
    ["{epoch.real}.keras", "{0}.keras", "{}.keras", "{epoch:999999999d}.keras", "{epoch!r}.keras"],
)
def test_names_of_files_hold_short_numbers_alone(path):
    with pytest.raises(ValidationError, match="in braces"):
        CALLBACKS.find("ModelCheckpoint").model_validate({"filepath": path})


GRAPH = """\
layergraph: 1
inputs: {x: {shape: [3]}}
outputs:
  a: {from: x, task: multiclass, classes: 2, metrics: [acc, {type: F1Score}, {type: F1Score}]}
  b:
    from: x
    task: regression
    metrics: [mse, MeanSquaredError, {type: MeanSquaredError, name: own}, {type: R2Score}]
"""


@pytest.mark.parametrize("outputs", [("a", "b"), ("b",)])
def test_names_are_those_of_keras_with_the_outputs_name(tmp_path, outputs):
    path = tmp_path / "graph.yaml"
    head, first, second = GRAPH.partition("  a:")
    text = GRAPH if "a" in outputs else head + "  b:" + (first + second).partition("  b:")[2]
    path.write_text(text.replace("{type: F1Score}", "{type: SparseTopKCategoricalAccuracy}"))
    graph = lg.load(path)
    model = lg.compile(graph)
    data = {"a": np.zeros(4, "int32"), "b": np.zeros((4, 1), "float32")}
    targets = {name: data[name] for name in outputs}
    logs = model.evaluate({"x": np.zeros((4, 3), "float32")}, targets, return_dict=True, verbose=0)
    named = {name if len(outputs) > 1 or name == "loss" else f"b_{name}" for name in logs}
    assert set(metric_names(graph.heads.values())) == named
