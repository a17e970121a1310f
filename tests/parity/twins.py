"""The gallery's models as a person would write them in Keras: one function a file."""

from __future__ import annotations

from collections.abc import Callable

import keras
from keras import layers as kl

from tests.parity.twin_of_googlenet import googlenet
from tests.parity.twins_of_images import aspp, autoencoder, siamese, unet
from tests.parity.twins_of_tables import breast_cancer, diabetes, penguins
from tests.parity.twins_of_texts import seq2seq, transformer, transformer_encoder
from tests.parity.twins_of_users import two_tower, wide_and_deep


def qa() -> keras.Model:
    text = keras.Input((None,), dtype="int32", name="text")
    question = keras.Input((None,), dtype="int32", name="question")
    x = kl.Embedding(10000, 64, name="embedded_text")(text)
    x = kl.LSTM(32, name="encoded_text")(x)
    y = kl.Embedding(10000, 32, name="embedded_question")(question)
    y = kl.LSTM(16, name="encoded_question")(y)
    joined = kl.Concatenate(name="joined")([x, y])
    answer = kl.Dense(500, activation="softmax", name="answer")(joined)
    model = keras.Model({"text": text, "question": question}, {"answer": answer}, name="qa")
    model.compile(
        optimizer="rmsprop",
        loss={"answer": "categorical_crossentropy"},
        metrics={"answer": ["accuracy"]},
    )
    return model


def posts() -> keras.Model:
    inputs = keras.Input((None,), dtype="int32", name="posts")
    x = kl.Embedding(50000, 256, name="embedded")(inputs)
    x = kl.Conv1D(128, 5, activation="relu", name="features_1")(x)
    x = kl.MaxPooling1D(5, name="features_2")(x)
    x = kl.Conv1D(256, 5, activation="relu", name="features_3")(x)
    x = kl.Conv1D(256, 5, activation="relu", name="features_4")(x)
    x = kl.MaxPooling1D(5, name="features_5")(x)
    x = kl.Conv1D(256, 5, activation="relu", name="features_6")(x)
    x = kl.Conv1D(256, 5, activation="relu", name="features_7")(x)
    x = kl.GlobalMaxPooling1D(name="features_8")(x)
    x = kl.Dense(128, activation="relu", name="features_9")(x)
    outputs = {
        "age": kl.Dense(1, name="age")(x),
        "income": kl.Dense(10, activation="softmax", name="income")(x),
        "gender": kl.Dense(1, activation="sigmoid", name="gender")(x),
    }
    model = keras.Model({"posts": inputs}, outputs, name="posts")
    model.compile(
        optimizer="rmsprop",
        loss={
            "age": "mean_squared_error",
            "income": "categorical_crossentropy",
            "gender": "binary_crossentropy",
        },
        loss_weights={"age": 0.25, "income": 1.0, "gender": 10.0},
        metrics={"age": ["mean_absolute_error"], "income": ["accuracy"], "gender": ["accuracy"]},
    )
    return model


def clothing_price() -> keras.Model:
    metadata = keras.Input((3,), name="metadata")
    brand = keras.Input((1,), dtype="string", name="brand")
    description = keras.Input((None,), dtype="int32", name="description")
    picture = keras.Input((96, 96, 3), dtype="uint8", name="picture")
    scaled = kl.Normalization(
        mean=[18, 420, 12], variance=[210, 96000, 190], name="metadata_scaled"
    )(metadata)
    index = kl.StringLookup(
        vocabulary=["acorn", "birch", "cedar", "dune", "elm"], num_oov_indices=1, name="brand_index"
    )(brand)
    encoded = kl.CategoryEncoding(6, output_mode="one_hot", name="brand_encoded")(index)
    words = kl.Embedding(8000, 48, mask_zero=True, name="description_read_1")(description)
    read = kl.Bidirectional(kl.GRU(24), name="description_read_2")(words)
    x = kl.Rescaling(1 / 255, name="picture_seen_1")(picture)
    x = kl.Conv2D(16, 3, padding="same", activation="relu", name="picture_seen_2")(x)
    x = kl.MaxPooling2D(2, name="picture_seen_3")(x)
    x = kl.SeparableConv2D(32, 3, padding="same", activation="relu", name="picture_seen_4")(x)
    x = kl.MaxPooling2D(2, name="picture_seen_5")(x)
    x = kl.SeparableConv2D(64, 3, padding="same", activation="relu", name="picture_seen_6")(x)
    seen = kl.GlobalAveragePooling2D(name="picture_seen_7")(x)
    x = kl.Concatenate(name="everything")([scaled, encoded, read, seen])
    x = kl.Dense(64, activation="relu", name="offer_1")(x)
    x = kl.Dropout(0.3, name="offer_2")(x)
    inputs = {
        "metadata": metadata,
        "brand": brand,
        "description": description,
        "picture": picture,
    }
    outputs = {
        "category": kl.Dense(12, activation="softmax", name="category")(x),
        "price": kl.Dense(1, name="price")(x),
    }
    model = keras.Model(inputs, outputs, name="clothing_price")
    model.compile(
        optimizer=keras.optimizers.RMSprop(5e-4),
        loss={"category": "sparse_categorical_crossentropy", "price": "mean_absolute_error"},
        loss_weights={"category": 1.0, "price": 0.5},
        metrics={"category": ["accuracy"], "price": ["mean_squared_error"]},
    )
    return model


