"""The picture of a history."""

import random
from math import inf, nan
from xml.etree import ElementTree as ET

import matplotlib as mpl
import pytest

from layergraph.diagnostics import GraphError
from layergraph.training import curves
from layergraph.training.curves import _figure, write_curves
from layergraph.training.history import History


def fit(*names, epochs=5):
    draw = random.Random(len(names) + epochs)
    return {name: [draw.random() for _ in range(epochs)] for name in names}


TWO = fit("loss", "val_loss", "a_accuracy", "val_a_accuracy")


def panels(history):
    return _figure(history).get_axes()


def legend(history):
    return [text.get_text() for text in _figure(history).legends[0].get_texts()]


@pytest.mark.parametrize("ending", ["svg", "png"])
def test_the_same_history_gives_the_same_bytes(tmp_path, ending):
    first, second = (tmp_path / f"{name}.{ending}" for name in "ab")
    before = dict(mpl.rcParams)
    write_curves(History(TWO), first)
    mpl.rcParams["font.size"] = 20
    try:
        write_curves(History(TWO), second)
    finally:
        mpl.rcParams["font.size"] = before["font.size"]
    assert first.read_bytes() == second.read_bytes()
    assert dict(mpl.rcParams) == before


def test_svg_is_xml_without_a_date(tmp_path):
    write_curves(History(TWO), tmp_path / "curves.svg")
    assert ET.parse(tmp_path / "curves.svg").getroot().tag.endswith("}svg")
    assert "<dc:date>" not in (tmp_path / "curves.svg").read_text(encoding="utf-8")


def test_a_panel_for_each_quantity_with_validation_in_it():
    drawn = panels(History(TWO))
    assert [panel.get_title(loc="left") for panel in drawn] == ["loss", "a_accuracy"]
    for panel in drawn:
        name = panel.get_title(loc="left")
        training, validation = panel.lines
        assert list(training.get_ydata()) == TWO[name]
        assert list(validation.get_ydata()) == TWO[f"val_{name}"]
        assert list(training.get_xdata()) == [1, 2, 3, 4, 5]
    assert legend(History(TWO)) == ["training", "validation"]


def test_folds_are_thin_and_their_mean_thick_as_far_as_all_came():
    short = {name: [1.0, 3.0] for name in ("loss", "val_loss")}
    history = History(
        {"loss": [0.5] * 4}, (short, {n: [v + 1, v + 2, 0] for n, (v, _) in short.items()})
    )
    (panel,) = panels(history)
    thin = [line for line in panel.lines if line.get_linewidth() < 1]
    thick = [line for line in panel.lines if line.get_linewidth() == 2]
    assert sorted(len(line.get_xdata()) for line in thin) == [2, 2, 3, 3]
    assert [list(line.get_ydata()) for line in thick] == [[1.5, 3.0]] * 2
    assert legend(history) == [
        "training, mean of 2 folds", "validation, mean of 2 folds", "training of the final model"
    ]  # fmt: skip


def test_a_single_epoch_shows_a_marker_and_a_gap_leaves_one():
    (panel,) = panels(History({"loss": [0.5]}))
    assert panel.lines[0].get_marker() == "o"
    (panel,) = panels(History({"loss": [1, 2, nan, 3, inf, 4, 5]}))
    assert panel.lines[0].get_markevery() == [3]
    (panel,) = panels(History({"loss": [1, 2, 3]}))
    assert panel.lines[0].get_marker() == "None"


def test_nothing_finite_is_said():
    (panel,) = panels(History({"loss": [nan, inf]}))
    assert [text.get_text() for text in panel.texts] == ["no value is finite"]


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5, 7, 10, 12, 13])
def test_any_number_of_panels(count, tmp_path):
    history = History(fit(*[f"a{n}_loss" for n in range(count)]))
    assert len(panels(history)) == count
    assert max(_figure(history).get_size_inches()) < 17


def test_epochs_are_whole_numbers():
    (panel,) = panels(History({"loss": [1, 2]}))
    assert [tick for tick in panel.get_xticks() if 1 <= tick <= 2] == [1, 2]


def test_without_matplotlib(monkeypatch, tmp_path):
    monkeypatch.setattr("layergraph.training.packages.find_spec", lambda name: None)
    with pytest.raises(GraphError, match=r"LG616 .* needs matplotlib.*layergraph\[train\]"):
        curves.write_curves(History(TWO), tmp_path / "curves.svg")
