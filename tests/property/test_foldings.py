"""However a graph is folded, named or ordered, it is the same graph, and the same Keras model."""

from __future__ import annotations

import copy

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import layergraph as lg
from tests.property.foldings import LIBRARY, flat_file, folded_file, folding, written

GRAPHS = st.builds(
    folding, st.randoms(use_true_random=False, note_method_calls=False), imports=st.booleans()
)
FEW = 4


def loaded(data, folder, name="graph"):
    (folder / "library.yaml").write_text(written(LIBRARY))
    path = folder / f"{name}.yaml"
    path.write_text(written(data))
    report = lg.validate(path)
    assert report.ok, (report.errors, written(data))
    return report.graph


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("foldings")


def facts(node, names):
    """What is known of a node, with the names of others as `names` translates them."""
    return (
        node.type,
        node.layer,
        node.inputs,
        node.outputs,
        dict(node.weights),
        node.multiply_adds,
        names.get(node.shares),
        [(a.name, [(names[e.producer], e.tensor) for e in a.edges]) for a in node.arguments],
    )


def same_model(left, right):
    """Whether two graphs compile to models with the same layers, weights and results."""
    ours, theirs = lg.compile(left), lg.compile(right)
    assert sorted(layer.name for layer in ours.layers) == sorted(x.name for x in theirs.layers)
    shapes = {weight.path: tuple(weight.shape) for weight in ours.weights}
    assert shapes == {weight.path: tuple(weight.shape) for weight in theirs.weights}
    values = {weight.path: weight.numpy() for weight in ours.weights}
    for weight in theirs.weights:
        weight.assign(values[weight.path])
    rng = np.random.default_rng(0)
    inputs = {
        name: rng.normal(size=[2, *spec.shape[1:]]).astype("float32")
        for name, spec in left.inputs.items()
    }
    given, wanted = ours(inputs), theirs(inputs)
    assert set(given) == set(wanted)  # a dict, whose order is that of the file
    for name in given:
        np.testing.assert_allclose(given[name], wanted[name], rtol=1e-6, atol=1e-6)


@given(made=GRAPHS)
def test_a_folded_file_is_the_flat_one(made, folder):
    flat, folded = loaded(flat_file(made), folder), loaded(folded_file(made), folder)
    assert folded.to_yaml() == flat.to_yaml()
    assert folded.count_params() == flat.count_params()
    assert dict(folded.outputs) == dict(flat.outputs)
    path = folder / "expanded.yaml"
    path.write_text(folded.to_yaml())
    assert lg.load(path).to_yaml() == folded.to_yaml()


@pytest.mark.slow
@settings(max_examples=FEW)
@given(made=GRAPHS)
def test_a_folded_file_compiles_to_the_flat_ones_model(made, folder):
    same_model(loaded(flat_file(made), folder), loaded(folded_file(made), folder))


def renamed(data, names):
    """A flat file with other names for inputs and nodes."""

    def reference(text):
        path, colon, tensor = text.partition(":")
        return names[path] + colon + tensor

    def entry(node):
        given = node["from"]
        listed = [reference(one) for one in given] if isinstance(given, list) else reference(given)
        used = {"use": names[node["use"]]} if "use" in node else {}
        return {**node, "from": listed, **used}

    return {
        **data,
        "inputs": {names[name]: keys for name, keys in data["inputs"].items()},
        "layers": {names[name]: entry(node) for name, node in data["layers"].items()},
        "outputs": {name: entry(output) for name, output in data["outputs"].items()},
    }


@given(made=GRAPHS, random=st.randoms(use_true_random=False, note_method_calls=False))
def test_names_are_names_alone(made, random, folder):
    data = flat_file(made)
    old = [*data["inputs"], *data["layers"]]
    new = [random.choice(["n{}", "{}x", "_{}", "A-{}", "{}"]).format(n) for n in range(len(old))]
    random.shuffle(new)
    names = dict(zip(old, new, strict=True))
    before = loaded(data, folder)
    after = loaded(renamed(data, names), folder)
    names |= {name: name for name in data["outputs"]} | {None: None}
    assert [names[path] for path in before.nodes] == list(after.nodes)
    same = {name: name for name in names.values()}
    for path, node in before.nodes.items():
        assert facts(node, names) == facts(after.nodes[names[path]], same)
        assert node.shares or after.nodes[names[path]].keras_name == names[node.keras_name]


def shuffled(data, random):
    """The same mappings in another order of their keys; lists as they are."""
    if not isinstance(data, dict):
        return copy.deepcopy(data)
    keys = list(data)
    random.shuffle(keys)
    return {key: shuffled(data[key], random) for key in keys}


@given(made=GRAPHS, random=st.randoms(use_true_random=False, note_method_calls=False))
def test_order_means_nothing(made, random, folder):
    data = folded_file(made)
    before = loaded(data, folder)
    after = loaded(shuffled(data, random), folder)
    names = {path: path for path in before.nodes} | {None: None}
    assert set(before.nodes) == set(after.nodes)
    for path, node in before.nodes.items():
        assert facts(node, names) == facts(after.nodes[path], names)
    assert dict(before.outputs) == dict(after.outputs)


@pytest.mark.slow
@settings(max_examples=FEW)
@given(made=GRAPHS, random=st.randoms(use_true_random=False, note_method_calls=False))
def test_order_means_nothing_to_keras(made, random, folder):
    data = folded_file(made)
    left, right = loaded(data, folder), loaded(shuffled(data, random), folder)
    assert set(left.outputs) == set(right.outputs)
    same_model(left, right)
