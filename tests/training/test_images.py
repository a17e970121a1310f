"""Images in files: read, decoded and sized as they are needed."""

from __future__ import annotations

import keras
import numpy as np
import pandas as pd
import pytest

import layergraph as lg
from layergraph.diagnostics import GraphError
from tests.training.runs import graph_of

GRAPH = """
inputs: {photo: {shape: [8, 8, 3], column: file, decode: image}}
layers:
  scaled: {type: Rescaling, from: photo, scale: 0.00392156862745098}
  seen: {type: Conv2D, from: scaled, filters: 4, kernel_size: 3, activation: relu}
  flat: {type: GlobalAveragePooling2D, from: seen}
outputs: {red: {from: flat, task: binary}}
training:
  optimizer: {type: Adam, learning_rate: 0.05}
  epochs: 25
  batch_size: 8
  seed: 1
  validation: 0.25
"""


@pytest.fixture
def folder(tmp_path):
    """Red and blue pictures of several sizes, beside the table that names them."""
    random = np.random.default_rng(0)
    rows = []
    for number in range(32):
        image = random.integers(0, 60, (6 + number % 5, 8, 3))
        image[..., 0 if number % 2 else 2] += 150
        name = f"{number}.{('png', 'jpg')[number % 3 == 0]}"
        keras.utils.save_img(tmp_path / name, image, scale=False)
        rows.append({"file": name, "red": number % 2})
    pd.DataFrame(rows).to_csv(tmp_path / "images.csv", index=False)
    return tmp_path


@pytest.mark.slow
def test_a_model_learns_what_is_in_them(folder):
    run = lg.train(graph_of(folder, GRAPH), folder / "images.csv", out=folder / "run")
    assert run.metrics["final"]["val_red_accuracy"] == 1
    predicted = run.predict(folder / "images.csv")["red"].ravel()
    assert ((predicted > 0.5) == (np.arange(32) % 2 == 1)).mean() > 0.9


@pytest.mark.slow
def test_one_that_cannot_be_read_is_named_while_it_trains(folder):
    (folder / "17.png").write_bytes(b"no picture")
    with pytest.raises(GraphError, match=r"LG615 .*17\.png"):
        lg.train(graph_of(folder, GRAPH), folder / "images.csv", out=folder / "run")
    assert lg.Run(folder / "run").state.status == "interrupted"
