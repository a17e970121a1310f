"""Copies, instances and chains: their paths, their names in Keras, their order, their weights."""

from layergraph.diagnostics import codes
from tests.unit.expand.files import loaded, only_diagnostic

PAIR = """
  pair:
    params: {units: 4, on: true}
    inputs: [x]
    layers:
      first: {type: Dense, from: x, units: "${units}"}
      second: {when: "${on}", type: Dense, from: first, units: "${units}"}
    outputs: second
"""


def names(graph):
    return {path: node.keras_name for path, node in graph.nodes.items() if node.layer}


def feeds(graph, path):
    return [edge.producer for argument in graph.nodes[path].arguments for edge in argument.edges]


def test_copies_one_after_another(tmp_path):
    graph = loaded(tmp_path, "  n: {type: Dense, from: x, units: '${i}', repeat: 3}")
    assert names(graph) == {"n.1": "n1", "n.2": "n2", "n.3": "n3", "y": "y"}
    assert [feeds(graph, f"n.{i}") for i in (1, 2, 3)] == [["x"], ["n.1"], ["n.2"]]
    assert [graph.nodes[f"n.{i}"].args["units"] for i in (1, 2, 3)] == [1, 2, 3]


def test_copies_side_by_side(tmp_path):
    layers = "  s: {type: Dense, from: x, units: '${item}', each: [2, 3]}\n"
    graph = loaded(tmp_path, layers + "  n: {type: Concatenate, from: [s, x]}")
    assert names(graph) == {"s.1": "s1", "s.2": "s2", "n": "n", "y": "y"}
    assert feeds(graph, "n") == ["s.1", "s.2", "x"]
    assert feeds(graph, "s.2") == ["x"]


def test_copies_of_instances(tmp_path):
    graph = loaded(tmp_path, "  n: {block: pair, from: x, repeat: 2, on: '${i == 1}'}", blocks=PAIR)
    assert names(graph) == {
        "n.1.first": "n1_first",
        "n.1.second": "n1_second",
        "n.2.first": "n2_first",
        "y": "y",
    }
    assert feeds(graph, "n.2.first") == ["n.1.second"]
    assert feeds(graph, "y") == ["n.2.first"]  # for which the node that is left out stands


def test_items_of_copies_of_chains(tmp_path):
    item = "{type: Dense, units: 4, name: d, repeat: 2}"
    graph = loaded(tmp_path, f"  n: {{from: x, repeat: 2, chain: [{item}, ReLU]}}")
    assert names(graph) == {
        "n.1.d.1": "n1_d1",
        "n.1.d.2": "n1_d2",
        "n.1.2": "n1_2",
        "n.2.d.1": "n2_d1",
        "n.2.d.2": "n2_d2",
        "n.2.2": "n2_2",
        "y": "y",
    }


def test_a_name_stands_for_the_path_of_an_instance(tmp_path):
    graph = loaded(tmp_path, "  n: {block: pair, from: x, name: pre.fix}", blocks=PAIR)
    assert list(names(graph).values()) == ["pre.fix_first", "pre.fix_second", "y"]


def test_nodes_keep_the_order_of_the_file_whoever_names_them_first(tmp_path):
    layers = "  b: {use: n, from: x}\n  n: {type: Dense, from: x, units: 4}"
    graph = loaded(tmp_path, layers + "\n  c: {type: Add, from: [b, n]}", output="c")
    assert list(graph.nodes) == ["x", "b", "n", "c", "y"]


def test_no_copies_stand_for_what_they_would_be_called_on(tmp_path):
    layers = "  a: {type: Dense, from: x, units: 4, repeat: 0}\n  n: {type: ReLU, from: a}"
    graph = loaded(tmp_path, layers)
    assert feeds(graph, "n") == ["x"]


def test_a_node_that_is_left_out_is_no_node(tmp_path):
    layers = "  a: {when: false, type: Dense, from: x, units: 4}\n  n: {type: ReLU, from: a}"
    graph = loaded(tmp_path, layers)
    assert list(graph.nodes) == ["x", "n", "y"]


