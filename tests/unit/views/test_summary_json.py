"""The summary for programs."""

import json

import pytest

import layergraph as lg
from layergraph.views.rows import ALL
from layergraph.views.summary_json import summary_json
from tests.unit.views.test_rows import CORPUS, GRAPHS

GRAPH = """\
layergraph: 1
name: small
inputs: {x: {shape: [time, 4]}}
layers:
  read: {type: LSTM, from: x, units: 3, trainable: false}
  lowest: {type: ops.maximum, from: read, x2: -.inf}
  more:
    from: lowest
    chain: [{type: Dense, units: 2, kernel_initializer: {type: HeNormal, seed: 1}}, ReLU]
outputs: {y: {from: more, task: regression, loss_weight: 2}}
"""


@pytest.fixture
def graph(tmp_path):
    file = tmp_path / "small.yaml"
    file.write_text(GRAPH)
    return lg.load(file)


def read(graph, **options):
    return json.loads(summary_json(graph, **options))


def node_of(found, path):
    return next(node for node in found["nodes"] if node["path"] == path)


def test_what_stands_around_the_nodes(graph):
    found = read(graph, batch_size=2)
    del found["nodes"]
    assert found == {
        "version": 1,
        "name": "small",
        "description": None,
        "file": graph.source.name,
        "batch_size": 2,
        "inputs": [{"name": "x", "shape": ["batch", "time", 4], "dtype": "float32"}],
        "outputs": [
            {
                "name": "y",
                "shape": ["batch", 1],
                "dtype": "float32",
                "from": {"node": "y", "tensor": 0},
                "loss": "mean_squared_error",
                "loss_weight": 2,
                "metrics": ["mean_absolute_error"],
            }
        ],
        "totals": {
            "parameters": 107,
            "trainable_parameters": 11,
            "multiply_adds": 8,
            "weights_bytes": 428,
            "activation_bytes": 2 * 4 * (4 + 3 + 3 + 2 + 2 + 1),
            "at_least": {
                "parameters": False,
                "multiply_adds": True,
                "weights_bytes": False,
                "activation_bytes": True,
            },
        },
    }


def test_a_node(graph):
    node = node_of(read(graph), "read")
    arguments = node.pop("arguments")
    assert (arguments["units"], arguments["return_state"]) == (3, False)
    dtype = {"dtype": "float32", "trainable": False}
    assert node == {
        "path": "read",
        "inside": None,
        "kind": "layer",
        "type": "LSTM",
        "block": None,
        "copies": None,
        "nodes": 1,
        "in_model": True,
        "keras_name": "read",
        "call": {"training": False},
        "weights": [
            {"name": "lstm_cell/kernel", "shape": [4, 12], **dtype},
            {"name": "lstm_cell/recurrent_kernel", "shape": [3, 12], **dtype},
            {"name": "lstm_cell/bias", "shape": [12], **dtype},
        ],
        "file": graph.source.name,
        "location": {"line": 5, "column": 3},
        "end_location": {"line": 5, "column": 7},
        "from": [{"argument": "sequences", "node": "x", "tensor": 0}],
        "outputs": [{"shape": ["batch", 3], "dtype": "float32"}],
        "mask": None,
        "shared_with": [],
        "parameters": 96,
        "trainable_parameters": 0,
        "multiply_adds": None,
        "weights_bytes": 384,
        "activation_bytes": 12,
    }


def test_a_group(graph):
    assert node_of(read(graph, depth=0), "more") == {
        "path": "more",
        "inside": None,
        "kind": "chain",
        "type": None,
        "block": None,
        "copies": None,
        "nodes": 2,
        "in_model": True,
        "keras_name": None,
        "arguments": None,
        "call": None,
        "weights": None,
        "file": None,
        "location": None,
        "end_location": None,
        "from": [{"argument": None, "node": "lowest", "tensor": 0}],
        "outputs": [{"shape": ["batch", 2], "dtype": "float32"}],
        "mask": None,
        "shared_with": [],
        "parameters": 8,
        "trainable_parameters": 8,
        "multiply_adds": 6,
        "weights_bytes": 32,
        "activation_bytes": 16,
    }


def test_arguments_of_all_kinds(graph):
    found = read(graph)
    assert node_of(found, "x")["arguments"]["shape"] == ["time", 4]
    assert node_of(found, "lowest")["arguments"]["x2"] == "-inf"
    initializer = node_of(found, "more.1")["arguments"]["kernel_initializer"]
    assert (initializer["type"], initializer["seed"]) == ("HeNormal", 1)


def test_copies_and_models(tmp_path):
    found = read(lg.load(CORPUS / "nested-models.yaml"), depth=0)
    stack, twice = node_of(found, "stack"), node_of(found, "twice")
    assert (stack["kind"], stack["block"], stack["copies"]) == ("model", "encoder", 2)
    assert (twice["kind"], twice["type"], twice["block"]) == ("model", "Functional", "encoder")
    assert (twice["shared_with"], twice["parameters"]) == (["encoded"], 0)
    opened = read(lg.load(CORPUS / "nested-models.yaml"), depth=ALL)
    hidden = node_of(opened, "twice/hidden")
    assert (hidden["inside"], hidden["shared_with"]) == ("twice", ["encoded/hidden"])


def test_what_is_not_known_of_a_layer_of_the_users_own(tmp_path):
    file = tmp_path / "own.yaml"
    file.write_text(
        "layergraph: 1\n"
        'custom: {Scale: {import: "own:Scale", output: same}}\n'
        "inputs: {x: {shape: [8]}}\n"
        "layers: {scaled: {type: Scale, from: x, init: 0.5}}\n"
        "outputs: {y: {from: scaled, task: regression}}\n"
    )
    found = read(lg.load(file))
    scaled = node_of(found, "scaled")
    names = ("parameters", "trainable_parameters", "weights", "weights_bytes", "multiply_adds")
    assert [scaled[name] for name in names] == [None] * 5
    assert scaled["arguments"] == {"init": 0.5}
    assert found["totals"]["at_least"] == {
        "parameters": True,
        "multiply_adds": True,
        "weights_bytes": True,
        "activation_bytes": False,
    }


@pytest.mark.parametrize("file", GRAPHS, ids=lambda file: file.stem)
def test_every_graph_has_one_and_it_is_plain_json(file):
    graph = lg.load(file)
    text = summary_json(graph)
    assert text.isascii()
    paths = [node["path"] for node in json.loads(text, parse_constant=pytest.fail)["nodes"]]
    assert paths == list(graph.nodes)
