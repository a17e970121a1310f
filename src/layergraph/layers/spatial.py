"""Tensors with axes in space or time, and channels before or behind them."""

from __future__ import annotations

from typing import TypeVar

from layergraph.diagnostics import codes
from layergraph.layers.rules import known, require_rank
from layergraph.tensors import Dim, ShapeError, TensorSpec, slid, window_extent

_T = TypeVar("_T")

_AXES = {1: ("steps",), 2: ("height", "width"), 3: ("depth", "height", "width")}


def require_space(tensor: TensorSpec, axes: int, data_format: str | None) -> None:
    """Refuse a tensor that has not `axes` axes between the batch and the channels.

    Raises:
        ShapeError: wrong-rank.
    """
    if tensor.rank == axes + 2:
        return
    names = _ordered(_AXES[axes], "channels", data_format)
    require_rank(
        tensor,
        axes + 2,
        layout=f"({', '.join(('batch', *names))})",
        help=_repair(tensor, axes, names, data_format),
    )


def space(tensor: TensorSpec, data_format: str | None) -> tuple[Dim, ...]:
    """The sizes of the axes in space."""
    return tensor.dims[2:] if data_format == "channels_first" else tensor.dims[1:-1]


def known_channels(tensor: TensorSpec, data_format: str | None) -> int:
    """The number of channels, which decides the shape of weights.

    Raises:
        ShapeError: unknown-size.
    """
    return known(tensor, 1 if data_format == "channels_first" else tensor.rank - 1)


def with_space(
    tensor: TensorSpec,
    sizes: tuple[Dim, ...],
    data_format: str | None,
    channels: Dim | None = None,
) -> TensorSpec:
    """The tensor with other sizes in space, and with other channels where they are given."""
    if channels is None:
        channels = tensor.dims[1 if data_format == "channels_first" else -1]
    return tensor.with_dims((tensor.dims[0], *_ordered(sizes, channels, data_format)))


def axis_in_space(number: int, data_format: str | None) -> int:
    """The axis of the tensor that an axis in space is."""
    return number + (2 if data_format == "channels_first" else 1)


def slide(
    tensor: TensorSpec,
    windows: tuple[int, ...],
    strides: tuple[int, ...],
    padding: str,
    data_format: str | None,
    *,
    argument: str,
    dilations: tuple[int, ...] | None = None,
) -> tuple[Dim, ...]:
    """The numbers of places at which windows stand, for each axis in space.

    Args:
        tensor: the tensor that the windows slide over.
        windows: the window's size along each axis.
        strides: the step from one place to the next.
        padding: "valid", "same" or "causal".
        data_format: where the channels are.
        argument: the argument that `windows` is.
        dilations: the distance of neighbours in a window.

    Raises:
        ShapeError: impossible-size, where a window is larger than its axis.
    """
    dilations = dilations or (1,) * len(windows)
    sizes = []
    for number, size in enumerate(space(tensor, data_format)):
        window, dilation = windows[number], dilations[number]
        places = slid(size, window, strides[number], padding, dilation)
        if isinstance(places, int) and places < 1 and padding == "valid":
            axis = axis_in_space(number, data_format)
            spread = f" ({window} at a dilation of {dilation})" if dilation > 1 else ""
            raise ShapeError(
                codes.IMPOSSIBLE_SIZE,
                f"the window of {{node}} is larger than its input on axis {axis}",
                label=f"{{0}} is {tensor}: {size} is less than the window's "
                f"{window_extent(window, dilation)}{spread}",
                argument=argument,
                help=f"`padding: same`, or a smaller `{argument}`",
            )
        sizes.append(places)
    return tuple(sizes)


def _ordered(sizes: tuple[_T, ...], channels: _T, data_format: str | None) -> tuple[_T, ...]:
    return (channels, *sizes) if data_format == "channels_first" else (*sizes, channels)


def _repair(
    tensor: TensorSpec, axes: int, names: tuple[str, ...], data_format: str | None
) -> str | None:
    missing = axes + 2 - tensor.rank
    if missing == 1:
        sizes = tensor.dims[1:]
        if sum(not isinstance(size, int) for size in sizes) > 1:
            return "add a channel axis, of size 1"
        known_sizes = tuple(size if isinstance(size, int) else -1 for size in sizes)
        return f"add a channel axis: Reshape to {list(_ordered(known_sizes, 1, data_format))}"
    if missing > 1:
        return f"give it these axes first: Reshape to [{', '.join(names)}]"
    if missing == -1:
        return "apply it at every step with `TimeDistributed`, or take the layer for one axis more"
    return None
