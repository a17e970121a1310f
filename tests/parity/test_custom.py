"""What is the user's own, as Keras makes it of a graph file."""

from __future__ import annotations

import sys
from itertools import count

import numpy as np
import pytest

import layergraph as lg
from tests.own_package import write_package
from tests.serving import ask

_names = (f"mine{number}" for number in count())

LAYERS = """
layergraph: 1
custom:
  LayerScale: {{import: "{package}.layers:LayerScale", output: same}}
  Swap: {{import: "{package}.layers:Swap", outputs: [same, same]}}
  Gate: {{import: "{package}.layers:Gate", output: same}}
  Widen: {{import: "{package}.layers:Widen", output: [6]}}
  Largest: {{import: "{package}.layers:Largest", output: [], dtype: int32}}
blocks:
  scaled:
    inputs: [x]
    layers: {{scale: {{type: LayerScale, from: x, init: 0.5}}}}
    outputs: scale
inputs: {{x: {{shape: [8]}}, t: {{shape: [time, 8]}}}}
layers:
  nested: {{block: scaled, from: x, nested: true}}
  inlined: {{block: scaled, from: nested}}
  swapped: {{type: Swap, from: [x, inlined], call: {{flip: false}}}}
  gated: {{type: Gate, from: {{value: swapped:0, gate: swapped:1}}, call: {{power: 2}}}}
  twice: {{from: gated, chain: [LayerScale, {{type: LayerScale, init: 3.0}}]}}
  again: {{use: twice, from: x}}
  steps: {{type: TimeDistributed, from: t, layer: {{type: LayerScale, init: 2.0}}}}
  kept: {{type: TimeDistributed, from: steps, layer: {{block: scaled}}}}
  pooled: {{type: GlobalAveragePooling1D, from: kept}}
merges:
  all: {{type: Add, from: [twice, again, pooled]}}
outputs:
  y: {{from: all, type: Widen, units: 6, loss: mse}}
  z: {{from: all, type: Largest}}
"""

OBJECTS = """
layergraph: 1
custom:
  swoosh: {{import: "{package}.objects:swoosh", kind: activation}}
  distance: {{import: "{package}.objects:distance", kind: loss}}
  far: {{import: "{package}.objects:distance", kind: metric}}
  Tilted: {{import: "{package}.objects:Tilted", kind: loss}}
  Tiny: {{import: "{package}.objects:Tiny", kind: initializer}}
  Shrink: {{import: "{package}.objects:Shrink", kind: regularizer}}
  AtMostOne: {{import: "{package}.objects:AtMostOne", kind: constraint}}
  Steady: {{import: "{package}.objects:Steady", kind: optimizer}}
inputs: {{x: {{shape: [8]}}}}
layers:
  hidden:
    type: Dense
    from: x
    units: 4
    activation: swoosh
    kernel_initializer: {{type: Tiny, size: 0.5}}
    kernel_regularizer: Shrink
    kernel_constraint: AtMostOne
outputs:
  y: {{from: hidden, task: regression, loss: {{type: Tilted, slope: 0.7}}, metrics: [far, mae]}}
  z: {{from: hidden, type: Dense, units: 2, loss: distance}}
training: {{optimizer: {{type: Steady, learning_rate: 0.5}}}}
"""


@pytest.fixture
def package(tmp_path, monkeypatch):
    """The name of a package that Python finds, and that no other test has imported."""
    name = next(_names)
    write_package(tmp_path, name)
    monkeypatch.syspath_prepend(tmp_path)
    yield name
    for module in [module for module in sys.modules if module.partition(".")[0] == name]:
        del sys.modules[module]


def graph_of(text, tmp_path, package):
    (tmp_path / "graph.yaml").write_text(text.format(package=package))
    return lg.load(tmp_path / "graph.yaml")


