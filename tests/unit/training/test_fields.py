"""What a graph asks of data: a field for each input, a target for each output."""

import subprocess
import sys

import pytest

from layergraph.training.fields import Field, Target, fields_of, targets_of
from tests.unit.graph.files import loaded

INPUTS = """\
layergraph: 1
blocks:
  reading:
    inputs: [x]
    layers:
      embedded: {type: Embedding, from: x, input_dim: 30, output_dim: 2}
      read: {type: GlobalMaxPooling1D, from: embedded}
    outputs: read
inputs:
  bill: {shape: [2], columns: [a, b], missing: drop}
  photo: {shape: [null, 8, 3], column: file, decode: image, name: picture}
  text: {shape: [time], dtype: int32, missing: error}
  word: {shape: [], dtype: string, missing: allow}
layers:
  embedded: {type: Embedding, from: text, input_dim: 50, output_dim: 2}
  read: {type: GlobalMaxPooling1D, from: embedded}
  again: {block: reading, from: text, nested: true}
  seen: {type: GlobalMaxPooling2D, from: photo}
merges:
  all: {type: Concatenate, from: [bill, read, again, seen]}
outputs:
  y: {from: all, task: binary}
  w: {from: word}
"""


def without_places(given):
    return tuple(one._replace(span=None) for one in given)


def test_fields(tmp_path):
    assert without_places(fields_of(loaded(tmp_path, INPUTS))) == (
        Field("bill", ("a", "b"), (2,), "float32", None, missing="drop"),
        Field("picture", ("file",), (None, 8, 3), "float32", None, decode="image"),
        Field("text", ("text",), (None,), "int32", None, below=30),
        Field("word", ("word",), (), "string", None, missing="allow"),
    )


def test_places_are_those_of_the_entries(tmp_path):
    graph = loaded(tmp_path, INPUTS)
    assert [field.span.line for field in fields_of(graph)] == [10, 11, 12, 13]
    assert [target.span.line for target in targets_of(graph)] == [22]


def target(shape, form, **further):
    dtype = "int32" if form == "integer" else "float32"
    return Target("y", ("y",), shape, dtype, None, form, **further)


TARGETS = [
    ("task: regression", target((1,), "number")),
    ("task: regression, units: 3", target((3,), "number")),
    ("task: binary", target((1,), "probability", count=2)),
    (
        "task: binary, classes: [f, m], class_weight: {m: 2}",
        target((1,), "probability", count=2, classes=("f", "m"), class_weight={"m": 2.0}),
    ),
    ("task: multilabel, classes: 5", target((5,), "probability", count=5)),
    (
        "task: multilabel, classes: [a, b], columns: [is_a, is_b]",
        target((2,), "probability", count=2, classes=("a", "b"))._replace(columns=("is_a", "is_b")),
    ),
    ("task: multiclass, classes: 4", target((), "integer", count=4)),
    (
        'task: multiclass, classes: [7, 8], class_weight: {"8": 3}, sample_weight: w',
        target((), "integer", count=2, classes=(7, 8), class_weight={8: 3.0}, sample_weight="w"),
    ),
    (
        'task: multiclass, classes: 3, class_weight: {"2": 3}',
        target((), "integer", count=3, class_weight={2: 3.0}),
    ),
    (
        "task: multiclass, classes: 3, labels: one_hot, class_weight: balanced",
        target((3,), "probability", count=3, is_one_hot=True, class_weight="balanced"),
    ),
    (
        "task: multiclass, classes: 3, labels: one_hot, loss: own",
        target((3,), "probability", count=3, is_one_hot=True),
    ),
    ("task: multiclass, classes: 3, loss: own", target((), "integer", count=3)),
    (
        "task: multiclass, classes: 3, loss: mse",
        target((3,), "probability", count=3, is_one_hot=True),
    ),
    (
        "task: multiclass, classes: 3, loss: null",
        target((), "integer", count=3, has_loss=False),
    ),
    ("type: Dense, units: 3, loss: own", target((3,), "number")),
    (
        "type: Dense, units: 3, loss: own, classes: [a, b, c]",
        target((), "integer", count=3, classes=("a", "b", "c")),
    ),
    ("type: Dense, units: 3, loss: bce", target((3,), "probability", count=3)),
    ("type: Dense, units: 1, loss: crossentropy", target((1,), "probability", count=2)),
    ("type: Dense, units: 3, loss: ce", target((), "integer", count=3)),
    ("type: Dense, units: 3, loss: Circle", target((), "integer")),
    (
        "type: Dense, units: 3, loss: {type: SparseCategoricalCrossentropy, ignore_class: -1}",
        target((), "integer", count=3, ignored=-1),
    ),
    (
        "type: Reshape, target_shape: [2, 8], loss: sparse_categorical_crossentropy",
        target((2,), "integer", count=8),
    ),
    (
        "type: Reshape, target_shape: [2, 8], loss: {type: SparseCategoricalCrossentropy, axis: 1}",
        target((8,), "integer", count=2),
    ),
    ("type: Reshape, target_shape: [4, 4], loss: ctc", target((None,), "integer", count=4)),
    (
        "type: Dense, units: 3, metrics: [mse, sparse_categorical_accuracy]",
        target((), "integer", count=3, has_loss=False),
    ),
    (
        "type: Dense, units: 3, metrics: [{type: F1Score}]",
        target((3,), "probability", count=3, is_one_hot=True, has_loss=False),
    ),
    ("type: Dense, units: 3, metrics: [mae]", target((3,), "number", has_loss=False)),
]

OUTPUT = """\
layergraph: 1
custom: {{own: {{import: "a:own", kind: loss}}}}
inputs: {{x: {{shape: [16]}}}}
outputs: {{y: {{from: x, {keys}}}}}
"""


@pytest.mark.parametrize(("keys", "expected"), TARGETS, ids=[keys for keys, _ in TARGETS])
def test_targets(tmp_path, keys, expected):
    assert without_places(targets_of(loaded(tmp_path, OUTPUT.format(keys=keys)))) == (expected,)


def test_an_output_that_nothing_measures_is_no_target(tmp_path):
    assert targets_of(loaded(tmp_path, OUTPUT.format(keys="type: Dense, units: 3"))) == ()


def test_fields_need_neither_numpy_nor_keras():
    code = (
        "import sys, layergraph.training.fields\n"
        "assert not {'numpy', 'keras', 'tensorflow', 'pandas'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
