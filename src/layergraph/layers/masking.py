"""Masks: which of the tensors of a call carry one, as `Layer.__call__` of Keras hands them on.

A mask is made (`Embedding` with `mask_zero`, `Masking`), carried by what supports masking,
consumed by what takes one as an argument of its call, and lost in everything else. Keras hands
masks on beside the tensors, where no reader of a model sees them.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from layergraph.layers.base import Mask, Masks, Operation
from layergraph.tensors import TensorSpec

Tensors = TensorSpec | Sequence[TensorSpec]


class MaskedCall(NamedTuple):
    """What becomes of the masks of one call.

    `outputs` has a mask or None for each tensor that comes out; `consumed` says whether the call
    takes masks that came in with its tensors.
    """

    outputs: Masks
    consumed: bool


def call_on_masks(
    operation: Operation,
    tensors: Mapping[str, Tensors],
    masks: Mapping[str, Mask | Masks],
    outputs: int,
    call: Any = None,
) -> MaskedCall:
    """What becomes of the masks that the tensors of a call carry.

    Args:
        operation: what is called.
        tensors: the tensors of the call by the names of its arguments, in the call's order.
        masks: the masks of each argument's tensors, a tuple where it takes a list.
        outputs: how many tensors come out.
        call: the other arguments of the call, where the operation's rules need them.
    """
    nothing: Masks = (None,) * outputs
    arguments = [argument.name for argument in operation.tensor_arguments()]
    taken = _taken(tensors, masks, arguments)
    if not operation.supports_masking:
        return MaskedCall(nothing, taken)
    first = next(iter(tensors))
    explicit: Any = tensors.get("mask")
    previous = masks[first] if explicit is None else explicit
    named: dict[str, Any] = {name: given for name, given in tensors.items() if name != "mask"}
    if operation.infers_from_call():
        named["call"] = call
    found = operation.compute_mask(previous, **named)
    listed = found if isinstance(found, tuple) else (found,)
    return MaskedCall((*listed, *nothing)[:outputs], taken)


def _taken(
    tensors: Mapping[str, Tensors], masks: Mapping[str, Mask | Masks], arguments: Sequence[str]
) -> bool:
    """Whether Keras fills an argument of the call with masks: `mask` for a call on one argument.

    For a call on several it is `query_mask` for the argument `query`, and so on; such a call's
    `mask` stays empty.
    """
    if len(tensors) == 1:
        (only,) = tensors
        return "mask" in arguments and any_mask(masks[only])
    return any(
        f"{name}_mask" in arguments and f"{name}_mask" not in tensors and any_mask(masks[name])
        for name in tensors
    )


def any_mask(masks: Mask | Masks) -> bool:
    """Whether there is a mask among them."""
    return any(mask is not None for mask in masks) if isinstance(masks, tuple) else bool(masks)
