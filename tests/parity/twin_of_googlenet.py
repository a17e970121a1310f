"""GoogLeNet as a person would write it in Keras from the paper (Szegedy et al., 2014)."""

from __future__ import annotations

from typing import Any

import keras
from keras import layers as kl

# Table 1, from the row of inception (3a): 1x1, 3x3 reduce, 3x3, 5x5 reduce, 5x5, pool proj.
MODULES = {
    "3a": (64, 96, 128, 16, 32, 32),
    "3b": (128, 128, 192, 32, 96, 64),
    "4a": (192, 96, 208, 16, 48, 64),
    "4b": (160, 112, 224, 24, 64, 64),
    "4c": (128, 128, 256, 24, 64, 64),
    "4d": (112, 144, 288, 32, 64, 64),
    "4e": (256, 160, 320, 32, 128, 128),
    "5a": (256, 160, 320, 32, 128, 128),
    "5b": (384, 192, 384, 48, 128, 128),
}
POOLED_BEFORE = {"4a": "pool3", "5a": "pool4"}


def googlenet() -> keras.Model:
    image = keras.Input((224, 224, 3), name="image")
    x = _conv(image, 64, 7, "conv1", strides=2)
    x = kl.MaxPooling2D(3, strides=2, padding="same", name="pool1")(x)
    x = _local_response_norm(x, "norm1")
    x = _conv(x, 64, 1, "conv2_reduce")
    x = _conv(x, 192, 3, "conv2")
    x = _local_response_norm(x, "norm2")
    x = kl.MaxPooling2D(3, strides=2, padding="same", name="pool2")(x)
    auxiliary = {}
    for module, filters in MODULES.items():
        if module in POOLED_BEFORE:
            name = POOLED_BEFORE[module]
            x = kl.MaxPooling2D(3, strides=2, padding="same", name=name)(x)
        x = _inception(x, filters, f"inception_{module}")
        if module == "4a":
            auxiliary["auxiliary1"] = _auxiliary(x, "lower", "auxiliary1")
        if module == "4d":
            auxiliary["auxiliary2"] = _auxiliary(x, "upper", "auxiliary2")
    x = kl.GlobalAveragePooling2D(name="avg_pool")(x)
    x = kl.Dropout(0.4, name="dropout")(x)
    predictions = kl.Dense(1000, activation="softmax", name="predictions")(x)
    outputs = {"predictions": predictions, **auxiliary}
    model = keras.Model({"image": image}, outputs, name="googlenet")
    schedule = keras.optimizers.schedules.ExponentialDecay(0.01, 40000, 0.96, staircase=True)
    model.compile(
        optimizer=keras.optimizers.SGD(schedule, momentum=0.9),
        loss=dict.fromkeys(outputs, "sparse_categorical_crossentropy"),
        loss_weights={"predictions": 1.0, "auxiliary1": 0.3, "auxiliary2": 0.3},
        metrics={name: ["accuracy"] for name in outputs},
    )
    return model


def _conv(x: Any, filters: int, size: int, name: str, strides: int = 1) -> Any:
    padding = "same" if size > 1 else "valid"
    return kl.Conv2D(filters, size, strides=strides, padding=padding, activation="relu", name=name)(
        x
    )


def _inception(x: Any, filters: tuple[int, ...], name: str) -> Any:
    one, three_reduced, three, five_reduced, five, pooled = filters
    branches = [
        _conv(x, one, 1, f"{name}_1x1"),
        _conv(_conv(x, three_reduced, 1, f"{name}_3x3_reduce"), three, 3, f"{name}_3x3"),
        _conv(_conv(x, five_reduced, 1, f"{name}_5x5_reduce"), five, 5, f"{name}_5x5"),
    ]
    pool = kl.MaxPooling2D(3, strides=1, padding="same", name=f"{name}_pool")(x)
    branches.append(_conv(pool, pooled, 1, f"{name}_pool_proj"))
    return kl.Concatenate(name=f"{name}_output")(branches)


def _auxiliary(x: Any, name: str, output: str) -> Any:
    x = kl.AveragePooling2D(5, strides=3, name=f"{name}_pool")(x)
    x = _conv(x, 128, 1, f"{name}_conv")
    x = kl.Flatten(name=f"{name}_flat")(x)
    x = kl.Dense(1024, activation="relu", name=f"{name}_fc")(x)
    x = kl.Dropout(0.7, name=f"{name}_dropout")(x)
    return kl.Dense(1000, activation="softmax", name=output)(x)


def _local_response_norm(x: Any, name: str) -> Any:
    """x / (2 + 1e-4 * the sum of the squares of five channels) ** 0.75 (Krizhevsky, 2012)."""
    channels = x.shape[-1]
    squares = keras.ops.pad(keras.ops.square(x), [[0, 0], [0, 0], [0, 0], [2, 2]])
    total = kl.Add(name=f"{name}_sum")([squares[..., k : k + channels] for k in range(5)])
    return x / (2.0 + 1e-4 * total) ** 0.75
