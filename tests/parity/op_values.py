"""Numbers that a function is computed with: what it takes is not always any number."""

import math

import keras
import numpy as np

SQUARES = (
    "cholesky",
    "cholesky_inverse",
    "inv",
    "det",
    "logdet",
    "eigh",
    "solve",
    "solve_triangular",
)
"""Functions of square matrices, which have to have an inverse."""

PLACES = ("indices", "segment_ids")
"""Arguments that are 0, a place that every axis has."""

CORNERS = ("start_points", "end_points")
"""Arguments that are four points, of which no three may be on one line."""


def values(name, argument, shape, dtype):
    """A tensor of 1 and 2, of "a" where it is of strings, or of what the function needs."""
    if dtype == "string":
        return keras.ops.convert_to_tensor(np.full(shape, "a"), "string")
    numbers = 1 + np.arange(math.prod(shape)).reshape(shape) % 2
    if argument in PLACES or (name, argument) == ("sparse_categorical_crossentropy", "target"):
        numbers = np.zeros(shape)
    if name in SQUARES and len(shape) > 1 and shape[-1] == shape[-2]:
        numbers = np.broadcast_to(2 * np.eye(shape[-1]), shape)
    if argument in CORNERS and shape[-2:] == (4, 2):
        numbers = np.broadcast_to([[0, 0], [0, 3], [3, 0], [3, 3]], shape)
    return keras.ops.cast(keras.ops.convert_to_tensor(numbers), dtype)