def test_nothing_is_said_of_a_node_that_is_left_out(tmp_path):
    layers = "  a: {when: false, type: Dens, from: x, units: none}\n  n: {type: ReLU, from: a}"
    assert loaded(tmp_path, layers)


def test_a_use_shares_the_weights_of_all_that_it_calls_again(tmp_path):
    layers = "  a: {block: pair, from: x}\n  n: {use: a, from: a}"
    graph = loaded(tmp_path, layers, blocks=PAIR)
    assert {p: n.shares for p, n in graph.nodes.items() if n.shares} == {
        "n.first": "a.first",
        "n.second": "a.second",
    }
    assert graph.nodes["n.first"].keras_name == "a_first"
    assert graph.count_params() == 2 * (4 * 4 + 4)


def test_a_use_of_a_use_shares_the_first_weights(tmp_path):
    layers = "  a: {type: Dense, from: x, units: 4}\n  b: {use: a, from: a}\n  n: {use: b, from: b}"
    assert loaded(tmp_path, layers).nodes["n"].shares == "a"


def test_a_use_of_a_repeated_node_runs_all_its_copies(tmp_path):
    layers = "  a: {type: Dense, from: x, units: 4, repeat: 2}\n  n: {use: a, from: a}"
    graph = loaded(tmp_path, layers)
    assert [graph.nodes[f"n.{i}"].shares for i in (1, 2)] == ["a.1", "a.2"]
    assert feeds(graph, "n.1") == ["a.2"]


def test_a_use_of_what_is_left_out_is_left_out_too(tmp_path):
    layers = "  a: {when: false, type: Dense, from: x, units: 4}\n  n: {use: a, from: x}"
    assert list(loaded(tmp_path, layers).nodes) == ["x", "y"]


def test_names_inside_of_a_model_of_its_own_start_afresh(tmp_path):
    graph = loaded(tmp_path, "  n: {block: pair, from: x, nested: true}", blocks=PAIR)
    assert names(graph) == {"n": "n", "y": "y"}
    assert [node.keras_name for node in graph.nodes["n"].inner.nodes.values()] == [
        "x",
        "first",
        "second",
    ]


def test_a_mistake_in_many_copies_is_one_and_counts_them(tmp_path):
    blocks = PAIR.replace("from: first", "from: frist")
    diagnostic = only_diagnostic(tmp_path, "  n: {block: pair, from: x, repeat: 9}", blocks=blocks)
    assert diagnostic.code is codes.UNKNOWN_REFERENCE
    assert [call.block for call in diagnostic.calls] == ["pair"]
    assert diagnostic.notes[-1].endswith("`n.6.second` and 3 more")


def test_a_value_tells_where_it_was_given(tmp_path):
    blocks = PAIR.replace(
        'units: "${units}"}\n      second', 'units: "${2 - units}"}\n      second'
    )
    layers = "  n: {block: pair, from: x, repeat: 3, units: '${i}'}"
    diagnostic = only_diagnostic(tmp_path, layers, blocks=blocks)
    assert diagnostic.code is codes.OUT_OF_RANGE
    assert [related.message for related in diagnostic.related] == ["`units` is 2 here"]
    assert diagnostic.notes == ("it is in `n.2.first`", "the same is wrong in `n.3.first`")


def test_a_value_that_is_used_often_is_one_mistake(tmp_path):
    layers = "  n: {block: pair, from: x, units: 0}"
    diagnostic = only_diagnostic(tmp_path, layers, blocks=PAIR)
    assert diagnostic.code is codes.OUT_OF_RANGE
    assert [related.message for related in diagnostic.related] == ["`units` is 0 here"]
    assert diagnostic.notes == ("the same value is wrong at 2 places of the graph",)


def test_no_copy_stands_for_what_the_first_would_be_called_on(tmp_path):
    layers = "  a1: {type: Dense, from: x, units: 3}\n"
    layers += "  n: {type: Dense, from: 'a${i}', units: 2, repeat: 0}"
    graph = loaded(tmp_path, layers)
    assert graph.heads["y"].edge.producer == "y"
    assert feeds(graph, "y") == ["a1"]
