"""Gallery models of what users choose, as a person would write them in Keras."""

from __future__ import annotations

import keras
from keras import layers as kl
from keras import metrics


def two_tower() -> keras.Model:
    inputs = {
        "user_id": keras.Input((), dtype="int32", name="user_id"),
        "user_features": keras.Input((8,), name="user_features"),
        "item_id": keras.Input((), dtype="int32", name="item_id"),
        "item_features": keras.Input((12,), name="item_features"),
    }
    user = _tower("user", known=10000, features=8)([inputs["user_id"], inputs["user_features"]])
    item = _tower("item", known=2000, features=12)([inputs["item_id"], inputs["item_features"]])
    cosine = kl.Dot(axes=1, normalize=True, name="cosine")([user, item])
    click = kl.Dense(1, activation="sigmoid", name="click")(cosine)
    model = keras.Model(inputs, {"click": click}, name="two_tower")
    model.compile(
        optimizer="adagrad",
        loss={"click": "binary_crossentropy"},
        metrics={"click": ["accuracy", metrics.AUC(name="auc")]},
    )
    return model


def _tower(name: str, *, known: int, features: int) -> keras.Model:
    number = keras.Input((), dtype="int32", name="id")
    described = keras.Input((features,), name="features")
    x = kl.Embedding(known, 32, name="embedding")(number)
    x = kl.Concatenate(name="joined")([x, described])
    x = kl.Dense(64, activation="relu", name="hidden")(x)
    x = kl.Dense(32, name="vector")(x)
    return keras.Model([number, described], x, name=name)


def wide_and_deep() -> keras.Model:
    installed = keras.Input((), dtype="int32", name="installed")
    shown = keras.Input((), dtype="int32", name="shown")
    measures = keras.Input((6,), name="measures")
    weight = kl.Embedding(400**2, 1, embeddings_initializer="zeros", name="pair_weight")(
        installed * 400 + shown
    )
    x = [
        kl.Embedding(400, 32, name="installed_vector")(installed),
        kl.Embedding(400, 32, name="shown_vector")(shown),
        kl.Normalization(name="measures_scaled")(measures),
    ]
    x = kl.Concatenate(name="dense")(x)
    x = kl.Dense(256, activation="relu", name="deep1")(x)
    x = kl.Dense(128, activation="relu", name="deep2")(x)
    x = kl.Dense(64, activation="relu", name="deep3")(x)
    logit = kl.Add(name="logit")([weight, kl.Dense(1, name="deep_logit")(x)])
    install = kl.Activation("sigmoid", name="install")(logit)
    inputs = {"installed": installed, "shown": shown, "measures": measures}
    model = keras.Model(inputs, {"install": install}, name="wide_and_deep")
    model.compile(
        optimizer="adagrad",
        loss={"install": "binary_crossentropy"},
        metrics={"install": ["accuracy", metrics.AUC(name="auc")]},
    )
    return model
