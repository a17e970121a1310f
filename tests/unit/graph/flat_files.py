"""Graphs that are expanded in tests: those of the corpus, the gallery, and what these leave out."""

from __future__ import annotations

from pathlib import Path

import yaml

import layergraph as lg
from tests.corpus.reports import VALID, graph_files

GALLERY = Path(__file__).parents[3] / "graphs"
FILES = [*graph_files(VALID), *graph_files(GALLERY)]

FORMS = """\
layergraph: 1
name: forms
params: {width: 8, depth: 2}
blocks:
  residual:
    params: {filters: {}, project: false}
    inputs: [x]
    layers:
      short: {when: "${project}", type: Dense, from: x, units: "${filters}"}
      main: {type: Dense, from: x, units: "${filters}", activation: relu}
      aside: {type: Dense, from: x, units: 3}
    merges:
      add: {type: Add, from: [short, main]}
    outputs: add
  pair:
    params: {units: {}}
    inputs: [x, y]
    layers:
      joined: {type: Concatenate, from: [x, y]}
      hidden: {type: Dense, from: joined, units: "${units}"}
      inside: {block: mean, from: hidden, nested: true}
    outputs: {main: inside, aside: hidden}
  mean:
    inputs: [x]
    layers:
      mean: {type: ops.mean, from: x, axis: -1, keepdims: true}
      out: {type: Dense, from: mean, units: 2, name: Mean.out}
    outputs: out
  states:
    inputs: [x]
    layers: {read: {type: LSTM, from: x, units: 3, return_state: true}}
    outputs: read
  several:
    inputs: [x]
    layers: {wide: {each: [2, 3], type: Dense, from: x, units: "${item}"}}
    outputs: wide
inputs:
  a: {shape: [8], name: start}
  b: {shape: [8], batch_size: null}
  text: {shape: [time, 8]}
  words: {shape: [3], dtype: string}
layers:
  stage: {block: residual, from: a, repeat: "${depth}", filters: "${width}", project: "${i == 1}"}
  again: {use: stage, from: b}
  wide: {each: [1, 2], type: Dense, from: stage, units: "${item}"}
  first: {block: pair, from: [stage, again], nested: true, units: 4}
  second: {block: pair, from: {y: a, x: b}, nested: true, units: 4}
  first_again: {use: first, from: [a, b]}
  third: {block: pair, from: {y: a, x: b}, nested: true, units: 5, name: third.pair}
  split: {block: several, from: a, nested: true}
  read: {block: states, from: text, nested: true}
  lstm: {type: LSTM, from: text, units: 4, return_state: true, return_sequences: true}
  gru: {type: LSTM, from: {sequences: text, initial_state: ["lstm:1", "lstm:2"]}, units: 4}
  look:
    type: MultiHeadAttention
    from: {query: text, value: text}
    num_heads: 2
    key_dim: 4
    call: {use_causal_mask: true}
  look_freely: {use: look, from: {query: text, value: text}, call: {}}
  look_again: {use: look, from: {query: text, value: text}}
  rest: {type: ops.subtract, x1: 1.0, from: {x2: a}}
  moved: {type: ops.add, from: rest, x2: {array: [1, 2, 3, 4, 5, 6, 7, 8], dtype: float32}}
  less: {type: ops.add, from: rest, x2: [1, 2, 3, 4, 5, 6, 7, 8]}
  masked: {type: ops.where, from: {condition: larger, x1: a}, x2: -.inf}
  larger: {type: ops.greater, from: [a, b]}
  part: {type: ops.get_item, from: look, key: "[:, 0, ..., ::2]"}
  word: {type: StringLookup, from: words, vocabulary: ["no", "1", "$${x}", "a: b", "é\\t"]}
  chained:
    from: a
    chain: [{type: Dense, units: 4, name: one}, ReLU, {type: Dense, units: 2, repeat: 2}]
  chained_again: {use: chained, from: b}
  Wide1: {type: Dense, from: a, units: 3, name: Wide.1}
merges:
  joined: {type: Concatenate, from: [wide, again, split]}
outputs:
  y: {from: joined, task: regression, loss_weight: 0.5}
  z: {from: first.main, task: multiclass, classes: 3, labels: one_hot}
  out: {from: first_again.aside, name: aside}
  m1: {from: second.aside, type: Dense, units: 2}
  m2:
    from: third.main
    loss: {type: Huber, delta: 2}
    metrics: [mae, {type: MeanSquaredError, name: squared}]
  o1: {from: gru}
  o2: {from: look_again}
  o3: {from: look_freely}
  o4: {from: masked}
  o5: {from: part}
  o6: {from: moved}
  o7: {from: less}
  o8: {from: word}
  chained: {from: chained}
  o9: {from: chained_again}
  A: {from: split, type: Concatenate}
  o10: {from: Wide1}
  state: {from: "read:1"}
  kept: {from: "lstm:1", name: lstm}
training:
  optimizer:
    type: Adam
    learning_rate: {type: CosineDecay, initial_learning_rate: 1e-3, decay_steps: 10000}
  epochs: 3
"""


OF_DATA = """\
layergraph: 1
name: of_data
params: {labels: [Adelie, Gentoo, "$${x}"], fraction: 0.25}
custom:
  Loud: {import: "own.callbacks:Loud", kind: callback}
  own_loss: {import: "own.losses:own", kind: loss}
inputs:
  words: {shape: [], dtype: string, column: text, missing: allow}
  sizes: {shape: [2], columns: [height, weight], missing: drop}
  photo: {shape: [null, null, 3], column: file, decode: image}
outputs:
  species: {from: sizes, task: multiclass, classes: "${labels}", class_weight: balanced}
  sex:
    from: sizes
    task: binary
    classes: [f, m]
    class_weight: {m: 2.5}
    sample_weight: weight
    loss: null
  tags: {from: sizes, task: multilabel, classes: [1, 0], columns: [is_a, is_b], metrics: []}
  own: {from: sizes, task: multiclass, classes: 3, labels: one_hot, loss: own_loss}
  grade:
    from: sizes
    type: Dense
    units: 3
    loss: sparse_categorical_crossentropy
    classes: [3, 1, 2]
    class_weight: {"1": 4}
  mean: {from: photo, type: GlobalAveragePooling2D, loss: mse, columns: [r, g, b]}
  word: {from: words}
training:
  seed: 7
  precision: mixed_bfloat16
  validation: {folds: 5, stratify: species}
  callbacks:
    - {type: EarlyStopping, patience: 3, monitor: val_mean_loss}
    - TerminateOnNaN
    - {type: Loud, at: ["$${x}"]}
    - Loud
"""
"""What files say of data and of training."""


def loaded(path):
    """The graph of a file, with examples for the params that have no default; None for blocks."""
    report = lg.validate(path)
    assert report.ok, report.diagnostics
    if report.graph is None or not report.graph.examples:
        return report.graph
    declared = yaml.safe_load(path.read_text(encoding="utf-8"))["params"]
    return lg.load(path, params={name: declared[name]["example"] for name in report.graph.examples})


def expanded(graph, folder):
    """The graph of the file that another one is expanded to."""
    path = folder / "flat.yaml"
    path.write_text(graph.to_yaml(), encoding="utf-8")
    report = lg.validate(path)
    assert report.ok, report.diagnostics  # warnings come back: it has no comments
    return report.graph
