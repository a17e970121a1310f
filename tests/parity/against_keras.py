"""Keras as the judge: one layer on drawn inputs, described by us and built by Keras."""

from __future__ import annotations

import functools
import inspect
import warnings
from collections.abc import Callable
from typing import Any

import keras
from keras.src.backend import get_keras_mask, set_keras_mask  # public nowhere
from pydantic import ValidationError

from layergraph.layers.base import Layer
from layergraph.layers.catalog import LAYERS
from layergraph.layers.masking import call_on_masks
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
    masked: bool = False,
    **named: Tensors,
) -> str:
    """Hold our inference against Keras' for one layer and one call.

    Args:
        name: the layer's type.
        arguments: its arguments, as a graph file gives them.
        tensors: the specs it is called on, by position; a tuple where Keras takes a list.
        call: the further arguments of the call.
        masked: whether the tensors by position carry masks.
        named: specs of call arguments by name.

    Returns:
        "same" where both accept and agree, "refused" where both refuse.

    Raises:
        AssertionError: where they do not agree.
    """
    try:
        ours: str | tuple[Any, ...] = _inferred(name, arguments, tensors, named, call or {}, masked)
    except (ValidationError, ShapeError) as error:
        ours = f"refused: {error}"
    try:
        theirs: str | tuple[Any, ...] = _built(name, arguments, tensors, named, call or {}, masked)
    except Exception as error:  # noqa: BLE001  whatever Keras raises is its way to refuse
        theirs = f"refused: {type(error).__name__}: {error}"
    if isinstance(ours, str) and isinstance(theirs, str):
        return "refused"
    asked = f"{name}({arguments}) on {tensors} {named} {call or ''}{' masked' if masked else ''}"
    assert not isinstance(ours, str), f"{asked}\n  Keras takes it: {theirs}\n  we: {ours}"
    assert not isinstance(theirs, str), f"{asked}\n  we take it: {ours}\n  Keras: {theirs}"
    for what, mine, kerass in zip(("outputs", "weights", "masks"), ours, theirs, strict=True):
        assert mine == kerass, f"{asked}\n  {what}, Keras: {kerass}\n  {what}, we: {mine}"
    return "same"


def _inferred(
    name: str,
    arguments: dict[str, Any],
    tensors: tuple[Tensors, ...],
    named: dict[str, Tensors],
    call: dict[str, Any],
    masked: bool,
) -> tuple[Any, Any, Any]:
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
            (path, w.shape, w.trainable and not layer.frozen, w.dtype or layer.variable_dtype)
            for path, w in weights.items()
        ],
        _masks(layer, tensors, named, len(outputs), checked_call, masked),
    )


def _masks(
    layer: Layer,
    tensors: tuple[Tensors, ...],
    named: dict[str, Tensors],
    outputs: int,
    call: Any,
    masked: bool,
) -> list[tuple[Shape, str] | None]:
    arguments = [argument.name for argument in layer.tensor_arguments()]
    by_name = {**dict(zip(arguments, tensors, strict=False)), **named}
    positional = arguments[: len(tensors)]
    masks = {
        argument: keras.tree.map_structure(
            lambda t, has=argument in positional: mask_of(t) if has and masked else None, given
        )
        for argument, given in by_name.items()
    }
    found = call_on_masks(layer, by_name, masks, outputs, call).outputs
    return [None if mask is None else (mask.shape, mask.dtype) for mask in found]


def mask_of(tensor: TensorSpec) -> TensorSpec | None:
    """The mask that a drawn tensor carries: of its sequence, where it is one."""
    return TensorSpec(tensor.dims[:-1], "bool") if tensor.rank > 2 else None


def _built(
    name: str,
    arguments: dict[str, Any],
    tensors: tuple[Tensors, ...],
    named: dict[str, Tensors],
    call: dict[str, Any],
    masked: bool,
) -> tuple[Any, Any, Any]:
    arranged: Callable[[str, Any], Any]
    try:
        ours = described(name).model_validate(arguments)
        layer_arguments, arranged = keras_arguments(ours), ours.arranged
    except ValidationError:
        layer_arguments, arranged = _unchecked(arguments), lambda _, given: given
    layer = keras_class(described(name))(name="layer", **layer_arguments)
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", ".*does not support masking.*")
        outputs = layer(
            *[_inputs(t, masked) for t in tensors],
            **{
                k: arranged(k, _inputs(t)) if isinstance(t, tuple) else _inputs(t)
                for k, t in named.items()
            },
            **call,
        )
    weights = [
        (w.path.removeprefix("layer/"), tuple(w.shape), w.trainable, w.dtype) for w in layer.weights
    ]
    given = keras.tree.flatten(outputs)
    masks = [get_keras_mask(output) for output in given]
    return (
        [(tuple(o.shape), o.dtype) for o in given],
        weights,
        [None if mask is None else (tuple(mask.shape), mask.dtype) for mask in masks],
    )


def _unchecked(value: Any) -> Any:
    """Arguments that we refuse, for Keras to judge: the layers among them are made nevertheless."""
    if isinstance(value, list):
        return [_unchecked(item) for item in value]
    if not isinstance(value, dict):
        return value
    made = {key: _unchecked(item) for key, item in value.items() if key != "type"}
    if value.get("type") in LAYERS.classes:
        return keras_class(described(value["type"]))(**made)
    return made if made == value else value


def _inputs(tensors: Tensors, masked: bool = False) -> Any:
    if isinstance(tensors, tuple):
        return [_inputs(t, masked) for t in tensors]
    tensor = keras.KerasTensor(tensors.shape, tensors.dtype)
    mask = mask_of(tensors)
    if masked and mask is not None:
        set_keras_mask(tensor, keras.KerasTensor(mask.shape, mask.dtype))
    return tensor


@functools.cache
def keras_signature(cls: Any, method: str = "__init__") -> dict[str, Any]:
    """The arguments of a class' constructor or of its `call`, with their defaults."""
    parameters = list(inspect.signature(getattr(cls, method)).parameters.values())[1:]
    return {
        p.name: p.default for p in parameters if p.kind in (p.POSITIONAL_OR_KEYWORD, p.KEYWORD_ONLY)
    }
