"""Mistakes that the schema refuses; layergraph refuses every one of them too."""

import pytest

from layergraph.pipeline import validate
from tests.unit.schema.reading import errors, passes, value_of

SOUND = """\
layergraph: 1
name: sound
params: {width: {default: 8, min: 1, doc: how wide}}
custom: {}
blocks:
  step:
    params: {units: {}}
    inputs: [x]
    layers: {hidden: {type: Dense, from: x, units: "${units}"}}
    outputs: hidden
inputs:
  image: {shape: [8, 8, 3]}
  row: {shape: [time], dtype: float32}
layers:
  seen: {type: Conv2D, from: image, filters: 4, kernel_size: [3, 3], padding: same}
  pooled:
    from: seen
    chain: [{type: MaxPooling2D, pool_size: 2, name: first}, GlobalMaxPooling2D]
  stepped: {block: step, from: pooled, units: 4, repeat: 2}
  again: {use: pooled, from: seen}
  mean: {type: ops.mean, from: image, axis: [1, 2]}
merges:
  all: {type: Concatenate, from: [stepped, again, mean]}
outputs:
  kind: {from: all, task: multiclass, classes: 3, metrics: [accuracy]}
  price: {from: all, type: Dense, units: 1, loss: {type: Huber, delta: 2.0}}
training: {optimizer: {type: Adam, learning_rate: 1e-3}, epochs: 2}
"""

WITHOUT_CUSTOM = SOUND.replace("custom: {}\n", "")
"""The same without `custom`, in which no name is the user's own."""

CONV = "{type: Conv2D, from: image, filters: 4, kernel_size: [3, 3], padding: same}"
HEAD = "{from: all, type: Dense, units: 1, loss: {type: Huber, delta: 2.0}}"
TASK = "{from: all, task: multiclass, classes: 3, metrics: [accuracy]}"
INPUT = "{shape: [8, 8, 3]}"
ADAM = "{type: Adam, learning_rate: 1e-3}"

