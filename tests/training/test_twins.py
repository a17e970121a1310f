"""The same training, written by hand in Keras: the same history."""

from __future__ import annotations

from functools import partial

import keras
import numpy as np
import palmerpenguins
import pytest
import tensorflow as tf
from sklearn.datasets import load_digits
from sklearn.model_selection import StratifiedKFold, train_test_split

import layergraph as lg
from tests.parity.twins import GRAPHS

SEED = 7
EPOCHS = 3


def fit_by_hand(model, x, y, rows, *, size, held_out, weights=None):
    """`fit`, epoch by epoch, with the rows in the order that the documentation gives."""
    history = {}

    def part(rows):
        found = [{name: values[rows] for name, values in some.items()} for some in (x, y)]
        if weights is not None:
            found.append({name: values[rows] for name, values in weights.items()})
        return tuple(found)

    for epoch in range(EPOCHS):
        order = tf.random.experimental.stateless_shuffle(rows, seed=[SEED, epoch]).numpy()
        logs = model.fit(
            *part(order)[:2],
            sample_weight=part(order)[2] if weights is not None else None,
            batch_size=size,
            shuffle=False,
            verbose=0,
            validation_data=part(held_out) if held_out is not None else None,
            validation_batch_size=size,
        ).history
        for name, (value,) in logs.items():
            history.setdefault(name, []).append(value)
    return history


def agree(ours, by_hand, output=None):
    """Whether two histories have the same values, by our names and by Keras' own."""

    def renamed(name):
        bare = name.removeprefix("val_")
        prefix = name.removesuffix(bare)
        return name if output is None or bare == "loss" else f"{prefix}{output}_{bare}"

    assert set(ours) == {renamed(name) for name in by_hand}
    for name, values in by_hand.items():
        np.testing.assert_allclose(ours[renamed(name)], values, rtol=1e-5, err_msg=name)


@pytest.mark.slow
def test_residual_digits(tmp_path):
    images, labels = load_digits(return_X_y=True)
    data = {"image": images.reshape(-1, 8, 8, 1).astype("float32"), "digit": labels.astype("int32")}
    graph = lg.load(GRAPHS / "residual_digits.yaml")
    run = lg.train(graph, data, out=tmp_path / "run", seed=SEED, epochs=EPOCHS, folds=None)

    size = graph.training.batch_size
    keras.utils.set_random_seed(SEED)
    from tests.parity.twins_of_images import residual_digits

    model = residual_digits()
    validation = graph.training.validation
    rows, held_out = np.arange(len(labels)), None
    if validation is not None:
        rows, held_out = map(
            np.sort,
            train_test_split(
                rows,
                test_size=validation.fraction,
                random_state=SEED,
                stratify=labels if validation.stratify else None,
            ),
        )
    by_hand = fit_by_hand(
        model, {"image": data["image"]}, {"digit": data["digit"]}, rows, size=size, held_out=held_out
    )
    agree(run.history.final, by_hand, "digit")


def penguins_by_hand(x, rows):
    """The gallery's penguins, in Keras alone, adapted on some rows."""
    keras.utils.set_random_seed(SEED)
    island = keras.Input((1,), dtype="string", name="island")
    year = keras.Input((1,), name="year")
    measures = keras.Input((3,), name="measures")
    code = keras.layers.StringLookup(max_tokens=4, pad_to_max_tokens=True, output_mode="one_hot")
    scaled_year = keras.layers.Normalization()
    scaled = keras.layers.Normalization()
    known = keras.layers.Concatenate()(
        [code(island), scaled_year(year), keras.ops.nan_to_num(scaled(measures))]
    )
    return island, year, measures, code, scaled_year, scaled, known
