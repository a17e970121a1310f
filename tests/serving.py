"""A SavedModel asked in a fresh process that has TensorFlow and not layergraph."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

import numpy as np

from tests.forks import run_forked

_ASK = """
import json, sys
import numpy as np
import tensorflow as tf
folder, inputs, outputs = sys.argv
served = tf.saved_model.load(folder)
serve = served.signatures["serving_default"]
given = {name: tf.constant(array) for name, array in np.load(inputs).items()}
np.savez(outputs, **{name: value.numpy() for name, value in serve(**given).items()})
from tensorflow.core.protobuf import saved_model_pb2
proto = saved_model_pb2.SavedModel()
proto.ParseFromString(open(folder + "/saved_model.pb", "rb").read())
signature = proto.meta_graphs[0].signature_def["serving_default"]
def described(tensors):
    return {
        name: [[d.size if d.size >= 0 else None for d in t.tensor_shape.dim],
               tf.dtypes.as_dtype(t.dtype).name]
        for name, t in tensors.items()
    }
assert "layergraph" not in sys.modules
print(json.dumps({
    "signatures": list(served.signatures),
    "inputs": described(signature.inputs),
    "outputs": described(signature.outputs),
}))
"""


def ask(folder: Path, inputs: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Call the serving signature of a SavedModel by name.

    Returns:
        The outputs by name, and what the file itself says of its signature: the names of all
        signatures, and shape and dtype of each input and output.
    """
    with tempfile.TemporaryDirectory() as scratch:
        given, found = Path(scratch) / "given.npz", Path(scratch) / "found.npz"
        np.savez(given, **inputs)
        done = run_forked(_ASK, str(folder), str(given), str(found), modules=("tensorflow",))
        assert done.returncode == 0, done.stderr
        with np.load(found) as outputs:
            return dict(outputs), json.loads(done.stdout)
