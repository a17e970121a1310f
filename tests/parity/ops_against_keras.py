"""Keras as the judge of one function: what it declares, and what it computes."""

from __future__ import annotations

import math
import warnings
from typing import Any

import keras
import numpy as np
import tensorflow as tf
from pydantic import ValidationError

from layergraph.ops.base import Op
from layergraph.ops.catalog import OPS
from layergraph.targets.keras_ops import call_op, keras_function
from layergraph.tensors import BATCH, ShapeError, TensorSpec, equations

Tensors = TensorSpec | list[TensorSpec]
Outputs = list[tuple[tuple[int | None, ...], str]]

SIZE_OF_UNKNOWN = 2

REFUSED = {
    "add": [
        "along another axis",  # it computes: something else than it declares
        "on strings",  # it joins them
    ],
    "clip": ["must be at least"],  # it computes `x_max`, everywhere
    "count_nonzero": ["tensors of string"],  # it counts strings that are not empty
    "full_like": ["string"],  # it fills what had strings with numbers
    "isnan": ["cannot compute"],  # it computes where all sizes are known, and fails elsewhere
    "isinf": ["cannot compute"],
    "isfinite": ["cannot compute"],
    "nan_to_num": ["tensors of string"],  # it leaves strings as they are
    "normalize": ["at least 1 axes"],  # it computes a vector of one number
    "ones_like": ["string"],
    "prod": ["does not cast"],  # it computes, in another dtype than it declares
    "sparsemax": ["float16"],  # it computes with vectors, and fails elsewhere
    "squeeze": [
        "cannot tell",  # what it computes has fewer axes for a batch of 1
        "an axis twice",  # it drops the next one too, or declares that it does
    ],
    "take_along_axis": ["needs `indices`"],  # it computes with 0 for 0.5
    "tensordot": ["whose sizes differ"],  # it computes where the products of them are equal
    "tile": ["uint16"],  # it computes with a single number, and fails elsewhere
    "zeros_like": ["string"],  # it computes empty strings
}
"""What we refuse, by a part of what we say, though Keras computes something."""

NO_NUMBER_OF_THE_DTYPE = "which is no"
"""Likewise for every function: where Keras does not fail, it computes with 44 for 300 in uint8."""


def spec(*shape: int | None, dtype: str = "float32") -> TensorSpec:
    """A tensor of a graph: `shape` leaves the batch out."""
    return TensorSpec((BATCH, *shape), dtype)


def described(name: str) -> type[Op]:
    """Our class for a function of `keras.ops`."""
    found = OPS.find(name)
    assert found is not None, f"no function {name}"
    assert issubclass(found, Op)
    return found


def compare(
    name: str, arguments: dict[str, Any], *, traced: bool = False, **tensors: Tensors
) -> str:
    """Hold our inference against Keras' for one call.

    Where we refuse what Keras declares an output for, it has to fail when it computes. Where both
    accept, shapes are those that Keras declares, and shape and dtype fit what it computes. It need
    not compute anything where sizes are unknown, which the test takes for 2.

    Returns:
        "same" where both accept and agree, "refused" where both refuse, "fails" where Keras
        refuses only when it computes.
    """
    asked = f"{name}({arguments}) on {tensors}"
    try:
        op = described(name).model_validate(arguments)
        with equations():
            ours: Outputs | str = _inferred(op, tensors)
    except (ValidationError, ShapeError) as error:
        ours = f"refused: {getattr(error, 'message', error)}"
    declared, computed = _keras(name, arguments, tensors, traced=traced or isinstance(ours, str))
    if isinstance(ours, str):
        if isinstance(declared, str):
            return "refused"
        if any(part in ours for part in (NO_NUMBER_OF_THE_DTYPE, *REFUSED.get(name, []))):
            return "refused"
        assert isinstance(computed, str), f"{asked}\n  we: {ours}\n  Keras computes {computed}"
        return "fails"
    assert not isinstance(declared, str), f"{asked}\n  we: {ours}\n  Keras: {declared}"
    shapes = [shape for shape, _ in ours], [shape for shape, _ in declared]
    assert shapes[0] == shapes[1], f"{asked}\n  we: {ours}\n  Keras: {declared}"
    if isinstance(computed, str):
        known = all(None not in x.shape for x in keras.tree.flatten(tensors))
        assert not known, f"{asked}\n  we: {ours}\n  Keras: {computed}"
        return "same"
    for (shape, dtype), (real, real_dtype) in zip(ours, computed, strict=True):
        assert dtype == real_dtype, f"{asked}\n  we: {ours}\n  Keras computes {computed}"
        fits = len(shape) == len(real) and all(
            size in (None, other) for size, other in zip(shape, real, strict=True)
        )
        assert fits, f"{asked}\n  we: {ours}\n  Keras computes {computed}"
    return "same"


