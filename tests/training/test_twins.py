"""The same training, written by hand in Keras: the same history."""

from __future__ import annotations

import keras
import numpy as np
import palmerpenguins
import pytest
import tensorflow as tf
from sklearn.datasets import load_digits
from sklearn.model_selection import StratifiedKFold

import layergraph as lg
from tests.parity.twins import TWINS

SEED = 7
EPOCHS = 3


def fit_by_hand(model, x, y, weights, *, rows, held_out, size):
    """`fit`, epoch by epoch, with the rows in the order that the documentation gives."""

    def part(rows):
        return tuple(
            {name: tf.constant(values[rows]) for name, values in some.items()}
            for some in (x, y, weights)
        )

    history = {}
    for epoch in range(EPOCHS):
        order = tf.random.experimental.stateless_shuffle(rows, seed=[SEED, epoch]).numpy()
        *batch, given = part(order)
        logs = model.fit(
            *batch,
            sample_weight=given or None,
            batch_size=size,
            shuffle=False,
            verbose=0,
            validation_data=part(held_out)[: 3 if weights else 2] if held_out is not None else None,
            validation_batch_size=size,
        ).history
        for name, (value,) in logs.items():
            history.setdefault(name, []).append(value)
    return history


def assert_same(ours, by_hand, output=None):
    """The same values, by our names and by Keras' own, which lacks the name of an only output."""

    def renamed(name):
        bare = name.removeprefix("val_")
        is_ours = output is None or bare == "loss"
        return name if is_ours else f"{name.removesuffix(bare)}{output}_{bare}"

    assert set(ours) == {renamed(name) for name in by_hand}
    for name, values in by_hand.items():
        np.testing.assert_allclose(ours[renamed(name)], values, rtol=1e-5, err_msg=name)


@pytest.mark.slow
def test_images(tmp_path):
    images, labels = load_digits(return_X_y=True)
    x = {"image": images.reshape(-1, 8, 8, 1).astype("float32")}
    y = {"digit": labels.astype("int32")}
    rows, held_out = np.arange(0, 400), np.arange(400, 600)
    graph = lg.load("graphs/residual_digits.yaml")
    run = lg.train(
        graph,
        {"image": x["image"][rows], "digit": y["digit"][rows]},
        validation_data={"image": x["image"][held_out], "digit": y["digit"][held_out]},
        out=tmp_path / "run",
        seed=SEED,
        epochs=EPOCHS,
    )
    keras.utils.set_random_seed(SEED)
    model = TWINS["residual_digits"]()
    size = graph.training.batch_size
    by_hand = fit_by_hand(model, x, y, {}, rows=rows, held_out=held_out, size=size)
    assert_same(run.history.final, by_hand, "digit")


@pytest.mark.slow
def test_words_numbers_and_gaps_in_folds(tmp_path):
    table = palmerpenguins.load_penguins()
    data = tmp_path / "penguins.csv"
    table.to_csv(data, index=False)
    graph = lg.load("graphs/penguins.yaml")
    run = lg.train(graph, data, out=tmp_path / "run", seed=SEED, epochs=EPOCHS, folds=3)

    measures = ["bill_length_mm", "bill_depth_mm", "flipper_length_mm"]
    x = {
        "island": table[["island"]].to_numpy(object),
        "year": table[["year"]].to_numpy("float32"),
        "measures": table[measures].to_numpy("float32"),
    }
    species = table["species"].map({"Adelie": 0, "Chinstrap": 1, "Gentoo": 2}).to_numpy("int32")
    sex = table["sex"].map({"female": 0, "male": 1}).to_numpy("float32")
    mass = table["body_mass_g"].to_numpy("float32")
    y = {
        "species": species,
        "sex": np.nan_to_num(sex)[:, None],
        "mass": np.nan_to_num(mass)[:, None],
    }
    weights = {
        "species": np.ones(len(table), "float32"),
        "sex": (~np.isnan(sex)).astype("float32"),
        "mass": (~np.isnan(mass)).astype("float32"),
    }
    folds = StratifiedKFold(3, shuffle=True, random_state=SEED).split(species, species)
    fits = [*folds, (np.arange(len(table)), None)]
    assert len(run.history.folds) == 3
    for ours, (rows, held_out) in zip([*run.history.folds, run.history.final], fits, strict=True):
        by_hand = fit_penguins(x, y, weights, rows, held_out, graph.training.batch_size)
        assert_same(ours, by_hand)


def fit_penguins(x, y, weights, rows, held_out, size):
    keras.utils.set_random_seed(SEED)
    model = TWINS["penguins"]()
    for layer in model.layers:
        given = next((name for name in x if layer.input is model.input[name]), None)
        if hasattr(layer, "adapt"):
            values = x[given][rows]
            if given == "measures":
                values = values[~np.isnan(values).any(axis=1)]
            layer.adapt(values)
    mean = "mean_with_sample_weight"
    model.compile(
        optimizer="rmsprop",
        loss={
            "species": "sparse_categorical_crossentropy",
            "sex": keras.losses.BinaryCrossentropy(reduction=mean),
            "mass": keras.losses.MeanSquaredError(reduction=mean),
        },
        loss_weights=model.get_compile_config()["loss_weights"],
        metrics={"species": ["accuracy"]},
        weighted_metrics={"sex": ["accuracy"], "mass": ["mean_absolute_error"]},
    )
    return fit_by_hand(model, x, y, weights, rows=rows, held_out=held_out, size=size)