def test_layers_wherever_layers_may_stand(package, tmp_path):
    graph = graph_of(LAYERS, tmp_path, package)
    model = lg.compile(graph, allow=(package,))
    x, t = np.full((2, 8), 0.25, "float32"), np.ones((2, 3, 8), "float32")
    given = model({"x": x, "t": t})
    gated = x * (1 / (1 + np.exp(-x / 4))) ** 2
    total = gated * 3 + x * 3 + 1.0
    widen = model.get_layer("y").dense
    np.testing.assert_allclose(given["y"], total @ widen.kernel.numpy(), rtol=1e-5)
    assert np.asarray(given["z"]).tolist() == [0, 0]
    assert model.get_layer("twice_1") is not model.get_layer("twice_2")
    assert graph.count_params() == 0
    assert not graph.knows_weights
    assert graph.outputs["z"].dtype == "int32"


def test_a_saved_model_serves_without_the_package(package, tmp_path):
    graph = graph_of(LAYERS, tmp_path, package)
    model = lg.compile(graph, allow=(package,))
    lg.export(graph, tmp_path / "model", model=model)
    inputs = {"x": np.ones((2, 8), "float32"), "t": np.ones((2, 3, 8), "float32")}
    served, _ = ask(tmp_path / "model", inputs)  # a process that does not find it
    for name, value in model(inputs).items():
        np.testing.assert_allclose(served[name], value, rtol=1e-6)
    lg.export(graph, tmp_path / "model.keras", allow=[package])
    assert (tmp_path / "model.keras").is_file()


def test_objects_of_every_kind(package, tmp_path):
    model = lg.compile(graph_of(OBJECTS, tmp_path, package), allow=(f"{package}.objects",))
    hidden = model.get_layer("hidden")
    x = np.ones((1, 8), "float32")
    np.testing.assert_array_equal(hidden.kernel, np.full((8, 4), 0.5, "float32"))
    np.testing.assert_allclose(hidden(x), np.full((1, 4), 4 / (1 + np.exp(-3.0))), rtol=1e-5)
    assert type(hidden.kernel_regularizer).__name__ == "Shrink"
    assert type(hidden.kernel_constraint).__name__ == "AtMostOne"
    assert type(model.optimizer).__name__ == "Steady"
    history = model.fit({"x": x}, {"y": np.ones((1, 1)), "z": np.ones((1, 2))}, verbose=0).history
    assert {"y_distance", "y_mae", "y_loss", "z_loss"} <= set(history)


def test_what_is_written_flat_is_the_same(package, tmp_path):
    for text in (LAYERS, OBJECTS):
        graph = graph_of(text, tmp_path, package)
        (tmp_path / "flat.yaml").write_text(graph.to_yaml())
        flat = lg.load(tmp_path / "flat.yaml")
        assert flat.outputs == graph.outputs
        assert flat.to_yaml() == graph.to_yaml()


def refused(text, tmp_path, package, allow):
    graph = graph_of(text, tmp_path, package)
    with pytest.raises(lg.GraphError) as caught:
        lg.compile(graph, allow=allow)
    return [(d.code.id, d.span.line, d.message) for d in caught.value.diagnostics]


ONE = """
layergraph: 1
custom:
  Thing: {{import: "{package}.layers:%s", %s}}
inputs: {{x: {{shape: [8]}}}}
layers:
  it: {{type: %s, from: x%s}}
outputs: {{y: {{from: it, type: Dense, units: 1}}}}
"""


