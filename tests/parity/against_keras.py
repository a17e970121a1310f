"""Keras as the judge: one layer on drawn inputs, described by us and built by Keras."""

from __future__ import annotations

import functools
import inspect
from typing import Any

import keras
from pydantic import ValidationError

from layergraph.layers.base import Layer
from layergraph.layers.catalog import LAYERS
from layergraph.objects.base import KerasObject
from layergraph.targets.keras_objects import keras_arguments, keras_class
from layergraph.tensors import BATCH, ShapeError, TensorSpec

Shape = tuple[int | None, ...]
Tensors = TensorSpec | tuple[TensorSpec, ...]


def spec(*shape: int | None, dtype: str = "float32") -> TensorSpec:
    """An input of the graph: `shape` leaves the batch out."""
    return TensorSpec((BATCH, *shape), dtype)


def described(name: str) -> type[KerasObject]:
    """Our class for a layer of Keras."""
    found = LAYERS.find(name)
    assert found is not None, f"no layer {name}"
    return found


def compare(
    name: str,
    arguments: dict[str, Any],
    *tensors: Tensors,
    call: dict[str, Any] | None = None,
    **named: Tensors,
) -> str:
    """Hold our inference against Keras' for one layer and one call.

    Args:
        name: the layer's type.
        arguments: its arguments, as a graph file gives them.
        tensors: the specs it is called on, by position; a tuple where Keras takes a list.
        call: the further arguments of the call.
        named: specs of call arguments by name.

    Returns:
        "same" where both accept and agree, "refused" where both refuse.

    Raises:
        AssertionError: where they do not agree.
    """
    try:
        ours: str | tuple[Any, ...] = _inferred(name, arguments, tensors, named, call or {})
    except (ValidationError, ShapeError) as error:
        ours = f"refused: {error}"
    try:
        theirs: str | tuple[Any, ...] = _built(name, arguments, tensors, named, call or {})
    except Exception as error:  # noqa: BLE001  whatever Keras raises is its way to refuse
        theirs = f"refused: {type(error).__name__}: {error}"
    if isinstance(ours, str) and isinstance(theirs, str):
        return "refused"
    asked = f"{name}({arguments}) on {tensors} {named} {call or ''}"
    assert not isinstance(ours, str), f"{asked}\n  Keras takes it: {theirs}\n  we: {ours}"
    assert not isinstance(theirs, str), f"{asked}\n  we take it: {ours}\n  Keras: {theirs}"
    for what, mine, kerass in zip(("outputs", "weights"), ours, theirs, strict=True):
        assert mine == kerass, f"{asked}\n  {what}, Keras: {kerass}\n  {what}, we: {mine}"
    return "same"


def _inferred(
    name: str,
    arguments: dict[str, Any],
    tensors: tuple[Tensors, ...],
    named: dict[str, Tensors],
    call: dict[str, Any],
) -> tuple[Any, Any]:
    layer = described(name).model_validate(arguments)
    assert isinstance(layer, Layer)
    rules: dict[str, Any] = dict(named)
    checked_call = layer.Call.model_validate(call)
    if layer.infers_from_call():
        rules["call"] = checked_call
    outputs = layer.infer(*tensors, **rules)
    weights = layer.weights(*tensors, **rules)
    outputs = outputs if isinstance(outputs, tuple) else (outputs,)
    return (
        [(o.shape, o.dtype) for o in outputs],
        [
            (path, w.shape, w.trainable and layer.trainable, w.dtype or layer.variable_dtype)
            for path, w in weights.items()
        ],
    )


def _built(
    name: str,
    arguments: dict[str, Any],
    tensors: tuple[Tensors, ...],
    named: dict[str, Tensors],
    call: dict[str, Any],
) -> tuple[Any, Any]:
    try:
        layer_arguments = keras_arguments(described(name).model_validate(arguments))
    except ValidationError:
        layer_arguments = dict(arguments)
    layer = keras_class(described(name))(name="layer", **layer_arguments)
    outputs = layer(
        *[_inputs(t) for t in tensors], **{k: _inputs(t) for k, t in named.items()}, **call
    )
    weights = [
        (w.path.removeprefix("layer/"), tuple(w.shape), w.trainable, w.dtype) for w in layer.weights
    ]
    return [(tuple(o.shape), o.dtype) for o in keras.tree.flatten(outputs)], weights


def _inputs(tensors: Tensors) -> Any:
    if isinstance(tensors, tuple):
        return [_inputs(t) for t in tensors]
    return keras.KerasTensor(tensors.shape, tensors.dtype)


@functools.cache
def keras_signature(cls: Any, method: str = "__init__") -> dict[str, Any]:
    """The arguments of a class' constructor or of its `call`, with their defaults."""
    parameters = list(inspect.signature(getattr(cls, method)).parameters.values())[1:]
    return {
        p.name: p.default for p in parameters if p.kind in (p.POSITIONAL_OR_KEYWORD, p.KEYWORD_ONLY)
    }
