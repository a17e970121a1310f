"""Gallery models of images as a person would write them in Keras."""

from __future__ import annotations

from typing import Any

import keras
from keras import layers as kl
from keras import metrics


def unet() -> keras.Model:
    image = keras.Input((128, 128, 1), name="image")
    x, skips = image, []
    for level in (1, 2, 3, 4):
        skip = _double_conv(x, 8 * 2**level, f"down{level}_skip")
        x = kl.MaxPooling2D(2, name=f"down{level}_pool")(skip)
        skips.append(skip)
    x = _double_conv(x, 256, "bottom")
    x = kl.Dropout(0.5, name="dropped")(x)
    for level in (4, 3, 2, 1):
        filters = 8 * 2**level
        upsample = kl.Conv2DTranspose(
            filters, 2, strides=2, activation="relu", name=f"up{level}_upsample"
        )
        x = kl.Concatenate(name=f"up{level}_join")([skips.pop(), upsample(x)])
        x = _double_conv(x, filters, f"up{level}_out")
    mask = kl.Dense(2, activation="softmax", name="mask")(x)
    model = keras.Model({"image": image}, {"mask": mask}, name="unet")
    model.compile(
        optimizer=keras.optimizers.Adam(1e-4),
        loss={"mask": "sparse_categorical_crossentropy"},
        metrics={"mask": ["accuracy", metrics.MeanIoU(2, sparse_y_pred=False, name="mean_io_u")]},
    )
    return model


def _double_conv(x: Any, filters: int, name: str) -> Any:
    for number in (1, 2):
        x = kl.Conv2D(
            filters,
            3,
            padding="same",
            activation="relu",
            kernel_initializer="he_normal",
            name=f"{name}_conv{number}",
        )(x)
    return x


def siamese() -> keras.Model:
    left = keras.Input((28, 28, 1), name="left")
    right = keras.Input((28, 28, 1), name="right")
    encoder = [
        kl.Conv2D(32, 3, activation="relu", name="left_code_1"),
        kl.MaxPooling2D(2, name="left_code_2"),
        kl.Conv2D(64, 3, activation="relu", name="left_code_3"),
        kl.MaxPooling2D(2, name="left_code_4"),
        kl.Flatten(name="left_code_5"),
        kl.Dense(128, activation="sigmoid", name="left_code_6"),
    ]
    codes = []
    for image in (left, right):
        code = image
        for layer in encoder:
            code = layer(code)
        codes.append(code)
    distance = keras.ops.absolute(kl.Subtract(name="difference")(codes))
    same = kl.Dense(1, activation="sigmoid", name="same")(distance)
    model = keras.Model({"left": left, "right": right}, {"same": same}, name="siamese")
    model.compile(
        optimizer=keras.optimizers.Adam(1e-3),
        loss={"same": "binary_crossentropy"},
        metrics={"same": ["accuracy"]},
    )
    return model


def autoencoder() -> keras.Model:
    image = keras.Input((28, 28, 1), name="image")
    x = kl.Conv2D(16, 3, strides=2, padding="same", activation="relu", name="encoder_1")(image)
    x = kl.Conv2D(32, 3, strides=2, padding="same", activation="relu", name="encoder_2")(x)
    x = kl.Flatten(name="encoder_3")(x)
    code = kl.Dense(16, name="code")(x)
    x = kl.Dense(7 * 7 * 32, activation="relu", name="decoder_1")(code)
    x = kl.Reshape((7, 7, 32), name="decoder_2")(x)
    x = kl.Conv2DTranspose(16, 3, strides=2, padding="same", activation="relu", name="decoder_3")(x)
    reconstruction = kl.Conv2DTranspose(
        1, 3, strides=2, padding="same", activation="sigmoid", name="reconstruction"
    )(x)
    outputs = {"code": code, "reconstruction": reconstruction}
    model = keras.Model({"image": image}, outputs, name="autoencoder")
    model.compile(
        optimizer=keras.optimizers.Adam(1e-3),
        loss={"reconstruction": "binary_crossentropy"},
        metrics={"reconstruction": ["mean_absolute_error"]},
    )
    return model


def aspp() -> keras.Model:
    image = keras.Input((512, 512, 3), name="image")
    x = image
    for number, filters in enumerate((16, 32, 64, 128), start=1):
        x = _conv(x, filters, f"backbone{number}", kernel=3, stride=2)
    branches = [_conv(x, 64, "pointwise")]
    branches += [
        _conv(x, 64, f"atrous{number}", kernel=3, rate=rate)
        for number, rate in enumerate((6, 12, 18), start=1)
    ]
    pooled = kl.GlobalAveragePooling2D(keepdims=True, name="pooled")(x)
    context = _conv(pooled, 64, "context")
    branches += [kl.UpSampling2D(32, name="resized")(context)]
    x = kl.Concatenate(name="pyramid")(branches)
    x = _conv(x, 64, "mixed")
    x = kl.Conv2D(21, 1, name="logits")(x)
    x = kl.UpSampling2D(16, interpolation="bilinear", name="enlarged")(x)
    mask = kl.Softmax(name="mask")(x)
    model = keras.Model({"image": image}, {"mask": mask}, name="aspp")
    model.compile(
        optimizer=keras.optimizers.SGD(7e-3, momentum=0.9),
        loss={"mask": "sparse_categorical_crossentropy"},
        metrics={"mask": ["accuracy", metrics.MeanIoU(21, sparse_y_pred=False, name="mean_io_u")]},
    )
    return model


def _conv(
    x: Any, filters: int, name: str, *, kernel: int = 1, stride: int = 1, rate: int = 1
) -> Any:
    x = kl.Conv2D(
        filters,
        kernel,
        strides=stride,
        dilation_rate=rate,
        padding="same",
        use_bias=False,
        name=f"{name}_conv",
    )(x)
    x = kl.BatchNormalization(name=f"{name}_norm")(x)
    return kl.ReLU(name=f"{name}_relu")(x)