@pytest.mark.parametrize(
    ("name", "says", "type", "arguments", "code", "message"),
    [
        ("LayrScale", "output: same", "Thing", "", "LG509", "the module has no `LayrScale`"),
        (
            "system",
            "output: same",
            "Thing",
            "",
            "LG509",
            "it is the function `system`, and must be",
        ),
        ("instance", "output: same", "Thing", "", "LG509", "it is an object of type `int`"),
        ("instance", "kind: loss", "Dense", ", units: 1", None, ""),  # used nowhere
        ("Widen", "output: same", "Thing", ", units: 9", "LG510", "`it` should give (None, 8) flo"),
        ("Widen", "output: [3, 3]", "Thing", ", units: 9", "LG510", "gives (None, 9) float32"),
        ("Swap", "output: same", "Thing", "", "LG505", "`it` cannot be called: "),
        ("Largest", "output: same", "Thing", "", "LG510", "and gives (None,) int32"),
        (
            "Widen",
            "output: same",
            "Thing",
            ", unts: 9",
            "LG505",
            "cannot be made from its arguments",
        ),
        ("Gate", "output: same", "Thing", ", call: {value: 1, pwr: 2}", "LG505", "pwr"),
    ],
)
def test_what_does_not_fit(name, says, type, arguments, code, message, package, tmp_path):
    text = (ONE % (name, says, type, arguments.replace("{", "{{").replace("}", "}}"))).lstrip()
    if code is None:
        assert lg.compile(graph_of(text, tmp_path, package), allow=(package,)).count_params()
        return
    ((found, line, said),) = refused(text, tmp_path, package, (package,))
    assert found == code
    assert message in said
    assert line == (6 if code == "LG505" else 3)


@pytest.mark.parametrize(
    ("allow", "module"),
    [
        ((), "{package}.layers"),
        (("{package}.objects",), "{package}.layers"),
        (("{package}.lay",), "{package}.layers"),
        (("",), "{package}.layers"),
    ],
)
def test_a_module_that_is_not_allowed_is_not_imported(allow, module, package, tmp_path):
    text = (ONE % ("LayerScale", "output: same", "Thing", "")).lstrip()
    allow = tuple(name.format(package=package) for name in allow)
    ((code, line, said),) = refused(text, tmp_path, package, allow)
    assert (code, line) == ("LG508", 3)
    assert said == f"`Thing` would import `{package}.layers`, which nobody has allowed"
    assert not (tmp_path / package / "imported").exists()
    assert package not in sys.modules


@pytest.mark.parametrize("name", ["system", "Lambda"])
def test_what_an_allowed_module_imports_is_not_allowed_with_it(name, package, tmp_path):
    """A file could else call whatever a module of the user's own happens to use."""
    kind = "kind: activation" if name == "system" else "output: same"
    used = {
        "system": ("Dense", ", units: 1, activation: {{type: Thing, command: 'touch pwned'}}"),
        "Lambda": ("Thing", ", function: x"),
    }
    text = (ONE % (name, kind, *used[name])).lstrip()
    ((code, _, said),) = refused(text, tmp_path, package, (package,))
    assert code == "LG508"
    assert "comes from `" in said


def test_allow_is_no_string(package, tmp_path):
    graph = graph_of(LAYERS, tmp_path, package)
    with pytest.raises(TypeError, match="allow must be a tuple of modules"):
        lg.compile(graph, allow=package)
    with pytest.raises(TypeError, match="allow must be a tuple of modules"):
        lg.export(graph, tmp_path / "model", allow=package)
    with pytest.raises(TypeError, match="names of modules"):
        lg.compile(graph, allow=(1,))


@pytest.mark.parametrize(
    ("text", "said", "where"),
    [
        ("raise ValueError('no good\\nat all')", "no good", "broken.py:1, in <module>"),
        ("def f():\n    raise KeyError\nf()", "KeyError", "broken.py:2, in f"),
        ("import sys\nsys.exit('bye')", "it ends the program, with 'bye'", "broken.py:2"),
        ("import nowhere_at_all", "No module named 'nowhere_at_all'", "broken.py:1"),
        ("def f(:", "invalid syntax", "broken.py:1"),
        ("import json\njson.loads('{')", "Expecting property name", "broken.py:2"),
    ],
)
def test_an_import_that_fails(text, said, where, package, tmp_path):
    (tmp_path / package / "broken.py").write_text(text)
    graph_text = (ONE % ("LayerScale", "output: same", "Thing", "")).lstrip()
    graph = graph_of(graph_text.replace(".layers:", ".broken:"), tmp_path, package)
    with pytest.raises(lg.GraphError) as caught:
        lg.compile(graph, allow=(package,))
    (found,) = caught.value.diagnostics
    assert found.code.id == "LG509"
    assert said in found.message
    assert "\n" not in found.message
    assert where in found.notes[0]
