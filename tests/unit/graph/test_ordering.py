"""Topological order: every node after what feeds it, in file order among equals."""

import tempfile
from pathlib import Path

import networkx as nx
from hypothesis import given
from hypothesis import strategies as st

from layergraph.pipeline import load
from tests.unit.graph.files import graph_of


def order_of(folder, edges):
    return list(load(graph_of(folder, edges)).nodes)


def test_equals_keep_the_order_of_the_file(tmp_path):
    edges = {"x": [], "c": ["x"], "a": ["x"], "b": ["x"]}
    assert order_of(tmp_path, edges) == ["x", "c", "a", "b"]


def test_node_comes_after_what_feeds_it_wherever_it_stands(tmp_path):
    edges = {"x": [], "last": ["second", "x"], "second": ["first"], "first": ["x"]}
    assert order_of(tmp_path, edges) == ["x", "first", "second", "last"]


def test_inputs_come_as_they_stand(tmp_path):
    edges = {"b": [], "a": [], "sum": ["a", "b"]}
    assert order_of(tmp_path, edges) == ["b", "a", "sum"]


def test_node_that_waits_does_not_hold_others_back(tmp_path):
    edges = {"x": [], "late": ["deep"], "early": ["x"], "deep": ["early"], "free": ["x"]}
    assert order_of(tmp_path, edges) == ["x", "early", "deep", "late", "free"]


@st.composite
def acyclic(draw):
    """A random graph without cycles, its nodes in any order: node → producers."""
    count = draw(st.integers(2, 8))
    names = [f"n{number}" for number in range(count)]
    edges = {names[0]: []}
    for number, name in enumerate(names[1:], start=1):
        producers = st.lists(st.sampled_from(names[:number]), unique=True, max_size=3)
        edges[name] = draw(producers)
    shuffled = draw(st.permutations(names))
    return {name: edges[name] for name in shuffled}


@given(acyclic())
def test_order_agrees_with_networkx(edges):
    graph = nx.DiGraph()
    graph.add_nodes_from(sorted(edges, key=lambda node: bool(edges[node])))  # inputs stand first
    graph.add_edges_from((producer, node) for node in edges for producer in edges[node])
    in_file = {node: number for number, node in enumerate(graph)}
    with tempfile.TemporaryDirectory() as folder:
        found = order_of(Path(folder), edges)
    assert found == list(nx.lexicographical_topological_sort(graph, in_file.__getitem__))
    assert all(found.index(p) < found.index(node) for node in edges for p in edges[node])


@given(acyclic(), st.randoms(use_true_random=False))
def test_order_of_the_file_changes_nothing_but_order(edges, random):
    names = list(edges)
    random.shuffle(names)
    with tempfile.TemporaryDirectory() as folder:
        ends = sorted(edges)
        first = load(graph_of(Path(folder), edges, ends))
        second = load(graph_of(Path(folder), {name: edges[name] for name in names}, ends))
    assert set(first.nodes) == set(second.nodes)
    for path, node in first.nodes.items():
        twin = second.nodes[path]
        assert (node.keras_name, node.type, node.outputs) == (
            twin.keras_name,
            twin.type,
            twin.outputs,
        )
        assert node.arguments == twin.arguments