MISTAKES = {
    # sections
    "no version": ("layergraph: 1\n", ""),
    "another version": ("layergraph: 1", "layergraph: 2"),
    "unknown section": ("training:", "trainings:"),
    "section that is a list": ("merges:\n  all: ", "merges:\n- "),
    "no outputs": (f"outputs:\n  kind: {TASK}\n  price: {HEAD}", "outputs: {}"),
    "name that no node may have": ("  seen:", "  seen!:"),
    # params, blocks, inputs
    "unknown key of a param": ("doc: how wide", "dok: how wide"),
    "param named by a word of expressions": ("{width:", "{item:"),
    "least value that is text": ("min: 1", 'min: "1"'),
    "block without inputs": ("    inputs: [x]\n", ""),
    "block whose inputs are a text": ("inputs: [x]", "inputs: x"),
    "unknown key of a block": ("    outputs: hidden", "    output: hidden"),
    "unknown key of an input": (INPUT, "{shape: [8, 8, 3], dtpye: int32}"),
    "unknown dtype": ("dtype: float32", "dtype: float"),
    "size of 0": (INPUT, "{shape: [0, 8, 3]}"),
    "size that is a quoted number": (INPUT, '{shape: ["8", 8, 3]}'),
    "shape that is a number": (INPUT, "{shape: 8}"),
    # layers
    "misspelt argument": ("filters: 4", "filter: 4"),
    "missing argument": ("filters: 4, ", ""),
    "wrong choice": ("padding: same", "padding: smae"),
    "text for a number": ("filters: 4", 'filters: "4"'),
    "truth value for a number": ("filters: 4", "filters: true"),
    "number below the least": ("filters: 4", "filters: 0"),
    "fraction for a whole number": ("filters: 4", "filters: 4.5"),
    "window of three sizes": ("kernel_size: [3, 3]", "kernel_size: [3, 3, 3]"),
    "text in a window": ("kernel_size: [3, 3]", "kernel_size: [3, x]"),
    "unknown activation": ("padding: same", "activation: rellu"),
    "argument of an initializer": (
        "padding: same",
        "kernel_initializer: {type: HeNormal, sede: 1}",
    ),
    "initializer without its argument": ("padding: same", "kernel_initializer: constant"),
    "regularizer in the place of an initializer": ("padding: same", "kernel_initializer: l2"),
    "unknown layer": ("type: Conv2D", "type: Conv2d"),
    "refused layer": (CONV, "{type: Lambda, from: image}"),
    "unknown function": ("ops.mean", "ops.maen"),
    "unknown argument of a function": ("axis: [1, 2]", "axes: [1, 2]"),
    "axis beyond all": ("axis: [1, 2]", "axis: [1, 99]"),
    "key of an output at a node": ("padding: same", "loss: mse"),
    # nodes
    "type and block": (
        CONV,
        "{type: Conv2D, block: step, from: image, filters: 4, kernel_size: 3}",
    ),
    "nothing that says what it is": (CONV, "{from: image}"),
    "no from": ("{type: Conv2D, from: image,", "{type: Conv2D,"),
    "from that names no argument": ("{use: pooled, from: seen}", "{type: ReLU, from: {x: seen}}"),
    "from that is a number": ("from: image, axis", "from: 1, axis"),
    "both repeat and each": ("repeat: 2", "repeat: 2, each: [1]"),
    "repeat that is negative": ("repeat: 2", "repeat: -1"),
    "each that is no list": ("repeat: 2", "each: 2"),
    "when that is a word": ("padding: same", "when: maybe"),
    "else without when": ("padding: same", "else: image"),
    "key of a chain": ("    chain: [", "    call: {}\n    chain: ["),
    "empty chain": (
        "chain: [{type: MaxPooling2D, pool_size: 2, name: first}, GlobalMaxPooling2D]",
        "chain: []",
    ),
    "item with a from": ("pool_size: 2, name", "pool_size: 2, from: image, name"),
    "item that needs arguments": ("GlobalMaxPooling2D]", "Dense]"),
    "item named by a number": ("name: first", 'name: "1"'),
    "key of a use": ("{use: pooled,", "{use: pooled, units: 3,"),
    "argument of a call": ("padding: same", "call: {traning: true}"),
    "layer that joins nothing": ("type: Concatenate", "type: Flatten"),
    # outputs, training
    "output without from": ("{from: all, task", "{task"),
    "unknown task": ("task: multiclass", "task: multi"),
    "task without its classes": ("classes: 3, ", ""),
    "key of another task": ("classes: 3", "classes: 3, units: 2"),
    "unknown loss": ("type: Huber", "type: Hubert"),
    "metrics that are no list": ("metrics: [accuracy]", "metrics: accuracy"),
    "argument of a head": ("units: 1", "units: 1, unit: 2"),
    "key of a node at an output": ("units: 1", "units: 1, repeat: 2"),
    "classes without a task": (HEAD, "{from: all, classes: 2}"),
    "weight below 0": ("units: 1", "units: 1, loss_weight: -1"),
    "unknown optimizer": (ADAM, "adma"),
    "argument of an optimizer": (ADAM, "{type: Adam, lr: 1e-3}"),
    "schedule without its rate": (
        "learning_rate: 1e-3",
        "learning_rate: {type: CosineDecay, decay_steps: 10}",
    ),
    "no epochs": ("epochs: 2", "epochs: 0"),
    # data
    "gaps that are skipped": (INPUT, "{shape: [8, 8, 3], missing: skip}"),
    "what is no image": (INPUT, "{shape: [8, 8, 3], decode: picture}"),
    "column and columns": (INPUT, "{shape: [8, 8, 3], column: a, columns: [a, b, c]}"),
    "image of several columns": (INPUT, "{shape: [8, 8, 3], decode: image, columns: [a, b, c]}"),
    "column that is a list": (INPUT, "{shape: [8, 8, 3], column: [a]}"),
    "column and columns of an output": ("units: 1", "units: 1, column: a, columns: [a]"),
    "no labels": ("classes: 3", "classes: []"),
    "label twice": ("classes: 3", "classes: [a, b, a]"),
    "label that is a truth value": ("classes: 3", "classes: [a, b, true]"),
    "empty label": ("classes: 3", 'classes: [a, b, ""]'),
    "three labels of two classes": (TASK, "{from: all, task: binary, classes: [a, b, c]}"),
    "number of two classes": (TASK, "{from: all, task: binary, classes: 2}"),
    "number of classes without a task": ("units: 1", "units: 1, classes: 1"),
    "labels of numbers": (TASK, "{from: all, task: regression, classes: [a, b]}"),
    "misspelt balanced": ("classes: 3", "classes: 3, class_weight: balance"),
    "class that weighs less than nothing": ("classes: 3", 'classes: 3, class_weight: {"1": -1}'),
    "weights of classes of numbers": (
        TASK,
        "{from: all, task: regression, class_weight: balanced}",
    ),
    "all rows held out": ("epochs: 2", "validation: 1.0"),
    "one fold": ("epochs: 2", "validation: {folds: 1}"),
    "fraction and folds": ("epochs: 2", "validation: {folds: 2, fraction: 0.2}"),
    "neither fraction nor folds": ("epochs: 2", "validation: {shuffle: true}"),
    "unknown key of validation": ("epochs: 2", "validation: {folds: 2, seed: 1}"),
    "seed below 0": ("epochs: 2", "seed: -1"),
    "unknown precision": ("epochs: 2", "precision: float16"),
    "unknown callback": ("epochs: 2", "callbacks: [{type: EarlyStop}]"),
    "argument of a callback": ("epochs: 2", "callbacks: [{type: EarlyStopping, wait: 1}]"),
    "callback without its file": ("epochs: 2", "callbacks: [CSVLogger]"),
    "callback that is refused": ("epochs: 2", "callbacks: [LambdaCallback]"),
}