def _inferred(op: Op, tensors: dict[str, Tensors]) -> Outputs:
    outputs = op.infer(**tensors)
    outputs = outputs if isinstance(outputs, tuple) else (outputs,)
    return [(output.shape, output.dtype) for output in outputs]


def _keras(
    name: str, arguments: dict[str, Any], tensors: dict[str, Tensors], *, traced: bool
) -> tuple[Outputs | str, Outputs | str]:
    """What Keras declares, and what it computes: eagerly, and `traced` as a SavedModel is too."""
    inputs = keras.tree.map_structure(_input, tensors)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # `softmax` warns where an axis has the size 1
        try:
            outputs = keras.tree.flatten(_called(name, arguments, inputs))
        except Exception as error:  # noqa: BLE001  whatever Keras raises is its way to refuse
            refused = f"refused: {type(error).__name__}: {error}"
            return refused, refused
        declared = [(tuple(output.shape), output.dtype) for output in outputs]
        try:
            function = keras.Function(keras.tree.flatten(inputs), outputs)
            values = keras.tree.flatten(
                {argument: _values(argument, given) for argument, given in tensors.items()}
            )
            found = keras.tree.flatten(function(values))
            if traced:
                found = keras.tree.flatten(_traced(function, inputs)(values))
        except Exception as error:  # noqa: BLE001
            return declared, f"fails: {type(error).__name__}: {error}"
    computed = [(tuple(x.shape), keras.backend.standardize_dtype(x.dtype)) for x in found]
    return declared, computed


def _traced(function: Any, inputs: Any) -> Any:
    signature = [
        tf.TensorSpec(x.shape, x.dtype, f"x{number}")
        for number, x in enumerate(keras.tree.flatten(inputs))
    ]
    return tf.function(function, input_signature=[signature], autograph=False)


def _called(name: str, arguments: dict[str, Any], inputs: dict[str, Any]) -> Any:
    try:
        op = described(name).model_validate(arguments)
    except ValidationError:
        return keras_function(described(name))(**inputs, **_tuples(arguments))
    return call_op(op, inputs, "called")


def _tuples(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _tuples(item) for key, item in value.items()}
    return tuple(_tuples(item) for item in value) if isinstance(value, list) else value


def _input(tensor: TensorSpec) -> Any:
    return keras.Input(batch_shape=tensor.shape, dtype=tensor.dtype)


def _values(argument: str, given: Tensors) -> Any:
    """Numbers from 0 on; indices are 0, which every axis has."""
    values = keras.tree.map_structure(_value, given)
    return keras.ops.zeros_like(values) if argument == "indices" else values


def _value(tensor: TensorSpec) -> Any:
    shape = tuple(SIZE_OF_UNKNOWN if size is None else size for size in tensor.shape)
    if tensor.dtype == "string":
        return keras.ops.convert_to_tensor(np.full(shape, "a"), "string")
    numbers = 1 + np.arange(math.prod(shape)).reshape(shape) % 2
    return keras.ops.cast(keras.ops.convert_to_tensor(numbers), tensor.dtype)
