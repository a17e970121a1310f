"""Described functions → calls of `keras.ops` on Keras tensors."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from layergraph.ops.base import Op
from layergraph.ops.constants import Array
from layergraph.ops.index_notation import parsed_index


def call_op(op: Op, tensors: Mapping[str, Any], name: str) -> Any:
    """Call a function of `keras.ops` on Keras tensors.

    Only the arguments that were given are passed on: the others' defaults are Keras' own. The
    operation that it makes gets the node's name, so that no name that Keras would make up clashes
    with that of a layer.

    Args:
        op: the function, with its arguments.
        tensors: the tensors of the call by argument; a list of them where it takes several.
        name: the name of the node within the model.

    Returns:
        What the function gives: a Keras tensor, or a list or tuple of them.
    """
    import keras

    arguments = {key: _as_keras_takes_it(key, value) for key, value in op.arguments_set().items()}
    function = keras_function(type(op))
    if "operands" in tensors:  # `einsum` takes any number of them by position
        outputs = function(arguments["subscripts"], *tensors["operands"])
    else:
        outputs = function(**tensors, **arguments)
    keras.tree.flatten(outputs)[0]._keras_history.operation.name = name  # noqa: SLF001
    return outputs


def keras_function(described: type[Op]) -> Any:
    """The function of `keras.ops` that a class of ours describes."""
    import keras

    found: Any = keras.ops
    for part in described.function().split("."):
        found = getattr(found, part)
    return found


def _as_keras_takes_it(argument: str, value: Any) -> Any:
    """An argument in a form that Keras also saves: arrays of NumPy, and the index of `get_item`."""
    if isinstance(value, Array):
        return _array(value)
    return parsed_index(value) if argument == "key" else value


def _array(constant: Array) -> Any:
    """The array that TensorFlow's dtypes have too, of which NumPy alone lacks bfloat16."""
    import keras
    import numpy as np

    if constant.dtype == "bfloat16":
        return keras.ops.convert_to_numpy(keras.ops.convert_to_tensor(constant.values, "bfloat16"))
    return np.array(constant.values, constant.dtype).reshape(constant.shape)
