"""Models inside of models: Keras keeps of them what reaches their outputs, and so do we."""

from __future__ import annotations

import layergraph as lg
from layergraph.views.rows import ALL, rows
from tests.unit.graph.files import loaded

LOST = """\
layergraph: 1
blocks:
  encoder:
    inputs: [x]
    layers: {hidden: {type: Dense, from: x, units: 3}}
    outputs: hidden
  outer:
    inputs: [x, unused]
    layers:
      a: {block: encoder, from: x, nested: true}
      b: {block: encoder, from: a, nested: true}
      lost: {type: Dense, from: b, units: 100}
      lost_too: {type: Dense, from: lost, units: 7}
      owner: {type: Dense, from: x, units: 4}
      user: {use: owner, from: b}
    outputs: user
inputs: {x: {shape: [3]}, u: {shape: [5]}}
layers:
  m: {block: outer, from: [x, u], nested: true}
  again: {use: m, from: [m_back, u]}
  m_back: {type: Dense, from: m, units: 3}
outputs: {y: {from: again}}
"""


def test_what_reaches_no_output_is_left_out(tmp_path):
    graph = loaded(tmp_path, LOST)
    inner = graph.nodes["m"].inner
    assert list(inner.nodes) == ["x", "unused", "a", "b", "user"]
    model = lg.compile(graph)
    assert graph.count_params() == model.count_params()
    built = model.get_layer("m")
    assert {layer.name for layer in built.layers} == {n.keras_name for n in inner.nodes.values()}
    ours = sorted(weight.shape for weight in graph.nodes["m"].weights.values())
    assert ours == sorted(tuple(weight.shape) for weight in built.weights)
    assert graph.nodes["m"].multiply_adds == 3 * 3 + 3 * 3 + 3 * 4


def test_models_inside_may_have_weights_of_one_path(tmp_path):
    weights = loaded(tmp_path, LOST).nodes["m"].weights
    assert list(weights) == [
        "hidden/kernel",
        "hidden/bias",
        "b/hidden/kernel",
        "b/hidden/bias",
        "owner/kernel",
        "owner/bias",
    ]


def test_shared_weights_are_counted_where_they_are(tmp_path):
    """At the first node that is left, where their owner is not; once, where a model is used."""
    graph = loaded(tmp_path, LOST)
    found = {row.path: row for row in rows(graph, ALL)}
    assert found["again/user"].shared_with == ("m/user",)
    assert found["m/user"].count_params() == 3 * 4 + 4
    counted = sum(row.count_params() for row in found.values() if not row.inside)
    assert counted == graph.count_params()


def test_the_flat_file_is_the_same_model(tmp_path):
    graph = loaded(tmp_path, LOST)
    flat = loaded(tmp_path, graph.to_yaml())
    assert flat.count_params() == graph.count_params()
    assert lg.compile(flat).count_params() == graph.count_params()
