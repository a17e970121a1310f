"""Layers of the user's own: their arguments, and what a declaration says that they give.

One may stand in a layer of Keras, as an argument of it. What it gives there follows from what the
layer around it gives; a cell says itself what states it has.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from layergraph.importers.own_objects import is_of_keras
from layergraph.importers.refusals import Unsayable
from layergraph.tensors import FLOAT_DTYPES


class Inside(NamedTuple):
    """A layer of the user's own that is an argument of one of Keras.

    `source` is the tensor that it is called on, `outputs` are what it gives. The sizes of a cell
    are those that it says, whatever it is called on: it has no `source`.
    """

    layer: Any
    source: Any
    outputs: Sequence[Any]


def own_layers_inside(layer: Any, source: Any, outputs: Sequence[Any]) -> Iterator[Inside]:
    """The layers of the user's own in a layer of Keras, at any depth.

    Args:
        layer: the layer of Keras.
        source: the symbolic tensor that it is called on.
        outputs: those that it gives.

    Raises:
        Unsayable: where a graph file has no place for one of them.
    """
    for inside in _inside(layer, source, outputs):
        if is_of_keras(type(inside.layer)):
            yield from own_layers_inside(*inside)
        else:
            yield inside


def _inside(layer: Any, source: Any, outputs: Sequence[Any]) -> Iterator[Inside]:
    """The layers that are arguments of a layer of Keras."""
    from keras import layers

    if isinstance(layer, layers.TimeDistributed):
        yield Inside(layer.layer, _step(source), [_step(output) for output in outputs])
    elif isinstance(layer, layers.SpectralNormalization):
        yield Inside(layer.layer, source, outputs)
    elif isinstance(layer, layers.Bidirectional):
        for direction in (layer.forward_layer, layer.backward_layer):
            if not is_of_keras(type(direction)):
                raise Unsayable(
                    f"walks with a `{type(direction).__name__}` of your own, and Bidirectional has "
                    "in a graph file a recurrent layer of Keras",
                    "write what it does at a step as a cell, and give `Bidirectional` a "
                    "`keras.layers.RNN` of it",
                )
            yield Inside(direction, source, [])
    elif isinstance(layer, layers.RNN):
        yield _cell(layer.cell, _step(source))
    elif isinstance(layer, layers.StackedRNNCells):
        yield from (_cell(cell, source) for cell in layer.cells)


def _step(sequence: Any) -> Any:
    """One step of a tensor along time."""
    import keras

    return keras.KerasTensor((sequence.shape[0], *sequence.shape[2:]), sequence.dtype)


def _cell(cell: Any, source: Any) -> Inside:
    """A cell, which gives its output and its states."""
    import keras

    if is_of_keras(type(cell)):
        return Inside(cell, source, [])
    sizes = cell.state_size if isinstance(cell.state_size, list | tuple) else [cell.state_size]
    output = getattr(cell, "output_size", None)
    sizes = [sizes[0] if output is None else output, *sizes]
    if not all(isinstance(size, int) for size in sizes):
        raise Unsayable(
            f"has the cell `{cell.name}` of your own, whose states have the sizes "
            f"{cell.state_size!r}",
            "let its `state_size` be a number, or a list of numbers",
        )
    return Inside(
        cell, None, [keras.KerasTensor((None, size), cell.compute_dtype) for size in sizes]
    )


def own_arguments(layer: Any, plain: Callable[[str, Any], Any]) -> dict[str, Any]:
    """The arguments of a layer of the user's own that are no defaults.

    Args:
        layer: the layer.
        plain: what makes an argument one that YAML could hold.

    Raises:
        Unsayable: where YAML cannot hold one of them, or they do not make the layer again.
    """
    config = {key: value for key, value in layer.get_config().items() if key != "name"}
    given = {key: plain(key, value) for key, value in config.items()}
    if given.get("dtype") == "float32":
        given.pop("dtype")
    parameters = inspect.signature(type(layer).__init__).parameters
    defaults = {"trainable": True} | {
        name: parameter.default
        for name, parameter in parameters.items()
        if parameter.default is not parameter.empty
    }
    given = {
        key: value
        for key, value in given.items()
        if key not in defaults or repr(value) != repr(plain(key, defaults[key]))
    }
    _check_plain(given)
    _check_made_again(layer, given)
    return given


def _check_plain(value: Any, key: str = "") -> None:
    """Refuse arguments of a layer of the user's own that YAML cannot hold."""
    if isinstance(value, Mapping):
        for name, item in value.items():
            _check_plain(item, key or name)
    elif isinstance(value, list):
        for item in value:
            _check_plain(item, key)
    elif value is not None and type(value) not in (bool, int, float, str):
        raise Unsayable(
            f"says of its `{key}` that it is {value!r}, which a graph file cannot hold",
            "let its `get_config` give numbers, texts, lists and mappings alone",
        )


def _check_made_again(layer: Any, given: Mapping[str, Any]) -> None:
    """Refuse a layer of the user's own that its arguments do not make again."""
    try:
        made = type(layer)(name=layer.name, **given).get_config()
    except Exception as error:
        raise Unsayable(
            f"cannot be made again from what its `get_config` says: {error}",
            "let its constructor take what its `get_config` gives",
        ) from error
    config = layer.get_config()
    differing = next((key for key in config if repr(config[key]) != repr(made.get(key))), None)
    if differing is not None:
        raise Unsayable(
            f"is another one when it is made again: its `{differing}` is {made.get(differing)!r}",
            "let its constructor take what its `get_config` gives",
        )


def declared_outputs(source: Any, outputs: Sequence[Any], dtype: Any) -> dict[str, Any]:
    """What a declaration says of the tensors that a layer of the user's own gives.

    Args:
        source: the first tensor that it is called on, where the shapes go by that.
        outputs: the tensors that it gives.
        dtype: its argument `dtype`.

    Raises:
        Unsayable: where they are of several dtypes.
    """
    like_source = None if source is None else tuple(source.shape)
    shapes = [
        "same" if tuple(given.shape) == like_source else list(given.shape[1:]) for given in outputs
    ]
    dtypes = {str(given.dtype) for given in outputs}
    if len(dtypes) > 1:
        raise Unsayable(
            f"gives tensors of several dtypes, {', '.join(sorted(dtypes))}",
            "make two layers of it",
        )
    computed = dtype.removeprefix("mixed_") if isinstance(dtype, str) else "float32"
    by_rule = {
        str(source.dtype) if shape == "same" and source.dtype not in FLOAT_DTYPES else computed
        for shape in shapes
    }
    found: dict[str, Any] = {"outputs": shapes} if len(shapes) > 1 else {"output": shapes[0]}
    return found if by_rule == dtypes else {**found, "dtype": dtypes.pop()}
