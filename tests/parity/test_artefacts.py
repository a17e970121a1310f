"""What is written of a gallery file, asked by name in a fresh process."""

from __future__ import annotations

import json

import keras
import numpy as np
import pytest

import layergraph as lg
from tests.parity.samples import learn_words, sample_inputs
from tests.parity.twins import TWINS
from tests.processes import run_keras, run_python
from tests.serving import ask

GALLERY = [*TWINS, "mobilenet_v2"]  # of the well-known models, the smallest


@pytest.mark.parametrize("name", GALLERY)
def test_the_saved_model_serves_by_name_what_the_model_computes(name, tmp_path):
    graph = lg.load(f"graphs/{name}.yaml")
    inputs = sample_inputs(graph)
    model = lg.compile(graph, seed=3)
    has_words = learn_words(model, inputs)  # else each of the two is made of the seed
    out = lg.export(graph, tmp_path / "model", model=model if has_words else None, seed=3)
    served, signature = ask(out, inputs)
    expected = model({k: keras.ops.convert_to_tensor(v) for k, v in inputs.items()})
    assert signature["signatures"] == ["serving_default"]
    assert set(served) == set(expected) == set(graph.outputs)
    for output in expected:
        np.testing.assert_allclose(served[output], expected[output], rtol=1e-6, atol=1e-6)
    for side, specs in (("inputs", graph.inputs), ("outputs", graph.outputs)):
        said = {key: (tuple(shape), dtype) for key, (shape, dtype) in signature[side].items()}
        assert said == {key: (spec.shape, spec.dtype) for key, spec in specs.items()}
    assert lg.load(out / "assets.extra" / "graph.yaml").to_yaml() == graph.to_yaml()


def test_one_name_everywhere(tmp_path):
    graph = lg.load("graphs/posts.yaml")
    model = lg.compile(graph)
    names = ["age", "income", "gender"]
    assert list(model.output) == names
    assert {model.get_layer(name).name for name in names} == set(names)
    assert list(model.loss) == names
    inputs = sample_inputs(graph, batch=4)
    targets = {
        "age": np.ones((4, 1), "float32"),
        "income": np.eye(10, dtype="float32")[:4],
        "gender": np.ones((4, 1), "float32"),
    }
    history = model.fit(inputs, targets, epochs=1, verbose=0).history
    assert {f"{name}_loss" for name in names} <= set(history)
    assert {"age_mean_absolute_error", "income_accuracy", "gender_accuracy"} <= set(history)
    out = lg.export(graph, tmp_path / "model")
    assert set(ask(out, inputs)[0]) == set(names)


def test_the_keras_file_loads_with_its_names_and_values(tmp_path):
    graph = lg.load("graphs/qa.yaml")
    out = lg.export(graph, tmp_path / "qa.keras", seed=5)
    model = lg.compile(graph, seed=5)
    inputs = sample_inputs(graph)
    np.savez(tmp_path / "in.npz", **inputs)
    code = """
import sys, numpy as np, keras
model = keras.models.load_model(sys.argv[1])
inputs = dict(np.load(sys.argv[2]))
outputs = model.predict(inputs, verbose=0)
assert list(outputs) == ["answer"], list(outputs)
assert sorted(t.name for t in model.inputs) == ["question", "text"]
assert "layergraph" not in sys.modules
np.save(sys.argv[3], outputs["answer"])
"""
    run_keras(code, str(out), str(tmp_path / "in.npz"), str(tmp_path / "out.npy"))
    expected = model.predict(inputs, verbose=0)["answer"]
    np.testing.assert_allclose(np.load(tmp_path / "out.npy"), expected, rtol=1e-6, atol=1e-6)


ODD_NAMES = """
layergraph: 1
inputs:
  0_first: {shape: [3]}
  my-input: {shape: [null, 2]}
  "007": {shape: [2], dtype: int32}
layers:
  sum-up: {type: GlobalAveragePooling1D, from: my-input}
  words:  {type: Embedding, from: "007", input_dim: 9, output_dim: 2}
  flat:   {type: Flatten, from: words}
merges:
  all: {type: Concatenate, from: [0_first, sum-up, flat]}
outputs:
  0-out: {from: all, type: Dense, units: 2}
  "1": {from: all}
  all: {from: all}
  my_copy: {from: 0_first}
"""


def test_names_that_python_would_not_take_survive(tmp_path):
    (tmp_path / "odd.yaml").write_text(ODD_NAMES)
    graph = lg.load(tmp_path / "odd.yaml")
    out = lg.export(graph, tmp_path / "model", seed=1)
    inputs = sample_inputs(graph)
    inputs["007"] %= 9
    served, signature = ask(out, inputs)
    expected = lg.compile(graph, seed=1)(inputs)
    assert set(served) == set(signature["outputs"]) == {"0-out", "1", "all", "my_copy"}
    assert set(signature["inputs"]) == {"0_first", "my-input", "007"}
    for name, values in expected.items():
        np.testing.assert_allclose(served[name], values, rtol=1e-6, atol=1e-6)


def test_the_seed_decides_the_weights(tmp_path):
    graph = lg.load("graphs/binary_reviews.yaml")
    first, again, other = (lg.compile(graph, seed=seed).get_weights() for seed in (1, 1, 2))
    assert all(np.array_equal(a, b) for a, b in zip(first, again, strict=True))
    assert not np.array_equal(first[0], other[0])


def test_importing_layergraph_costs_nothing():
    code = "import sys, layergraph, json; print(json.dumps(sorted(sys.modules)))"
    loaded = json.loads(run_python(code))
    heavy = {"tensorflow", "keras", "numpy", "networkx", "pydantic", "yaml", "click"}
    assert not heavy & set(loaded)


LEARNS = """
layergraph: 1
inputs: {word: {shape: [], dtype: string}, size: {shape: [1]}}
layers:
  index: {type: StringLookup, from: word}
  class: {type: Discretization, from: size, num_bins: 3, output_mode: one_hot}
  known: {type: Embedding, from: index, input_dim: 9, output_dim: 2}
  both:  {type: Concatenate, from: [known, class]}
outputs: {y: {from: both, task: regression}}
"""


def test_what_was_adapted_by_hand_is_served(tmp_path):
    (tmp_path / "learns.yaml").write_text(LEARNS)
    graph = lg.load(tmp_path / "learns.yaml")
    model = lg.compile(graph, seed=1)
    model.get_layer("index").adapt(np.array(["a", "b", "b", "c"]))
    model.get_layer("class").adapt(np.arange(9.0).reshape(-1, 1))
    out = lg.export(graph, tmp_path / "model", model=model)
    inputs = {"word": np.array(["b", "zz"]), "size": np.array([[1.0], [8.0]], "float32")}
    served, _ = ask(out, inputs)
    expected = model({k: keras.ops.convert_to_tensor(v) for k, v in inputs.items()})
    np.testing.assert_allclose(served["y"], expected["y"], rtol=1e-6, atol=1e-6)
    with pytest.raises(lg.GraphError) as refused:
        lg.export(graph, tmp_path / "fresh")
    assert [d.code.id for d in refused.value.diagnostics] == ["LG507", "LG507"]


def test_a_path_is_no_graph(tmp_path):
    with pytest.raises(TypeError, match=r"layergraph\.load"):
        lg.compile("graphs/qa.yaml")
    with pytest.raises(TypeError, match=r"layergraph\.load"):
        lg.export("graphs/qa.yaml", tmp_path / "model")
