"""What a `.keras` file has of the user's own is imported where it is allowed, and nowhere else."""

from __future__ import annotations

import importlib
import json
import zipfile

import pytest

from layergraph.diagnostics import GraphError
from layergraph.importers.sources import model_from
from tests.own_package import write_package

pytestmark = pytest.mark.slow


@pytest.fixture
def saved(tmp_path, monkeypatch):
    """A file with layers and a function of the user's own, none of them registered."""
    import keras

    write_package(tmp_path, "filed")
    monkeypatch.syspath_prepend(tmp_path)
    layers = importlib.import_module("filed.layers")
    objects = importlib.import_module("filed.objects")
    x = keras.Input((5, 3), name="x")
    steps = keras.layers.TimeDistributed(layers.LayerScale(2.0, name="inner"), name="steps")(x)
    head = keras.layers.Dense(2, activation=objects.swoosh, kernel_initializer=objects.Tiny())
    keras.Model(x, head(layers.LayerScale(name="alone")(steps))).save(tmp_path / "model.keras")
    return tmp_path / "model.keras"


def error_of(path, *allow):
    with pytest.raises(GraphError) as refused:
        model_from(str(path), {}, allow)
    (error,) = refused.value.diagnostics
    return error


def test_what_is_allowed_is_imported(saved):
    model = model_from(str(saved), {}, ("filed.layers", "filed.objects"))
    assert model.get_layer("steps").layer.init == 2.0
    assert type(model.get_layer("alone")).__module__ == "filed.layers"
    assert model.layers[-1].activation.__module__ == "filed.objects"
    assert model_from(str(saved), {}, ("filed",)).count_params() == model.count_params()


def test_what_is_not_allowed_is_named(saved):
    with pytest.raises(GraphError) as refused:
        model_from(str(saved), {}, ("filed.objects",))
    assert {error.code.id for error in refused.value.diagnostics} == {"LG508"}


def test_a_function_that_no_module_has_is_named(tmp_path):
    import keras

    def lost(x):
        return x

    x = keras.Input((3,))
    keras.Model(x, keras.layers.Dense(2, activation=lost)(x)).save(tmp_path / "model.keras")
    error = error_of(tmp_path / "model.keras", "filed")
    assert error.code.id == "LG522"
    assert "has the function `lost` of your own" in error.message
    assert "--allow package.module" in error.help


@pytest.mark.parametrize(
    ("name", "code", "message"),
    [
        ("system", "LG508", "`bad` needs `filed.layers:system`, which comes from `posix`"),
        ("Lambda", "LG508", "`bad` needs `filed.layers:Lambda`, which comes from `keras."),
        ("LayrScale", "LG522", "cannot be imported: the module has no `LayrScale`"),
    ],
)
def test_what_only_passes_through_an_allowed_module_is_refused(saved, name, code, message):
    config = {"class_name": name, "config": {"name": "bad"}, "module": "filed.layers"}
    with zipfile.ZipFile(saved, "w") as archive:
        archive.writestr("config.json", json.dumps(config))
    error = error_of(saved, "filed")
    assert error.code.id == code
    assert message in error.message
