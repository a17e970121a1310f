"""Calls of functions that Keras 2 and 3 write beside those of layers → `ops.*`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from layergraph.importers.keras_json.architecture import Layer
from layergraph.importers.keras_json.calls import Call
from layergraph.importers.refusals import Unsayable
from layergraph.layers.base import Operation
from layergraph.objects.catalog import snake_case
from layergraph.ops.catalog import OPS

_KERAS_2 = ("TFOpLambda", "SlicingOpLambda")

_ARITHMETIC = ("x1", "x2")
_ONE = ("x",)
_REDUCED = ("x", "axis", "keepdims")

_OF_TENSORFLOW: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "__operators__.add": ("add", _ARITHMETIC),
    "math.add": ("add", _ARITHMETIC),
    "math.subtract": ("subtract", _ARITHMETIC),
    "math.multiply": ("multiply", _ARITHMETIC),
    "math.divide": ("true_divide", _ARITHMETIC),
    "math.truediv": ("true_divide", _ARITHMETIC),
    "math.floordiv": ("floor_divide", _ARITHMETIC),
    "math.maximum": ("maximum", _ARITHMETIC),
    "math.minimum": ("minimum", _ARITHMETIC),
    "math.pow": ("power", _ARITHMETIC),
    "math.greater": ("greater", _ARITHMETIC),
    "math.greater_equal": ("greater_equal", _ARITHMETIC),
    "math.less": ("less", _ARITHMETIC),
    "math.less_equal": ("less_equal", _ARITHMETIC),
    "math.equal": ("equal", _ARITHMETIC),
    "math.not_equal": ("not_equal", _ARITHMETIC),
    "linalg.matmul": ("matmul", _ARITHMETIC),
    "math.abs": ("abs", _ONE),
    "math.negative": ("negative", _ONE),
    "math.square": ("square", _ONE),
    "math.sqrt": ("sqrt", _ONE),
    "math.rsqrt": ("rsqrt", _ONE),
    "math.exp": ("exp", _ONE),
    "math.log": ("log", _ONE),
    "math.tanh": ("tanh", _ONE),
    "math.sigmoid": ("sigmoid", _ONE),
    "nn.relu": ("relu", _ONE),
    "nn.relu6": ("relu6", _ONE),
    "nn.sigmoid": ("sigmoid", _ONE),
    "nn.tanh": ("tanh", _ONE),
    "nn.elu": ("elu", _ONE),
    "nn.silu": ("silu", _ONE),
    "nn.softplus": ("softplus", _ONE),
    "nn.softmax": ("softmax", ("x", "axis")),
    "math.reduce_mean": ("mean", _REDUCED),
    "math.reduce_sum": ("sum", _REDUCED),
    "math.reduce_max": ("max", _REDUCED),
    "math.reduce_min": ("min", _REDUCED),
    "math.reduce_prod": ("prod", _REDUCED),
    "math.reduce_std": ("std", _REDUCED),
    "math.reduce_variance": ("var", _REDUCED),
    "math.argmax": ("argmax", ("x", "axis")),
    "math.argmin": ("argmin", ("x", "axis")),
    "concat": ("concatenate", ("xs", "axis")),
    "stack": ("stack", ("x", "axis")),
    "reshape": ("reshape", ("x", "newshape")),
    "transpose": ("transpose", ("x", "axes")),
    "expand_dims": ("expand_dims", ("x", "axis")),
    "squeeze": ("squeeze", ("x", "axis")),
    "cast": ("cast", ("x", "dtype")),
    "clip_by_value": ("clip", ("x", "x_min", "x_max")),
    "where": ("where", ("condition", "x1", "x2")),
    "tile": ("tile", ("x", "repeats")),
}
"""The function of Keras for one of TensorFlow, and the names of its arguments by position."""

_BY_NAME = {
    "y": "x2",
    "b": "x2",
    "other": "x2",
    "perm": "axes",
    "shape": "newshape",
    "clip_value_min": "x_min",
    "clip_value_max": "x_max",
    "multiples": "repeats",
}
"""What Keras' functions call the arguments that TensorFlow's had by these names."""


def is_function(layer: Layer) -> bool:
    """Whether a layer of the JSON is the call of a function."""
    return layer.kind in _KERAS_2 or layer.module.startswith("keras.src.ops")


def function_of(layer: Layer) -> str:
    """The name of the function of `keras.ops`.

    Raises:
        Unsayable: where there is none that computes the same.
    """
    if layer.kind == "SlicingOpLambda":
        return "get_item"
    if layer.kind == "TFOpLambda":
        name = _tensorflow_name(layer)
        if name not in _OF_TENSORFLOW:
            raise Unsayable(
                f"calls TensorFlow's function `{name}`",
                "write what it computes with functions of `keras.ops`",
            )
        return _OF_TENSORFLOW[name][0]
    name = snake_case(layer.kind)
    if OPS.find(name) is None:
        raise Unsayable(
            f"is a `{layer.kind}`, an operation that graph files have no name for",
            "write what it computes with functions of `keras.ops`",
        )
    return name


def arguments_of(layer: Layer, call: Call) -> dict[str, Any]:
    """The arguments of one call by the names of Keras' function, with tensors in them."""
    if layer.kind == "SlicingOpLambda":
        return {"x": call.given[0], "key": _key(call.named.get("slice_spec"))}
    if layer.kind == "TFOpLambda":
        names = _OF_TENSORFLOW[_tensorflow_name(layer)][1]
        named = {_BY_NAME.get(key, key): v for key, v in call.named.items() if key != "name"}
    else:
        described = OPS.find(snake_case(layer.kind))
        assert described is not None
        assert issubclass(described, Operation)
        tensors = [argument.name for argument in described.declared_tensor_arguments()]
        names = (*tensors, *(key for key in described.key_names() if key not in tensors))
        settings = {key: v for key, v in layer.config.items() if key not in ("name", "dtype")}
        named = {**settings, **call.named}
    found = dict(zip(names, call.given, strict=False)) | named
    return found | {"key": _key(found["key"])} if "key" in found else found


def _tensorflow_name(layer: Layer) -> str:
    return str(layer.config.get("function")).removeprefix("compat.v1.")


def _key(written: Any) -> str:
    """An index in Python's notation."""
    parts = []
    for part in written if isinstance(written, list) else [written]:
        item = part
        if isinstance(item, dict) and item.get("class_name") == "__slice__":  # Keras 3
            item = item.get("config")
        if isinstance(item, dict) and "start" in item:
            ends = [item.get("start"), item.get("stop"), item.get("step")]
            start, stop, step = ("" if end is None else str(end) for end in ends)
            parts.append(f"{start}:{stop}" + (f":{step}" if step else ""))
        elif isinstance(item, dict) and item.get("class_name") == "__ellipsis__":
            parts.append("...")
        elif item is None or isinstance(item, int):
            parts.append(str(item))
        else:
            raise Unsayable(f"is indexed by `{item!r}`", "index with numbers and ranges alone")
    return f"[{', '.join(parts)}]"
