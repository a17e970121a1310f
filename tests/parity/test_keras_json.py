"""Architectures as Keras 1, 2 and 3 wrote them: imported and run, beside what Keras loads.

The files in `tests/corpus/keras_json/` are in the formats of Keras 1.0.8, 1.2.2, 2.0.9, 2.15.0 and
3.15.1; those of 2.15 and 3 were written by Keras itself. No Keras that reads the oldest runs today.
`-rP` shows how many plain Keras loads.
"""

from __future__ import annotations

from pathlib import Path

import keras
import numpy as np
import pytest
import tensorflow as tf

import layergraph as lg
from layergraph.importers.graph_text import imported_graph
from layergraph.importers.keras_json.reading import imported_json
from tests.parity.samples import sample_inputs

CORPUS = Path(__file__).parents[1] / "corpus" / "keras_json"
FILES = {f"{file.parent.name}/{file.stem}": file for file in sorted(CORPUS.glob("*/*.json"))}
COUNTED = {
    "2.0/dense": 258,
    "2.0/images": 695,
    "2.15/attention": 608,
    "2.15/functions": 30,
    "2.15/images": 239,
    "2.15/layers": 339,
    "2.15/models_in_models": 45,
    "2.15/over_time": 624,
    "2.15/texts": 399,
}
"""How many parameters Keras 2.15.0 counts in the files that it loads.

It counts others in two of 2.0: it gives GRUs a second bias, which those of Keras 2.0 had not, and
`CuDNNLSTM` has two biases that add up.
"""


def loaded_by_keras(file):
    """The model that Keras makes of a file, or None where it raises."""
    try:
        return keras.models.model_from_json(file.read_text(encoding="utf-8"))
    except Exception:  # noqa: BLE001  whatever it raises, it does not load it
        return None


@pytest.mark.parametrize("name", FILES)
def test_it_is_imported_compiled_and_run(name):
    imported = imported_json(FILES[name])
    flat, graph = (imported_graph(imported.document, flat=flat) for flat in (True, False))
    model = lg.compile(graph)
    assert [w.path for w in model.weights] == [w.path for w in lg.compile(flat).weights]
    inputs = {key: value % 10 for key, value in sample_inputs(graph).items()}
    inputs |= {key: inputs[key][:, :8] for key, s in graph.inputs.items() if s.shape[1] is None}
    given = {key: keras.ops.convert_to_tensor(value) for key, value in inputs.items()}
    # TensorFlow's own kernels for processors know no `channels_first`; those of XLA do.
    outputs = tf.function(model, jit_compile="theano" in name)(given)
    assert {key: value.ndim for key, value in outputs.items()} == {
        key: spec.rank for key, spec in graph.outputs.items()
    }
    assert all(np.isfinite(np.asarray(value)).all() for value in outputs.values())
    if name in COUNTED:
        assert graph.count_params() == COUNTED[name]
    theirs = loaded_by_keras(FILES[name])
    if theirs is not None:
        assert_same(model, theirs, given, outputs)


def assert_same(model, theirs, given, outputs):
    """With the weights of the one, the other gives the same."""
    for layer in theirs.layers:
        layer.set_weights(model.get_layer(layer.name).get_weights())
    if isinstance(theirs, keras.Sequential) or not isinstance(theirs.input, list | dict):
        (given,) = given.values()
    values = theirs(given)
    expected = values if isinstance(values, dict) else dict(zip(outputs, flat(values), strict=True))
    assert set(outputs) == set(expected)
    for key, value in expected.items():
        np.testing.assert_allclose(outputs[key], value, rtol=1e-6, atol=1e-6)


def flat(values):
    return list(values) if isinstance(values, list | tuple) else [values]


def test_plain_keras_loads_fewer():
    loads = [name for name, file in FILES.items() if loaded_by_keras(file) is not None]
    for version in sorted({name.partition("/")[0] for name in FILES}):
        names = [name for name in FILES if name.startswith(f"{version}/")]
        print(
            f"Keras {version}: {len(names)} of {len(names)} imported, "
            f"{len(set(names) & set(loads))} loaded by Keras {keras.__version__}"
        )
    assert not [name for name in loads if name.startswith(("1.", "2."))]
