"""Gallery models of texts as a person would write them in Keras."""

from __future__ import annotations

from typing import Any

import keras
from keras import layers as kl


def seq2seq() -> keras.Model:
    source = keras.Input((None,), dtype="int32", name="source")
    target = keras.Input((None,), dtype="int32", name="target")
    x = kl.Embedding(8000, 64, mask_zero=True, name="source_embedding")(source)
    _, *states = kl.LSTM(128, return_state=True, name="encoder")(x)
    x = kl.Embedding(8000, 64, mask_zero=True, name="target_embedding")(target)
    x = kl.LSTM(128, return_sequences=True, name="decoder")(x, initial_state=states)
    next_word = kl.Dense(8000, activation="softmax", name="next_word")(x)
    inputs = {"source": source, "target": target}
    model = keras.Model(inputs, {"next_word": next_word}, name="seq2seq")
    model.compile(
        optimizer="rmsprop",
        loss={"next_word": "sparse_categorical_crossentropy"},
        metrics={"next_word": ["accuracy"]},
    )
    return model


def transformer_encoder() -> keras.Model:
    words = keras.Input((None,), dtype="int32", name="words")
    x = _embedded(words, 20000, "embedded")
    x = _encoder(_encoder(x, "encoded1"), "encoded2")
    x = kl.GlobalAveragePooling1D(name="summary")(x)
    topic = kl.Dense(4, activation="softmax", name="topic")(x)
    model = keras.Model({"words": words}, {"topic": topic}, name="transformer_encoder")
    model.compile(
        optimizer=keras.optimizers.Adam(5e-4),
        loss={"topic": "sparse_categorical_crossentropy"},
        metrics={"topic": ["accuracy"]},
    )
    return model


def transformer() -> keras.Model:
    source = keras.Input((None,), dtype="int32", name="source")
    target = keras.Input((None,), dtype="int32", name="target")
    x = _embedded(source, 8000, "source_embedded")
    memory = _encoder(_encoder(x, "encoded1"), "encoded2")
    x = _embedded(target, 8000, "target_embedded")
    x = _decoder(_decoder(x, memory, "decoded1"), memory, "decoded2")
    next_word = kl.Dense(8000, activation="softmax", name="next_word")(x)
    inputs = {"source": source, "target": target}
    model = keras.Model(inputs, {"next_word": next_word}, name="transformer")
    model.compile(
        optimizer=keras.optimizers.Adam(5e-4),
        loss={"next_word": "sparse_categorical_crossentropy"},
        metrics={"next_word": ["accuracy"]},
    )
    return model


def _embedded(words: Any, vocabulary: int, name: str) -> Any:
    is_word = keras.ops.cast(keras.ops.not_equal(words, 0), "int32")
    position = keras.ops.multiply(keras.ops.cumsum(is_word, axis=1), is_word)
    of_word = kl.Embedding(vocabulary, 64, mask_zero=True, name=f"{name}_of_word")(words)
    of_position = kl.Embedding(513, 64, mask_zero=True, name=f"{name}_of_position")(position)
    return kl.Add(name=f"{name}_sum")([of_word, of_position])


def _encoder(x: Any, name: str) -> Any:
    attention = kl.MultiHeadAttention(4, 16, name=f"{name}_attention")(x, x)
    x = _add_and_norm(x, attention, f"{name}_attended")
    return _add_and_norm(x, _feed_forward(x, f"{name}_dense"), f"{name}_out")


def _decoder(x: Any, memory: Any, name: str) -> Any:
    self_attention = kl.MultiHeadAttention(4, 16, name=f"{name}_self_attention")
    x = _add_and_norm(x, self_attention(x, x, use_causal_mask=True), f"{name}_self_attended")
    attention = kl.MultiHeadAttention(4, 16, name=f"{name}_attention")(x, memory)
    x = _add_and_norm(x, attention, f"{name}_attended")
    return _add_and_norm(x, _feed_forward(x, f"{name}_dense"), f"{name}_out")


def _feed_forward(x: Any, name: str) -> Any:
    x = kl.Dense(256, activation="relu", name=f"{name}_hidden")(x)
    return kl.Dense(64, name=f"{name}_out")(x)


def _add_and_norm(x: Any, change: Any, name: str) -> Any:
    change = kl.Dropout(0.1, name=f"{name}_dropped")(change)
    x = kl.Add(name=f"{name}_sum")([x, change])
    return kl.LayerNormalization(epsilon=1e-6, name=f"{name}_norm")(x)
