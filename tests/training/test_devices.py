"""Several devices of one host: the losses of one.

Batches are whole here, and no target is missing: Keras takes the mean of a loss on each device and
then the mean of these, which is another number where devices have not as many targets.
"""

from __future__ import annotations

import json
import sys

import numpy as np
import pytest

from tests.processes import run

SCRIPT = """
import json, sys
import tensorflow as tf

cpu = tf.config.list_physical_devices("CPU")[0]
tf.config.set_logical_device_configuration(cpu, [tf.config.LogicalDeviceConfiguration()] * 2)

import layergraph as lg
from layergraph.diagnostics import GraphError
from tests.training.runs import graph_of, numbers
from pathlib import Path

folder = Path(sys.argv[1])
graph = graph_of(folder, '''
inputs: {x: {shape: [4]}, word: {shape: [1], dtype: string}}
layers:
  scaled: {type: Normalization, from: x}
  code:
    {type: StringLookup, from: word, max_tokens: 4, output_mode: one_hot, pad_to_max_tokens: true}
  hidden: {type: Dense, from: all, units: 8, activation: relu}
merges: {all: {type: Concatenate, from: [scaled, code]}}
outputs:
  y: {from: hidden, task: regression}
  c: {from: hidden, task: multiclass, classes: 3}
training: {epochs: 3, batch_size: 16, seed: 3, validation: 0.25}
''')
import numpy as np
data = numbers(128)
data["word"] = np.array(["a", "b"] * 64, object)
found = {}
for devices in (None, ("CPU:0", "CPU:1"), ("CPU:1",)):
    out = folder / "-".join(devices or ("none",)).replace(":", "")
    trained = lg.train(graph, data, out=out, devices=devices)
    found[str(devices)] = {
        "history": trained.history.final,
        "predicted": trained.predict(data)["y"].tolist(),
        "devices": trained.state.devices,
        "val": trained.metrics["final"],
    }
try:
    lg.train(graph, data, out=folder / "no", devices=("GPU:7",))
except GraphError as error:
    found["error"] = str(error)
found["made"] = (folder / "no").exists()
print(json.dumps(found))
"""


@pytest.mark.slow
def test_two_devices_give_the_losses_of_one(tmp_path):
    done = run([sys.executable, "-W", "ignore", "-c", SCRIPT, str(tmp_path)], cwd=None, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    found = json.loads(done.stdout.splitlines()[-1])
    one = found["None"]
    for devices in ("('CPU:0', 'CPU:1')", "('CPU:1',)"):
        other = found[devices]
        assert set(other["history"]) == set(one["history"])
        for name, values in one["history"].items():
            np.testing.assert_allclose(other["history"][name], values, rtol=1e-4, err_msg=name)
        np.testing.assert_allclose(other["predicted"], one["predicted"], rtol=1e-3, atol=1e-4)
    assert "LG619 there is no device `GPU:7`" in found["error"]
    assert not found["made"]
