"""What `diff` tells: nothing of one graph written twice, and of a drawn change just that."""

from __future__ import annotations

import copy

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import layergraph as lg
from tests.property.foldings import flat_file, folded_file, written
from tests.property.test_foldings import GRAPHS, loaded, renamed

RANDOM = st.randoms(use_true_random=False, note_method_calls=False)
FEWER = settings(max_examples=settings.default.max_examples // 3)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("differences")


def shuffled(data, random):
    """The same file with its sections and entries in another order."""

    def mixed(mapping):
        keys = list(mapping)
        random.shuffle(keys)
        return {key: mapping[key] for key in keys}

    sections = ("inputs", "layers", "outputs")
    return mixed({k: mixed(value) if k in sections else value for k, value in data.items()})


def sources(entry):
    """What an entry is called on, as a list."""
    given = entry["from"]
    return given if isinstance(given, list) else [given]


def if_sound(data, folder):
    """The graph of a file that was changed at random; others are drawn where it has errors."""
    path = folder / "other.yaml"
    path.write_text(written(data))
    report = lg.validate(path)
    assume(report.ok)
    return report.graph


def after(data, name):
    """The names of a node, and of all nodes that come after it."""
    found = {name}
    growing = True
    while growing:
        new = {n for n, entry in data["layers"].items() if found & {*sources(entry)}} - found
        growing = bool(new)
        found |= new
    return found


def told(found):
    """What is told of every node, in short."""
    return sorted(
        (
            change.kind,
            change.old.name if change.old else None,
            change.new.name if change.new else None,
            bool(change.values),
            bool(change.sources),
            change.layer is not None,
        )
        for change in (*found.inputs, *found.nodes)
    )


def changed(name, *, values=False, sources=False):
    return ("changed", name, name, values, sources, False)


def names_of(data, *, inputs=False):
    return [*(data["inputs"] if inputs else ()), *data["layers"]]


@FEWER
@given(made=GRAPHS, random=RANDOM)
def test_nothing_of_a_graph_written_otherwise(made, random, folder):
    flat = loaded(flat_file(made), folder)
    for other in (folded_file(made), shuffled(flat_file(made), random)):
        found = lg.diff(flat, loaded(other, folder, "other"))
        assert found.same, str(found)


@FEWER
@given(made=GRAPHS, random=RANDOM)
def test_names_alone_of_a_graph_whose_nodes_are_all_renamed(made, random, folder):
    data = flat_file(made)
    names = {name: f"z{name}" for name in names_of(data, inputs=True)}
    old, new = loaded(data, folder), loaded(shuffled(renamed(data, names), random), folder, "other")
    homes = {node.keras_name for node in old.nodes.values() if node.path in old.in_model}
    assert told(lg.diff(old, new)) == sorted(
        ("changed", name, names[name], False, False, False) for name in homes if name in names
    )


@FEWER
@given(made=GRAPHS, random=RANDOM)
def test_a_name(made, random, folder):
    data = flat_file(made)
    name = random.choice(names_of(data, inputs=True))
    names = {n: n for n in names_of(data, inputs=True)} | {name: "z"}
    old, new = loaded(data, folder), loaded(shuffled(renamed(data, names), random), folder, "other")
    is_named_so = any(node.keras_name == name for node in old.nodes.values())
    expected = [("changed", name, "z", False, False, False)] if is_named_so else []
    assert told(lg.diff(old, new)) == expected


@FEWER
@given(made=GRAPHS, random=RANDOM)
def test_an_argument(made, random, folder):
    data = flat_file(made)
    dense = [name for name, entry in data["layers"].items() if entry.get("type") == "Dense"]
    assume(dense)
    name = random.choice(dense)
    other = copy.deepcopy(data)
    other["layers"][name]["bias_initializer"] = "ones"
    found = lg.diff(loaded(data, folder), loaded(shuffled(other, random), folder, "other"))
    assert told(found) == [changed(name, values=True)]
    (value,) = found.nodes[0].values
    assert (value.name, value.after.text) == ("bias_initializer", "Ones")


@FEWER
@given(made=GRAPHS, random=RANDOM)
def test_a_node_that_comes_between(made, random, folder):
    data = flat_file(made)
    name = random.choice(names_of(data))
    other = copy.deepcopy(data)
    entry = other["layers"][name]
    given = sources(entry)
    position = random.randrange(len(given))
    other["layers"]["z"] = {"type": "Dropout", "from": given[position], "rate": 0.5}
    given[position] = "z"
    entry["from"] = given if isinstance(entry["from"], list) else "z"
    found = lg.diff(loaded(data, folder), if_sound(shuffled(other, random), folder))
    assert told(found) == [("added", None, "z", False, False, False)]
    back = lg.diff(loaded(other, folder), loaded(data, folder, "other"))
    assert told(back) == [("removed", "z", None, False, False, False)]


@FEWER
@given(made=GRAPHS, random=RANDOM)
def test_another_producer(made, random, folder):
    data = flat_file(made)
    name = random.choice(names_of(data))
    entry = data["layers"][name]
    assume(entry.get("type") != "Concatenate")  # whose producers are not of one size
    position = random.randrange(len(sources(entry)))
    others = [
        n
        for n, e in data["layers"].items()
        if n not in after(data, name) and e.get("units") == 4 and n != sources(entry)[position]
    ]
    assume(others)
    other = copy.deepcopy(data)
    given = sources(other["layers"][name])
    given[position] = random.choice(others)
    other["layers"][name]["from"] = given if isinstance(entry["from"], list) else given[0]
    old, new = loaded(data, folder), if_sound(shuffled(other, random), folder)
    assume(len(old.in_model) == len(new.in_model))  # and nothing else goes
    kinds = [(change.kind, bool(change.sources)) for change in lg.diff(old, new).nodes]
    assert kinds == [("changed", True)]
