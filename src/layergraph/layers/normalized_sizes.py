"""The sizes of the axes along which a layer normalizes."""

from layergraph.layers.rules import known
from layergraph.tensors import TensorSpec


def sizes_along(tensor: TensorSpec, axes: int | tuple[int, ...]) -> tuple[int, ...]:
    """The sizes along the axes in the order of Keras, which sorts them as they were given."""
    if isinstance(axes, int):
        return (known(tensor, axes),)
    return tuple(known(tensor, axis) for axis in sorted(axes))
