"""Rows: what is folded at which depth, and that nothing is lost or counted twice."""

from pathlib import Path

import pytest

import layergraph as lg
from layergraph.pipeline import validate
from layergraph.views.rows import ALL, rows

ROOT = Path(__file__).parents[3]
CORPUS = ROOT / "tests" / "corpus" / "valid"
GRAPHS = [
    file
    for folder in (ROOT / "graphs", CORPUS)
    for file in sorted(folder.glob("*.yaml"))
    if validate(file).graph is not None
]
BATCH_SIZE = 3


def kinds(file, depth):
    return {row.path: str(row.kind) for row in rows(lg.load(file), depth) if row.node is None}


@pytest.mark.parametrize(
    ("file", "depth", "expected"),
    [
        ("copies-of-chains-of-blocks", 0, {"deep": "chain ×2", "pairs": "block pair ×2"}),
        ("names-of-copies", 0, {"stack": "block named ×3", "other": "block named",
                                "each": "Dense ×2", "chain": "chain ×2"}),
        ("blocks-in-blocks", 0, {"stages": "block stage ×2"}),
        ("nested-models", 0, {"stack": "block encoder ×2"}),
        ("chain-with-named-items", 0, {"features": "chain"}),
        ("use-of-everything", 0, {"chain": "chain", "tower": "block tower", "stack": "Dense ×3",
                                  "of_chain": "chain", "of_instance": "block tower",
                                  "of_repeat": "Dense ×3", "in_chain": "chain"}),
    ],
)  # fmt: skip
def test_kinds_of_groups(file, depth, expected):
    assert kinds(CORPUS / f"{file}.yaml", depth) == expected


def test_each_step_of_the_depth_opens_a_step_of_the_paths():
    file = ROOT / "graphs" / "resnet50.yaml"
    assert kinds(file, 0)["conv2"] == "block stage"
    assert kinds(file, 1)["conv2.block"] == "block bottleneck ×3"
    assert kinds(file, 2)["conv2.block.3"] == "block bottleneck"
    assert kinds(file, 3) == kinds(file, None) == {}


def test_what_a_block_that_is_used_elsewhere_is_called(tmp_path):
    """The nodes of a `use` carry the calls of what it uses, in which its own path does not say."""
    file = tmp_path / "graph.yaml"
    file.write_text(
        "layergraph: 1\n"
        "blocks:\n"
        "  inner: {inputs: [x], layers: {h: {type: Dense, from: x, units: 4}}, outputs: h}\n"
        "  outer:\n"
        "    inputs: [x]\n"
        "    layers: {twice: {block: inner, from: x, repeat: 2}}\n"
        "    outputs: twice\n"
        "inputs: {x: {shape: [4]}}\n"
        "layers:\n"
        "  first: {block: outer, from: x}\n"
        "  again: {use: first.twice, from: first}\n"
        "  single: {use: first.twice.2, from: again}\n"
        "outputs: {y: {from: single, task: regression}}\n"
    )
    assert kinds(file, 0) == {
        "first": "block outer",
        "again": "block inner ×2",
        "single": "block inner",
    }


def test_what_leaves_a_group():
    by_path = {row.path: row for row in rows(lg.load(ROOT / "graphs" / "googlenet.yaml"), 0)}
    assert len(by_path["inception_3a"].outputs) == 1
    used = rows(lg.load(CORPUS / "use-of-everything.yaml"), 0)
    (of_instance,) = (row for row in used if row.path == "of_instance")
    assert [spec.shape for spec in of_instance.outputs] == [(None, 3), (None, 4)]
    (inside,) = (row for row in used if row.path == "inside")
    assert [origin.label for origin in inside.origins] == ["of_instance.hidden"]
    assert [(origin.row, origin.tensor) for origin in inside.origins] == [("of_instance", 0)]


@pytest.mark.parametrize("depth", [None, 0, 1, 2, ALL])
@pytest.mark.parametrize("file", GRAPHS, ids=lambda file: file.stem)
def test_rows_add_up(file, depth):
    graph = lg.load(file)
    found = rows(graph, depth)
    outer = [row for row in found if not row.inside]
    counted = [row for row in outer if row.in_model]
    assert sum(row.size for row in outer) == len(graph.nodes)
    assert sum(row.count_params() for row in counted) == graph.count_params()
    assert sum(row.count_params(trainable=True) for row in counted) == graph.count_params(True)
    assert sum(row.weights_bytes for row in counted) == graph.weights_bytes
    assert sum(row.activation_bytes(BATCH_SIZE) for row in counted) == graph.activation_bytes(
        BATCH_SIZE
    )
    if graph.multiply_adds is not None:
        assert sum(row.multiply_adds for row in counted) == graph.multiply_adds
    for model in found:
        inner = [row for row in found if row.inside == model.path]
        if inner:
            assert sum(row.count_params() for row in inner) == model.count_params()
            assert sum(row.weights_bytes for row in inner) == model.weights_bytes
            assert sum(row.activation_bytes(2) for row in inner) == model.activation_bytes(2)
            assert sum(row.multiply_adds for row in inner) == model.multiply_adds


@pytest.mark.parametrize("depth", [None, 0, 1, ALL])
@pytest.mark.parametrize("file", GRAPHS, ids=lambda file: file.stem)
def test_rows_are_called_on_tensors_of_rows_above(file, depth):
    seen = {}
    for row in rows(lg.load(file), depth):
        for origin in row.origins:
            assert origin.tensor < len(seen[origin.row].outputs)
        seen[row.path] = row


def test_groups_that_are_called_on_each_other_keep_the_order_of_their_nodes(tmp_path):
    file = tmp_path / "graph.yaml"
    file.write_text(
        "layergraph: 1\n"
        "blocks:\n"
        "  two:\n"
        "    inputs: [a, b]\n"
        "    layers:\n"
        "      first: {type: ReLU, from: a}\n"
        "      second: {type: ReLU, from: b}\n"
        "    outputs: {first: first, second: second}\n"
        "inputs: {x: {shape: [4]}}\n"
        "layers:\n"
        "  two: {block: two, from: {a: x, b: between.1}}\n"
        "  between: {from: two.first, chain: [Flatten]}\n"
        "outputs: {y: {from: two.second, task: regression}}\n"
    )
    found = rows(lg.load(file), 0)
    assert [row.path for row in found] == ["x", "two", "between", "y"]
    assert [origin.row for origin in found[1].origins] == ["x", "between"]