def inception_digits() -> keras.Model:
    image = keras.Input((8, 8, 1), name="image")
    x = kl.Rescaling(1 / 16, name="scaled")(image)
    stem = kl.Conv2D(16, 3, padding="same", activation="relu", name="stem")(x)
    pointwise = kl.Conv2D(16, 1, activation="relu", name="pointwise")(stem)
    x = kl.Conv2D(12, 1, activation="relu", name="narrow_1")(stem)
    narrow = kl.Conv2D(24, 3, padding="same", activation="relu", name="narrow_2")(x)
    x = kl.Conv2D(4, 1, activation="relu", name="wide_1")(stem)
    wide = kl.Conv2D(8, 5, padding="same", activation="relu", name="wide_2")(x)
    x = kl.MaxPooling2D(3, strides=1, padding="same", name="pooled_1")(stem)
    pooled = kl.Conv2D(8, 1, activation="relu", name="pooled_2")(x)
    x = kl.Concatenate(name="mixed")([pointwise, narrow, wide, pooled])
    x = kl.GlobalAveragePooling2D(name="summary_1")(x)
    x = kl.Dropout(0.2, name="summary_2")(x)
    optimizer = keras.optimizers.RMSprop(0.01)
    return _digits("inception_digits", image, x, optimizer)


def residual_digits() -> keras.Model:
    image = keras.Input((8, 8, 1), name="image")
    x = kl.Rescaling(1 / 16, name="stem_1")(image)
    x = kl.Conv2D(32, 3, padding="same", use_bias=False, name="stem_2")(x)
    x = kl.BatchNormalization(momentum=0.9, name="stem_3")(x)
    stem = kl.ReLU(name="stem_4")(x)
    x = kl.Conv2D(32, 3, padding="same", use_bias=False, name="first_1")(stem)
    x = kl.BatchNormalization(momentum=0.9, name="first_2")(x)
    x = kl.ReLU(name="first_3")(x)
    x = kl.Conv2D(32, 3, padding="same", use_bias=False, name="first_4")(x)
    x = kl.BatchNormalization(momentum=0.9, name="first_5")(x)
    x = kl.Add(name="first_sum")([stem, x])
    first = kl.ReLU(name="first_out")(x)
    x = kl.Conv2D(64, 3, strides=2, padding="same", use_bias=False, name="second_1")(first)
    x = kl.BatchNormalization(momentum=0.9, name="second_2")(x)
    x = kl.ReLU(name="second_3")(x)
    x = kl.Conv2D(64, 3, padding="same", use_bias=False, name="second_4")(x)
    x = kl.BatchNormalization(momentum=0.9, name="second_5")(x)
    projection = kl.Conv2D(64, 1, strides=2, use_bias=False, name="projection_1")(first)
    projection = kl.BatchNormalization(momentum=0.9, name="projection_2")(projection)
    x = kl.Add(name="second_sum")([projection, x])
    x = kl.ReLU(name="second_out")(x)
    x = kl.GlobalAveragePooling2D(name="summary")(x)
    return _digits("residual_digits", image, x)


def _digits(
    name: str, image: object, x: object, optimizer: str | keras.optimizers.Optimizer = "rmsprop"
) -> keras.Model:
    digit = kl.Dense(10, activation="softmax", name="digit")(x)
    model = keras.Model({"image": image}, {"digit": digit}, name=name)
    model.compile(
        optimizer=optimizer,
        loss={"digit": "sparse_categorical_crossentropy"},
        metrics={"digit": ["accuracy"]},
    )
    return model


def binary_reviews() -> keras.Model:
    words = keras.Input((10000,), name="words")
    x = kl.Dense(16, activation="relu", name="hidden_1")(words)
    x = kl.Dense(16, activation="relu", name="hidden_2")(x)
    favourable = kl.Dense(1, activation="sigmoid", name="favourable")(x)
    model = keras.Model({"words": words}, {"favourable": favourable}, name="binary_reviews")
    model.compile(
        optimizer="rmsprop",
        loss={"favourable": "binary_crossentropy"},
        metrics={"favourable": ["accuracy"]},
    )
    return model


def regression_housing() -> keras.Model:
    measures = keras.Input((13,), name="measures")
    x = kl.Normalization(name="normalized")(measures)
    x = kl.Dense(64, activation="relu", name="hidden_1")(x)
    x = kl.Dense(64, activation="relu", name="hidden_2")(x)
    price = kl.Dense(1, name="price")(x)
    model = keras.Model({"measures": measures}, {"price": price}, name="regression_housing")
    model.compile(
        optimizer="rmsprop",
        loss={"price": "mean_squared_error"},
        metrics={"price": ["mean_absolute_error"]},
    )
    return model


TWINS: dict[str, Callable[[], keras.Model]] = {
    "aspp": aspp,
    "autoencoder": autoencoder,
    "binary_reviews": binary_reviews,
    "breast_cancer": breast_cancer,
    "clothing_price": clothing_price,
    "diabetes": diabetes,
    "googlenet": googlenet,
    "inception_digits": inception_digits,
    "penguins": penguins,
    "posts": posts,
    "qa": qa,
    "regression_housing": regression_housing,
    "residual_digits": residual_digits,
    "seq2seq": seq2seq,
    "siamese": siamese,
    "transformer": transformer,
    "transformer_encoder": transformer_encoder,
    "two_tower": two_tower,
    "unet": unet,
    "wide_and_deep": wide_and_deep,
}
