"""What `training` names of a graph, and what outputs ask of data, against what there is."""

import subprocess
import sys

import pytest

from layergraph.pipeline import validate
from layergraph.targets.custom import declared_in
from tests.unit.graph.files import loaded, written

GRAPH = """\
layergraph: 1
custom:
  Loud: {{import: "a:Loud", kind: callback}}
  own: {{import: "a:own", kind: loss}}
inputs: {{x: {{shape: [16]}}}}
outputs:
  kind: {{from: x, task: multiclass, classes: [a, b], labels: one_hot}}
  sex: {{from: x, task: binary, name: gender}}
  mass: {{from: x, task: regression}}
  map: {{from: x, type: Reshape, target_shape: [4, 4], loss: sparse_categorical_crossentropy}}
  guess: {{from: x, type: Dense, units: 3, loss: own, {of_guess}}}
training: {{{training}}}
"""


def reports(folder, training="", of_guess="loss_weight: 1"):
    file = written(folder, GRAPH.format(training=training, of_guess=of_guess))
    return [(d.code.id, d.help) for d in validate(file, ignore=["unscaled-input"]).diagnostics]


@pytest.mark.parametrize("name", ["kind", "gender"])
def test_outputs_to_stratify_by(tmp_path, name):
    assert reports(tmp_path, f"validation: {{folds: 5, stratify: {name}}}") == []


@pytest.mark.parametrize(
    ("name", "code", "help"),
    [
        ("mass", "LG106", "those that have one are `kind`, `gender`"),
        ("map", "LG106", "those that have one are `kind`, `gender`"),
        ("sex", "LG203", "there is `kind`, `gender`"),
        ("gendr", "LG203", "did you mean `gender`?"),
    ],
)
def test_what_is_no_output_to_stratify_by(tmp_path, name, code, help):
    training = f"validation: {{fraction: 0.5, stratify: {name}}}"
    assert reports(tmp_path, training) == [(code, help)]


def test_a_mistake_in_an_output_is_the_only_one(tmp_path):
    training = "callbacks: [{type: EarlyStopping, monitor: guess_area}]"
    assert [code for code, _ in reports(tmp_path, training, "mtrics: []")] == ["LG102"]


@pytest.mark.parametrize(
    ("keys", "codes"),
    [
        ("class_weight: {any: 2}", []),
        ("classes: [a, b, c], class_weight: {b: 2}", []),
        ("classes: [a, b, c], class_weight: {d: 2}", ["LG106"]),
        ("classes: [a, b]", ["LG306"]),
    ],
)
def test_a_loss_of_the_users_own_takes_what_nobody_knows(tmp_path, keys, codes):
    assert [code for code, _ in reports(tmp_path, "", keys)] == codes


def test_a_weight_whose_key_is_no_number_is_one_mistake(tmp_path):
    text = (
        "layergraph: 1\ninputs: {x: {shape: [4]}}\noutputs:\n  y: {from: x, type: Dense, units: 3, "
        "loss: sparse_categorical_crossentropy, class_weight: {cat: 2}}\n"
    )
    (found,) = validate(written(tmp_path, text)).diagnostics
    assert (found.code.id, found.path) == ("LG106", ("outputs", "y", "class_weight", "cat"))


@pytest.mark.parametrize(
    "callback",
    [
        "{type: EarlyStopping, monitor: val_kind_accuracy}",
        "{type: EarlyStopping, monitor: gender_loss}",
        '{type: ModelCheckpoint, filepath: "a/{epoch}-{batch}.keras", save_freq: 10}',
        '{type: ModelCheckpoint, filepath: "{epoch}-{val_mass_mean_absolute_error:.3f}.keras"}',
        "{type: Loud, monitor: whatever}",
        "Loud",
    ],
)
def test_callbacks_that_watch_what_is_measured(tmp_path, callback):
    assert reports(tmp_path, f"callbacks: [{callback}]") == []


@pytest.mark.parametrize(
    ("callback", "help"),
    [
        ("{type: EarlyStopping, monitor: sex_loss}", "did you mean `loss`?"),
        ("{type: EarlyStopping, monitor: accuracy}", "did you mean `kind_accuracy`?"),
        (
            '{type: ModelCheckpoint, filepath: "{batch}.keras"}',
            (
                "there is `epoch`, `loss`, `kind_loss`, `gender_loss`, `mass_loss`, `map_loss`, "
                "`guess_loss`, `kind_accuracy`, `gender_accuracy`, `mass_mean_absolute_error`, and "
                "with `val_` before it what is held out"
            ),
        ),
    ],
)
def test_callbacks_that_watch_what_nothing_measures(tmp_path, callback, help):
    assert reports(tmp_path, f"callbacks: [{callback}]") == [("LG115", help)]


@pytest.mark.parametrize(
    ("training", "codes"),
    [
        ("optimizer: {type: SGD, use_ema: true}, callbacks: [SwapEMAWeights]", []),
        ("optimizer: {type: SGD}, callbacks: [SwapEMAWeights]", ["LG116"]),
        ("callbacks: [SwapEMAWeights]", ["LG116"]),
        (
            (
                "optimizer: {type: LossScaleOptimizer, inner_optimizer: sgd}, "
                "callbacks: [SwapEMAWeights, ReduceLROnPlateau]"
            ),
            [],
        ),
        ("optimizer: {type: SGD, learning_rate: 0.1}, callbacks: [ReduceLROnPlateau]", []),
    ],
)
def test_callbacks_and_optimizers(tmp_path, training, codes):
    assert [code for code, _ in reports(tmp_path, training)] == codes


def test_callbacks_of_the_users_own_are_guarded(tmp_path):
    graph = loaded(tmp_path, GRAPH.format(training="callbacks: [Loud]", of_guess="name: guess"))
    assert [spec.name for spec in declared_in(graph, in_training=True)] == ["Loud", "own"]
    assert [spec.name for spec in declared_in(graph)] == ["own"]


def test_callbacks_are_loaded_when_a_file_has_some(tmp_path):
    code = (
        "import sys, layergraph as lg\n"
        "assert lg.validate(sys.argv[1]).ok\n"
        "print('layergraph.objects.callbacks.monitoring' in sys.modules)"
    )
    told = []
    for training in ("", "callbacks: [EarlyStopping]"):
        file = written(tmp_path, GRAPH.format(training=training, of_guess="name: guess"))
        ran = subprocess.run([sys.executable, "-c", code, file], capture_output=True, check=True)
        told.append(ran.stdout.decode().strip())
    assert told == ["False", "True"]
