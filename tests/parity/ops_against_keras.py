"""Keras as the judge of one function: what it declares, and what it computes."""

from __future__ import annotations

import warnings
from typing import Any

import keras
import tensorflow as tf
from pydantic import ValidationError

from layergraph.ops.base import Op
from layergraph.ops.catalog import OPS
from layergraph.targets.keras_ops import call_op, keras_function
from layergraph.tensors import BATCH, ShapeError, TensorSpec, equations
from tests.parity.op_values import values

Tensors = TensorSpec | list[TensorSpec]
Outputs = list[tuple[tuple[int | None, ...], str]]

SIZE_OF_UNKNOWN = 2

REFUSED = {
    "add": [
        "along another axis",  # it computes: something else than it declares
        "on strings",  # it joins them
    ],
    "allclose": ["on strings"],  # it compares them
    "array_split": [
        "parts of",  # it makes parts of no numbers
        "needs to know",  # it computes where it is asked for one part alone
    ],
    "batch_normalization": ["in one dtype"],  # it casts constants in some places, not in others
    # It declares the shape of `x` alone, and computes the common one.
    "bitwise_and": ["gives the shape of `x`"],
    "bitwise_left_shift": ["gives the shape of `x`", "bits of whole numbers"],  # `true` is 1
    "bitwise_or": ["gives the shape of `x`"],
    "bitwise_right_shift": ["gives the shape of `x`", "bits of whole numbers"],
    "bitwise_xor": ["gives the shape of `x`"],
    "categorical_crossentropy": ["along its last axis"],  # it declares one shape for all axes
    "clip": ["must be at least"],  # it computes `x_max`, everywhere
    "count_nonzero": ["tensors of string"],  # it counts strings that are not empty
    "cross": ["needs to know"],  # it declares one number, and may compute three
    "dot_product_attention": [
        "cannot take int",  # the weights of all that is attended to are whole numbers: 0
        "does not broadcast",  # it computes more places than it declares
        "differ in their features",  # it declares the features of the query for those of the value
    ],
    "extract_sequences": ["is shorter than"],  # it gives none, where they miss one number
    "full_like": ["string"],  # it fills what had strings with numbers
    "isclose": ["on strings"],
    "isnan": ["cannot compute"],  # it computes where all sizes are known, and fails elsewhere
    "isinf": ["cannot compute"],
    "isfinite": ["cannot compute"],
    "isneginf": ["cannot compute"],  # strings are none
    "isposinf": ["cannot compute"],
    "istft": [
        "numbers to give",  # it gives fewer than it declares, or none
        "frequencies",  # it cuts off those that are too many, and takes 0 for others
    ],
    "layer_normalization": [
        "sizes along",  # it takes any shape of as many numbers
        "needs to know",  # it computes along all axes of an unknown batch, and no fewer
    ],
    "moments": ["cannot compute"],  # it computes with some whole numbers, and cuts off the rest
    "multi_hot": ["at least 1 axes"],  # it computes another shape than it declares
    "nan_to_num": ["tensors of string"],  # it leaves strings as they are
    "normalize": ["at least 1 axes"],  # it computes a vector of one number
    "ones_like": ["string"],
    "prod": ["does not cast"],  # it computes, in another dtype than it declares
    "percentile": ["must be from 0 to 100"],  # it takes the nearest number there is
    "quantile": ["must be from 0 to 1", "one list"],  # it declares no axis for lists in lists
    "rms_normalization": ["does not broadcast"],  # it declares the shape of x, not the common one
    "rot90": ["as long along both axes"],  # it declares sizes in the other order
    "saturate_cast": ["cannot bound", "uint64"],  # it gives one number for all
    # It takes the numbers of a vector for indices of one number each.
    "scatter": ["need at least 2 axes"],
    "scatter_update": ["need at least 2 axes"],
    "searchsorted": ["needs to know"],  # the dtype depends on whether it knows the size
    # How many segments it gives depends on the numbers.
    "segment_max": ["is missing"],
    "segment_min": ["is missing"],
    "segment_prod": ["is missing"],
    "segment_sum": ["is missing"],
    "select": [
        "cannot compute with tensors",  # it promotes dtypes as NumPy does: bool to int64
        "does not broadcast",  # it declares the shape of the first choice, and computes the common
    ],
    "slice_update": [
        "reaches beyond",  # it moves what reaches beyond back into the tensor
        "in one dtype",  # it casts constants in silence, and cuts off what does not fit
    ],
    "sparsemax": ["float16"],  # it computes with vectors, and fails elsewhere
    "squeeze": [
        "cannot tell",  # what it computes has fewer axes for a batch of 1
        "an axis twice",  # it drops the next one too, or declares that it does
    ],
    "take_along_axis": ["needs `indices`"],  # it computes with 0 for 0.5
    "tensordot": ["whose sizes differ"],  # it computes where the products of them are equal
    "tile": ["uint16"],  # it computes with a single number, and fails elsewhere
    "trace": ["beyond the matrix"],  # it gives 0 where the first diagonal without numbers is
    "trapezoid": ["places for"],  # it takes one distance for all
    "unravel_index": ["cannot compute", "of 1 axes"],  # it computes another order of axes
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
            numbers = keras.tree.flatten(
                {argument: _values(name, argument, given) for argument, given in tensors.items()}
            )
            found = keras.tree.flatten(function(numbers))
            if traced:
                found = keras.tree.flatten(_traced(function, inputs)(numbers))
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


def _values(name: str, argument: str, given: Tensors) -> Any:
    def made(tensor: TensorSpec) -> Any:
        shape = tuple(SIZE_OF_UNKNOWN if size is None else size for size in tensor.shape)
        return values(name, argument, shape, tensor.dtype)

    return keras.tree.map_structure(made, given)