def test_the_sound_file_is_sound(tmp_path):
    for text in (SOUND, WITHOUT_CUSTOM):
        assert errors(value_of(text)) == []
        file = tmp_path / "sound.yaml"
        file.write_text(text, encoding="utf-8")
        assert validate(file).ok


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_refused(mistake, tmp_path):
    sound, wrong = MISTAKES[mistake]
    assert WITHOUT_CUSTOM.count(sound) == 1
    text = WITHOUT_CUSTOM.replace(sound, wrong)
    assert not passes(value_of(text))
    file = tmp_path / "wrong.yaml"
    file.write_text(text, encoding="utf-8")
    assert not validate(file).ok


OF_CUSTOM = {
    "no import": "{output: same}",
    "import without a name": '{import: "mylayers", output: same}',
    "nothing that it gives": '{import: "mylayers:Own"}',
    "both ways to say what it gives": '{import: "mylayers:Own", output: same, outputs: [same]}',
    "unknown kind": '{import: "mylayers:Own", kind: layers}',
    "loss that gives a tensor": '{import: "mylayers:Own", kind: loss, output: same}',
    "output that is a word": '{import: "mylayers:Own", output: like}',
}


@pytest.mark.parametrize("mistake", OF_CUSTOM)
def test_a_mistake_in_a_declaration_is_refused(mistake):
    assert passes(
        value_of(SOUND.replace("custom: {}", 'custom: {Own: {import: "a.b:C", output: [4]}}'))
    )
    assert not passes(
        value_of(SOUND.replace("custom: {}", f"custom: {{Own: {OF_CUSTOM[mistake]}}}"))
    )


LIBRARY = """\
layergraph: 1
blocks:
  step: {inputs: [x], layers: {y: {type: ReLU, from: x}}, outputs: y}
"""


def test_a_file_of_blocks_has_no_name():
    assert passes(value_of(LIBRARY))
    assert not passes(value_of(LIBRARY + "name: steps\n"))


GRAPH = "layergraph: 1\ninputs: {x: {shape: [4]}}\noutputs: {y: {from: a, task: binary}}\n"
CUSTOM = 'custom: {Scale: {import: "m:Scale", output: same}}\n'


@pytest.mark.parametrize(
    "node",
    [
        "{type: Scale, from: x, whatever: [1, two], loss: 3}",
        "{type: Scale, from: {any: x}, call: {any: 1}}",
        "{type: Dense, from: x, units: 3, activation: swoosh}",
        "{type: Dense, from: x, units: 3, bias_initializer: {type: Own, a: 1}}",
        "{type: TimeDistributed, from: x, layer: {type: Scale, a: 1}}",
        "{from: x, chain: [Scale, {type: Scale, a: 1}]}",
    ],
)
def test_names_of_the_users_own_stand_where_the_file_declares_some(node):
    text = f"{GRAPH}layers: {{a: {node}}}\n"
    assert passes(value_of(text + CUSTOM))
    if "Scale" in node or "swoosh" in node or "Own" in node:
        assert not passes(value_of(text))


@pytest.mark.parametrize(
    "node",
    [
        '{type: Dense, from: x, units: "${a}"}',
        '{type: Dense, from: "${a}", units: 3, use_bias: "${a}"}',
        '{type: Dense, from: x, units: 3, activation: "${a}", name: "a_${b}"}',
        '{type: Conv2D, from: x, filters: 3, kernel_size: [3, "${a}"], padding: "${a}"}',
        '{type: Conv2D, from: x, filters: 3, kernel_size: "${a}", when: "${a}", else: x}',
        '{type: Dense, from: x, units: 3, bias_initializer: {type: "${a}", seed: 1}}',
        '{type: Dense, from: x, units: 3, bias_initializer: {type: HeNormal, seed: "${a}"}}',
        '{type: "${a}", from: x, units: 3}',
        '{block: "${a}", from: x, each: "${a}", nested: "${a}"}',
        '{type: LSTM, from: x, units: 3, call: "${a}"}',
        '{type: ops.add, from: x, x2: "${a}"}',
        '{type: ops.where, from: {condition: x}, x1: {array: ["${a}", 2]}, x2: -.inf}',
        '{type: TimeDistributed, from: x, layer: "${a}"}',
        "{type: TimeDistributed, from: x, layer: {block: b, width: 3}}",
        '{from: x, chain: ["${a}", {type: Dense, units: "${a}"}], repeat: "${a}"}',
    ],
)
def test_expressions_and_blocks_stand_for_values(node):
    assert errors(value_of(f"{GRAPH}layers: {{a: {node}}}\n")) == []


def test_merge_keys_are_resolved_before_the_schema_sees_them():
    text = (
        f"{GRAPH}layers:\n"
        "  a: &dense {type: Dense, from: x, units: 3}\n"
        "  b: {<<: *dense, from: a, activation: relu}\n"
    )
    assert "<<" not in value_of(text)["layers"]["b"]
    assert passes(value_of(text))
