"""What changed from one model to another."""

from __future__ import annotations

import pytest

import layergraph as lg
from layergraph.views.diff.comparing import diff
from tests.unit.graph.flat_files import FILES, FORMS, GALLERY, OF_DATA, expanded, loaded
from tests.unit.views import diff_pairs
from tests.unit.views.diff_pairs import PAIRS, difference, said


def name_of(pair):
    return pair.name


@pytest.mark.parametrize("pair", PAIRS, ids=name_of)
@pytest.mark.parametrize("file", diff_pairs.FORMS)
def test_what_is_said_of_a_pair(pair, file):
    if (pair / file).exists():
        written = (pair / file).read_text(encoding="utf-8")
        assert said(pair, file) == written, "run `python -m tests.unit.views.diff_pairs`"


def test_every_pair_has_its_text():
    assert [pair.name for pair in PAIRS if not (pair / "text.txt").exists()] == []


@pytest.mark.parametrize("pair", PAIRS, ids=name_of)
def test_the_way_back_tells_of_the_same_nodes(pair):
    there, back = difference(pair), difference(pair, reverse=True)
    assert there.same is back.same

    def told(found, old, new):
        return sorted(
            tuple(getattr(change, side) and getattr(change, side).node.path for side in (old, new))
            for change in (*found.inputs, *found.nodes)
            if change.old and change.new
        )

    assert told(there, "old", "new") == told(back, "new", "old")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_file_and_its_flat_form_are_one_model(path, tmp_path):
    graph = loaded(path)
    if graph is not None:
        check_same(graph, expanded(graph, tmp_path))


@pytest.mark.parametrize("text", [FORMS, OF_DATA], ids=["every form", "every key"])
def test_everything_and_its_flat_form_are_one_model(text, tmp_path):
    (tmp_path / "graph.yaml").write_text(text)
    graph = lg.load(tmp_path / "graph.yaml")
    check_same(graph, expanded(graph, tmp_path))


def check_same(old, new):
    found = diff(old, new)
    assert found.same, str(found)
    assert str(found).endswith("are the same model")


def test_a_deeper_network_differs_by_its_blocks():
    """Nothing but blocks comes between, in two stages of many that are alike."""
    shallow, deep = (
        lg.load(GALLERY / "resnet50.yaml", params={"depths": depths})
        for depths in ([3, 4, 23, 3], [3, 8, 36, 3])
    )
    found = lg.diff(shallow, deep)
    assert {change.kind for change in found.nodes} == {"added"}
    assert (found.inputs, found.outputs, found.training) == ((), (), ())
    names = {change.new.name for change in found.nodes}
    assert names == names_in(deep) - names_in(shallow)
    lines = str(found).splitlines()
    assert lines[1] == "parameters: 44,707,176 → 60,419,944 (+35 %)"
    assert [line for line in lines if line.startswith("  ")] == [
        "  + 40 nodes, `conv3_block5_1_conv` … `conv3_block8_out`",
        "      12 Conv2D, 12 BatchNormalization, 12 Activation, 4 Add",
        "      1,129,472 parameters",
        "      after `conv3_block4_out`, before `conv4_block1_0_conv`, `conv4_block1_1_conv`",
        "  + 130 nodes, `conv4_block24_1_conv` … `conv4_block36_out`",
        "      39 Conv2D, 39 BatchNormalization, 39 Activation, 13 Add",
        "      14,583,296 parameters",
        "      after `conv4_block23_out`, before `conv5_block1_0_conv`, `conv5_block1_1_conv`",
    ]


def names_in(graph):
    return {node.keras_name for node in graph.nodes.values()}


def test_a_graph_that_is_new_or_gone():
    graph = lg.load(GALLERY / "binary_reviews.yaml", shown_as="reviews.yaml")
    found = lg.diff(None, graph)
    assert not found.same
    assert str(found) == (
        "reviews.yaml is new\n"
        "parameters: none → 160,305\n"
        "multiply-adds a sample: none → 160,272\n"
        "\n"
        "inputs\n"
        "  + words (Input): (batch, 10000)\n"
        "\n"
        "nodes\n"
        "  + hidden_1 (Dense): (batch, 16), 160,016 parameters, after `words`\n"
        "  + hidden_2 (Dense): (batch, 16), 272 parameters, after `hidden_1`\n"
        "  + favourable (Dense): (batch, 1), 17 parameters, after `hidden_2`\n"
        "\n"
        "outputs\n"
        "  + favourable: (batch, 1), loss binary_crossentropy"
    )
    assert str(lg.diff(graph, None)).startswith("reviews.yaml is gone\nparameters: 160,305 → none")


def test_all_of_many_that_are_alike():
    found = difference(diff_pairs.FOLDER / "many-alike")
    text = diff_pairs.FORMS["text.txt"](found, every=True)
    assert sum(line.startswith("  ~ unit") for line in text.splitlines()) == 6
    assert sum(line.startswith("  + unit") for line in text.splitlines()) == 9


def test_a_node_that_reaches_no_output_is_no_part_of_the_model(tmp_path):
    text = "layergraph: 1\ninputs: {x: {shape: [2]}}\noutputs: {y: {from: x}}\n"
    aside = "layers: {aside: {type: Dense, from: x, units: 2}}\n"
    (tmp_path / "old.yaml").write_text(text)
    (tmp_path / "new.yaml").write_text(text + aside)
    check_same(lg.load(tmp_path / "old.yaml"), lg.load(tmp_path / "new.yaml"))
