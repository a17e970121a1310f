"""Gallery models of tables, as a person would write them in Keras."""

from __future__ import annotations

import keras
from keras import layers as kl


def penguins() -> keras.Model:
    inputs = {
        "island": keras.Input((1,), dtype="string", name="island"),
        "year": keras.Input((1,), name="year"),
        "measures": keras.Input((3,), name="measures"),
    }
    island = kl.StringLookup(
        max_tokens=4, pad_to_max_tokens=True, output_mode="one_hot", name="island_code"
    )(inputs["island"])
    year = kl.Normalization(name="scaled_year")(inputs["year"])
    x = kl.Normalization(name="scaled")(inputs["measures"])
    measures = keras.ops.nan_to_num(x)
    x = kl.Concatenate(name="known")([island, year, measures])
    x = kl.Dense(32, activation="relu", name="features_1")(x)
    features = kl.Dense(32, activation="relu", name="features_2")(x)
    score = kl.Dense(1, name="score")(features)
    outputs = {
        "species": kl.Dense(3, activation="softmax", name="species")(features),
        "sex": kl.Dense(1, activation="sigmoid", name="sex")(features),
        "mass": kl.Rescaling(800, 4200, name="mass")(score),
    }
    model = keras.Model(inputs, outputs, name="penguins")
    model.compile(
        optimizer="rmsprop",
        loss={
            "species": "sparse_categorical_crossentropy",
            "sex": "binary_crossentropy",
            "mass": "mean_squared_error",
        },
        loss_weights={"species": 1.0, "sex": 1.0, "mass": 1.5e-6},
        metrics={"species": ["accuracy"], "sex": ["accuracy"], "mass": ["mean_absolute_error"]},
    )
    return model


def diabetes() -> keras.Model:
    measures = keras.Input((10,), name="measures")
    score = kl.Dense(1, name="score")(_two_small_layers(measures))
    progression = kl.Rescaling(75, 150, name="progression")(score)
    model = keras.Model({"measures": measures}, {"progression": progression}, name="diabetes")
    model.compile(
        optimizer="rmsprop",
        loss={"progression": "mean_squared_error"},
        metrics={"progression": ["mean_absolute_error"]},
    )
    return model


def breast_cancer() -> keras.Model:
    measures = keras.Input((30,), name="measures")
    x = _two_small_layers(measures)
    diagnosis = kl.Dense(1, activation="sigmoid", name="diagnosis")(x)
    model = keras.Model({"measures": measures}, {"diagnosis": diagnosis}, name="breast_cancer")
    model.compile(
        optimizer="rmsprop",
        loss={"diagnosis": "binary_crossentropy"},
        metrics={"diagnosis": ["accuracy", "auc"]},
    )
    return model


def _two_small_layers(measures: keras.KerasTensor) -> keras.KerasTensor:
    x = kl.Normalization(name="normalized")(measures)
    x = kl.Dense(16, activation="relu", name="hidden_1")(x)
    return kl.Dense(16, activation="relu", name="hidden_2")(x)
