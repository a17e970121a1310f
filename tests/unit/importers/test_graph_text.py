"""A flat document becomes the text that `expand` writes, and a graph."""

from __future__ import annotations

import pytest

import layergraph as lg
from layergraph.graph.flat_file import flat_document
from layergraph.importers.graph_text import imported_graph, imported_text

TEXT = """\
layergraph: 1
name: small
description: Twice the same.

inputs:
  x: {shape: [4]}

layers:
  a: {type: Dense, from: x, units: 4}
  b: {use: a, from: a}

outputs:
  y: {from: b, loss: mse}

training: {optimizer: sgd}
"""


@pytest.fixture
def graph(tmp_path):
    path = tmp_path / "graph.yaml"
    path.write_text(TEXT)
    return lg.load(path)


def test_a_flat_document_is_written_as_it_is(graph):
    assert imported_text(flat_document(graph), flat=True) == TEXT == graph.to_yaml()


def test_a_graph_is_made_of_it(graph):
    found = imported_graph(flat_document(graph), flat=True)
    assert found.to_yaml() == found.to_yaml(flat=True) == TEXT
    assert list(found.nodes) == list(graph.nodes)
    assert found.source.name == "small"


def test_what_the_language_does_not_allow_is_refused(graph):
    document = flat_document(graph)
    document["layers"]["a"]["units"] = 0
    with pytest.raises(lg.GraphError) as raised:
        imported_graph(document, flat=True)
    (diagnostic,) = raised.value.diagnostics
    assert diagnostic.code.id == "LG523"
    assert diagnostic.notes == ("LG105: `units` of `a` must be at least 1, not 0",)
