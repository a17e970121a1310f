"""What a caller says of a training, beside what the file says."""

from importlib.util import find_spec

import pytest

import layergraph as lg
from layergraph.training import packages
from layergraph.training.preparation import Settings, prepared
from tests.unit.training.asked import mistake

HEAD = """layergraph: 1
inputs: {x: {shape: [4]}}
outputs: {c: {from: x, task: multiclass, classes: 3}}
"""


@pytest.fixture
def graph(tmp_path):
    def load(training="{}"):
        (tmp_path / "graph.yaml").write_text(f"{HEAD}training: {training}\n")
        return lg.load(tmp_path / "graph.yaml")

    return load


def training_of(graph, *, has_validation_data=False, **settings):
    return prepared(graph, Settings(**settings), has_validation_data=has_validation_data).training


def test_what_is_not_said_is_the_files(graph):
    loaded = graph("{epochs: 7, seed: 3, batch_size: 5, validation: 0.2}")
    assert training_of(loaded) == loaded.training


def test_epochs_and_seed(graph):
    loaded = graph("{epochs: 7, seed: 3}")
    found = training_of(loaded, epochs=2, seed=0)
    assert (found.epochs, found.seed) == (2, 0)
    assert (loaded.training.epochs, loaded.training.seed) == (7, 3)


def test_a_seed_that_nobody_gives_is_drawn(graph):
    loaded = graph()
    drawn = [training_of(loaded).seed for _ in range(4)]
    assert all(0 <= seed < 2**32 for seed in drawn)
    assert len(set(drawn)) > 1
    assert prepared(loaded, Settings(seed=5), has_validation_data=False).training.seed == 5


def test_a_drawn_seed_stands_in_the_graph_that_is_kept(graph, tmp_path):
    found = prepared(graph(), Settings(), has_validation_data=False)
    (tmp_path / "kept.yaml").write_text(found.to_yaml())
    assert lg.load(tmp_path / "kept.yaml").training.seed == found.training.seed


@pytest.mark.parametrize(
    ("validation", "kept"),
    [
        ("0.2", {"shuffle": True, "stratify": None}),
        ("{fraction: 0.2, stratify: c, shuffle: false}", {"shuffle": False, "stratify": "c"}),
        ("{folds: 3, stratify: c}", {"shuffle": True, "stratify": "c"}),
    ],
)
def test_folds_take_the_place_of_a_fraction_and_keep_the_rest(validation, kept, graph):
    found = training_of(graph(f"{{validation: {validation}}}"), folds=5).validation
    assert found.model_dump() == {"folds": 5, "fraction": None, **kept}


def test_folds_where_the_file_validates_on_nothing(graph):
    found = training_of(graph(), folds=4).validation
    assert (found.folds, found.fraction, found.stratify, found.shuffle) == (4, None, None, True)


def test_validation_data_take_the_place_of_a_fraction(graph):
    assert training_of(graph("{validation: 0.2}"), has_validation_data=True).validation is None
    assert training_of(graph(), has_validation_data=True).validation is None


@pytest.mark.parametrize(
    ("validation", "folds"), [("{folds: 3}", None), ("0.2", 3), ("{folds: 2}", 3)]
)
def test_folds_and_validation_data_are_refused(validation, folds, graph):
    code, message, _, help = mistake(
        training_of,
        graph(f"{{validation: {validation}}}"),
        has_validation_data=True,
        folds=folds,
    )
    assert (code, help) == ("LG610", "drop one of the two")
    assert message == "there are 3 folds to validate on, and validation data as well"


@pytest.mark.parametrize(
    ("missing", "needed_by", "message"),
    [
        ("matplotlib", "0.2", "the picture of the curves needs matplotlib"),
        ("tensorboard", "0.2", "the log for TensorBoard needs tensorboard"),
        ("sklearn", "0.2", "`validation` needs sklearn"),
        ("sklearn", "{folds: 2}", "`validation` needs sklearn"),
    ],
)
def test_a_package_that_is_not_installed_is_told_at_once(
    missing, needed_by, message, graph, monkeypatch
):
    monkeypatch.setattr(
        packages, "find_spec", lambda name: None if name == missing else find_spec(name)
    )
    code, told, _, help = mistake(training_of, graph(f"{{validation: {needed_by}}}"))
    assert (code, told) == ("LG616", f"{message}, which is not installed")
    assert "pip install 'layergraph[train]'" in help
    if missing == "sklearn":
        assert training_of(graph()).validation is None


def test_a_graph_without_a_loss_is_told_before_a_missing_package(tmp_path, monkeypatch):
    (tmp_path / "graph.yaml").write_text(HEAD.replace(", task: multiclass, classes: 3", ""))
    monkeypatch.setattr(packages, "find_spec", lambda name: None)
    code, message, _, help = mistake(training_of, lg.load(tmp_path / "graph.yaml"))
    assert (code, message) == ("LG613", "no output of `graph` has a loss")
    assert help == "give one a `task`, or a `loss`"
