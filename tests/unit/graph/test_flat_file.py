"""What a graph expands to: a file that is clean, flat, the same again, and the same graph."""

from __future__ import annotations

import pytest

import layergraph as lg
from layergraph.tensors import Size
from tests.unit.graph.flat_files import FILES, FORMS, OF_DATA, expanded, loaded

SECTIONS = ["layergraph", "name", "description", "custom", "blocks", "inputs", "layers", "outputs"]


def described(graph):
    """The nodes of the model by their Keras names, as far as a graph file can say of them."""
    return sorted(
        (
            node.keras_name,
            node.type,
            [str(spec) for spec in node.outputs],
            [spec.dtype for spec in node.outputs],
            repr(dict(node.weights)),
            node.multiply_adds,
        )
        for node in graph.nodes.values()
        if node.path in graph.in_model
    )


def measured(output):
    """An output without its paths and places, which are other ones in a flat file."""
    return repr(output._replace(edge=None, span=None, head=None, in_file=(), has_task_head=False))


def input_keys(node):
    """The keys of an input; its name may have become its key."""
    return node.input.model_dump(exclude={"name"})


def check(graph, folder):
    flat = expanded(graph, folder)
    text = graph.to_yaml()
    assert flat.to_yaml() == text
    assert described(flat) == described(graph)
    assert flat.count_params() == graph.count_params()
    assert list(flat.outputs.items()) == list(graph.outputs.items())
    assert list(flat.inputs.items()) == list(graph.inputs.items())
    assert (flat.name, flat.description) == (graph.name, graph.description)
    assert repr(flat.training) == repr(graph.training)
    assert [measured(output) for output in flat.heads.values()] == [
        measured(output) for output in graph.heads.values()
    ]
    assert [input_keys(node) for node in flat.nodes.values() if node.input] == [
        input_keys(node) for node in graph.nodes.values() if node.input
    ]
    keys = [line.partition(":")[0] for line in text.splitlines() if line[:1].strip()]
    assert keys == [key for key in [*SECTIONS, "training"] if key in keys]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_files_expand_to_flat_files(path, tmp_path):
    graph = loaded(path)
    if graph is not None:
        check(graph, tmp_path)


def test_every_form_of_a_node(tmp_path):
    (tmp_path / "forms.yaml").write_text(FORMS)
    check(lg.load(tmp_path / "forms.yaml"), tmp_path)


def test_every_key_of_data_and_training(tmp_path):
    (tmp_path / "of_data.yaml").write_text(OF_DATA)
    check(lg.load(tmp_path / "of_data.yaml"), tmp_path)


def test_a_fraction_alone_stays(tmp_path):
    graph = graph_of(
        "layergraph: 1\ninputs: {x: {shape: [2]}}\noutputs: {y: {from: x, task: binary}}\n"
        "training: {validation: 0.25}\n",
        tmp_path,
    )
    assert graph.to_yaml().endswith("training: {validation: {fraction: 0.25}}\n")
    assert expanded(graph, tmp_path).training == graph.training


def graph_of(text, folder):
    path = folder / "graph.yaml"
    path.write_text(text)
    return lg.load(path)


def test_it_reads_as_if_written_by_hand(tmp_path):
    graph = graph_of(
        """
layergraph: 1
name: small
params: {depth: 2}
blocks:
  step:
    inputs: [x]
    layers:
      hidden: {type: Dense, from: x, units: "${2 * 4}", kernel_initializer: {type: HeNormal}}
      add: {type: Add, from: [x, hidden]}
    outputs: add
inputs: {rows: {shape: [null, 8]}}
layers:
  steps: {block: step, from: rows, repeat: "${depth}"}
  read: {type: LSTM, units: 3, from: steps, return_state: true}
  again: {use: steps.1, from: rows}
outputs:
  age: {from: "read:1", task: regression, loss_weight: 2}
  same: {from: again}
training: {batch_size: 8}
""",
        tmp_path,
    )
    assert (
        graph.to_yaml()
        == """\
layergraph: 1
name: small

inputs:
  rows: {shape: [null, 8]}

layers:
  steps1_hidden: {type: Dense, from: rows, units: 8, kernel_initializer: {type: HeNormal}}
  steps1_add: {type: Add, from: [rows, steps1_hidden]}
  steps2_hidden: {type: Dense, from: steps1_add, units: 8, kernel_initializer: {type: HeNormal}}
  steps2_add: {type: Add, from: [steps1_add, steps2_hidden]}
  read: {type: LSTM, from: steps2_add, units: 3, return_state: true}
  again_hidden: {use: steps1_hidden, from: rows}
  again_add: {use: steps1_add, from: [rows, again_hidden]}

outputs:
  age:
    from: read:1
    task: regression
    units: 1
    loss: mean_squared_error
    loss_weight: 2.0
    metrics: [mean_absolute_error]
  same: {from: again_add}

training: {batch_size: 8}
"""
    )


def test_models_that_are_alike_share_a_block(tmp_path):
    graph = graph_of(
        """
layergraph: 1
blocks:
  unit:
    params: {units: 2}
    inputs: [x]
    layers: {d: {type: Dense, from: x, units: "${units}"}}
    outputs: d
inputs: {x: {shape: [2]}}
layers:
  a: {block: unit, from: x, nested: true}
  b: {block: unit, from: a, nested: true}
  c: {block: unit, from: b, nested: true, units: 3}
outputs: {y: {from: c}}
""",
        tmp_path,
    )
    text = graph.to_yaml()
    assert "  b: {block: unit, from: a, nested: true}" in text
    assert "  c: {block: unit_2, from: b, nested: true}" in text
    assert text.count("inputs: [x]") == 2


def test_what_reaches_no_output_is_left_out(tmp_path):
    graph = graph_of(
        """
layergraph: 1
inputs: {x: {shape: [2]}}
layers:
  a: {type: Dense, from: x, units: 2}
  b: {use: a, from: x}
outputs: {y: {from: b}}
""",
        tmp_path,
    )
    flat = expanded(graph, tmp_path)
    assert list(flat.nodes) == ["x", "a", "y"]
    assert flat.nodes["a"].shares is None


def test_an_example_is_no_value(tmp_path):
    graph = graph_of(
        """
layergraph: 1
params: {units: {example: 3}}
inputs: {x: {shape: [2]}}
layers: {a: {type: Dense, from: x, units: "${units}"}}
outputs: {y: {from: a}}
""",
        tmp_path,
    )
    with pytest.raises(lg.GraphError) as raised:
        graph.to_yaml()
    (diagnostic,) = raised.value.diagnostics
    assert (diagnostic.code.id, diagnostic.span.line, diagnostic.span.column) == ("LG118", 3, 10)


def test_a_function_is_called_again_under_its_own_name(tmp_path):
    graph = graph_of(
        """
layergraph: 1
inputs: {x: {shape: [2]}, z: {shape: [2]}}
layers:
  a: {from: x, chain: [{type: Dense, units: 2}, {type: ops.absolute}]}
  b: {use: a, from: z}
outputs: {y: {from: a}, w: {from: b}}
""",
        tmp_path,
    )
    assert graph.nodes["b.2"].shares is None
    assert [graph.nodes[path].keras_name for path in ("a.1", "a.2", "b.1", "b.2")] == [
        *("a_1", "a_2", "a_1", "b_2")
    ]


def test_names_of_sizes_stay(tmp_path):
    graph = graph_of(
        "layergraph: 1\ninputs: {x: {shape: [time, 2]}}\noutputs: {y: {from: x}}\n", tmp_path
    )
    assert expanded(graph, tmp_path).inputs["x"].dims[1] == Size("time")
