"""The graph as others read it: networkx, parameters, and what is part of the model."""

import networkx as nx
import pytest

from layergraph.pipeline import validate
from tests.unit.graph.files import loaded, written

STATES = """\
layergraph: 1
name: states
inputs:
  text: {shape: [20, 8]}
layers:
  read: {type: LSTM, from: text, units: 16, return_state: true, return_sequences: true}
  again: {type: LSTM, from: {sequences: read:0, initial_state: [read:1, read:2]}, units: 16}
  frozen: {type: Dense, from: again, units: 4, trainable: false}
  forgotten: {type: Dense, from: again, units: 100}
outputs:
  y: {from: frozen, task: binary}
  frozen: {from: frozen}
"""


@pytest.fixture
def graph(tmp_path):
    return loaded(tmp_path, STATES)


def test_networkx_has_every_node_and_an_edge_for_every_tensor(graph):
    network = graph.to_networkx()
    assert isinstance(network, nx.MultiDiGraph)
    assert network.graph["name"] == "states"
    assert list(network) == list(graph.nodes)
    assert network.nodes["read"]["node"] is graph.nodes["read"]
    edges = sorted(
        (data["argument"], data["position"], data["tensor"])
        for _, _, data in network.edges("read", data=True)
    )
    assert edges == [("initial_state", 0, 1), ("initial_state", 1, 2), ("sequences", 0, 0)]


def test_networkx_agrees_with_the_order(graph):
    network = graph.to_networkx()
    assert nx.is_directed_acyclic_graph(network)
    position = {path: number for number, path in enumerate(graph.nodes)}
    assert all(position[producer] < position[node] for producer, node in network.edges())


def test_parameters_are_counted_as_keras_counts_them(graph):
    lstm = 4 * 16 * (8 + 16 + 1), 4 * 16 * (16 + 16 + 1)
    assert [graph.nodes[path].count_params() for path in ("read", "again")] == list(lstm)
    assert graph.nodes["frozen"].count_params(trainable=True) == 0
    assert graph.nodes["frozen"].count_params(trainable=False) == 16 * 4 + 4
    assert graph.count_params() == sum(lstm) + 68 + 5
    assert graph.count_params(trainable=False) == 68


def test_node_that_reaches_no_output_is_not_in_the_model(graph):
    assert "forgotten" not in graph.in_model
    assert graph.in_model == set(graph.nodes) - {"forgotten"}
    assert graph.nodes["forgotten"].count_params() == 1700


def test_input_is_in_the_model_though_it_feeds_nothing(tmp_path):
    text = (
        "layergraph: 1\ninputs: {x: {shape: [4]}, z: {shape: [2]}}\n"
        "outputs: {y: {from: x, task: binary}}\n"
    )
    assert loaded(tmp_path, text).in_model == {"x", "z", "y"}


def test_node_knows_where_it_stands(tmp_path):
    text = (
        "layergraph: 1\ninputs: {x: {shape: [4]}}\n"
        "layers:\n  a: {from: x, chain: [ReLU, ReLU]}\n"
        "merges:\n  b: {type: Add, from: [a, x]}\n"
        "outputs: {b: {from: b}}\n"
    )
    nodes = loaded(tmp_path, text).nodes
    assert nodes["x"].in_file == ("inputs", "x")
    assert nodes["a.2"].in_file == ("layers", "a", "chain", 1)
    assert nodes["b"].in_file == ("merges", "b")


def test_output_beside_a_node_of_another_keras_name_is_a_node_of_its_own(tmp_path):
    text = (
        "layergraph: 1\ninputs: {x: {shape: [4], name: given}}\n"
        "layers: {h: {type: ReLU, from: x, name: other}}\n"
        "outputs: {h: {from: h}, x: {from: x}}\n"
    )
    graph = loaded(tmp_path, text)
    assert [(n.path, n.keras_name, n.type) for n in graph.nodes.values()] == [
        ("x", "given", "Input"),
        ("h", "other", "ReLU"),
        ("h (output)", "h", "Identity"),
        ("x (output)", "x", "Identity"),
    ]
    assert {name: head.edge.producer for name, head in graph.heads.items()} == {
        "h": "h (output)",
        "x": "x (output)",
    }


def test_graph_with_errors_is_none(tmp_path):
    report = validate(written(tmp_path, STATES.replace("units: 4", "units: -4")))
    assert report.graph is None
    assert not report.ok
