"""What is found again in a flat document is the same model, in fewer words."""

from __future__ import annotations

import copy
import os
import random
from pathlib import Path

import pytest
from hypothesis import given, settings

import layergraph as lg
from layergraph.graph.flat_file import flat_document
from layergraph.importers.structure import structured
from layergraph.spec.document import document_text
from tests.property.random_graphs import graphs, text_of
from tests.property.repeating_networks import network
from tests.unit.graph.flat_files import FILES, FORMS, GALLERY
from tests.unit.graph.flat_files import loaded as loaded_file
from tests.unit.importers.same_graph import assert_same, loaded

GOLDEN = Path(__file__).parents[2] / "golden"


def check(document, folder):
    """The text of the structured document, which is that of the same graph."""
    given = copy.deepcopy(document)
    found = structured(document)
    assert document == given, "the document was changed"
    text = document_text(found)
    assert len(text) <= len(document_text(document))
    assert document_text(structured(given)) == text
    assert_same(loaded(document_text(document), folder, "flat"), loaded(text, folder, "structured"))
    return text


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_graph_stays_the_same(path, tmp_path):
    graph = loaded_file(path)
    if graph is not None:
        check(flat_document(graph), tmp_path)


def test_every_form_of_a_node(tmp_path):
    (tmp_path / "file.yaml").write_text(FORMS)
    check(flat_document(lg.load(tmp_path / "file.yaml")), tmp_path)


@settings(max_examples=25, deadline=None)
@given(graphs())
def test_random_graphs_stay_the_same(tmp_path_factory, graph):
    folder = tmp_path_factory.mktemp("random")
    (folder / "graph.yaml").write_text(text_of(graph))
    check(flat_document(lg.load(folder / "graph.yaml")), folder)


@pytest.mark.parametrize("name", ["resnet50", "inception_v3", "unet", "posts"])
def test_it_reads_as_a_person_would_have_written_it(name):
    """The files in `tests/golden/` were read, and are what these graphs are to become."""
    text = document_text(structured(flat_document(lg.load(GALLERY / f"{name}.yaml"))))
    assert text == (GOLDEN / f"structured-{name}.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize("seed", range(int(os.environ.get("LAYERGRAPH_EXAMPLES", "30"))))
def test_networks_that_repeat_stay_the_same(seed, tmp_path):
    (tmp_path / "drawn.yaml").write_text(document_text(network(random.Random(seed))))
    check(flat_document(lg.load(tmp_path / "drawn.yaml")), tmp_path)


def test_a_node_that_an_output_exposes_under_its_name_stays_a_node(tmp_path):
    """In a chain it would have another path, and the output an Identity of its name."""
    (tmp_path / "graph.yaml").write_text(
        "layergraph: 1\n"
        "inputs: {x: {shape: [4]}}\n"
        "layers:\n"
        "  a1: {type: Dense, from: x, units: 4, activation: relu}\n"
        "  a2: {type: Dense, from: a1, units: 4, activation: relu}\n"
        "  a3: {type: Dense, from: a2, units: 4, activation: relu}\n"
        "outputs: {a3: {from: a3}}\n"
    )
    text = check(flat_document(lg.load(tmp_path / "graph.yaml")), tmp_path)
    assert "a3: {type: Dense, from: a, " in text


def test_the_example_of_the_document(tmp_path):
    page = (GALLERY.parent / "docs" / "imported_graphs.md").read_text(encoding="utf-8")
    flat, found = (block.partition("```")[0] for block in page.split("```yaml\n")[1:])
    graph = loaded(flat, tmp_path, "table")
    assert document_text(structured(flat_document(graph))) == found
