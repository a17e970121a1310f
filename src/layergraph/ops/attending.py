"""Attention without weights: `keras.ops` from `keras/src/ops/nn.py`."""

from typing import ClassVar

from layergraph.diagnostics import codes
from layergraph.layers.rules import elements
from layergraph.objects.values import No
from layergraph.ops.base import Op, Operand
from layergraph.ops.operand_rules import (
    require_broadcasts_to,
    require_operand_dtype,
    require_operand_rank,
    require_operand_sizes,
)
from layergraph.ops.rules import FLOATS, NUMBERS_AND_TRUTH
from layergraph.tensors import Dim, ShapeError, TensorSpec

_LAYOUT = "(batch, steps, heads, features)"


class DotProductAttention(Op):
    """softmax(query · key × `scale`) · value, head by head.

    (batch, t, heads, features), (batch, s, heads, features), (batch, s, heads, features) →
    (batch, t, heads, features). `scale` is 1 / √features where it is not given. `bias` is added to
    what the softmax is taken of, and `mask` leaves places out where it is false; both broadcast to
    (batch, heads, t, s). Keys and values may have fewer heads, from 2 on, for several of the query
    each. Vaswani et al., "Attention is all you need" (2017).
    """

    may_be_left_out: ClassVar[tuple[str, ...]] = ("bias", "mask")

    scale: float | None = None
    is_causal: bool = False
    flash_attention: No | None = None
    attn_logits_soft_cap: None = None

    def infer(
        self,
        query: TensorSpec,
        key: TensorSpec,
        value: TensorSpec,
        bias: TensorSpec | None = None,
        mask: TensorSpec | None = None,
    ) -> TensorSpec:
        given = self.operands(query=query, key=key, value=value, bias=bias, mask=mask)
        asking, keys, values, *others = given
        for operand in given[:3]:
            require_operand_dtype(operand, FLOATS)
            require_operand_rank(operand, (4,), _LAYOUT)
        _require_fit(asking, keys, values)
        batch, steps, heads, _ = query.dims
        scores: tuple[Dim, ...] = (batch, heads, steps, key.dims[1])
        for other in others:
            accepted = ("bool",) if other.name == "mask" else NUMBERS_AND_TRUTH
            require_operand_dtype(other, accepted)
            require_broadcasts_to(scores, asking, other)
        return query.with_dtype(self.promoted((asking, keys, values)))

    def multiply_adds(
        self,
        query: TensorSpec,
        key: TensorSpec,
        value: TensorSpec,
        bias: TensorSpec | None = None,
        mask: TensorSpec | None = None,
    ) -> int | None:
        del value, bias, mask
        return elements((*query.dims[1:], key.dims[1]), times=2)


def _require_fit(query: Operand, key: Operand, value: Operand) -> None:
    for other in (key, value):
        message = f"`query` and `{other.name}` of {{node}} are of two batches"
        require_operand_sizes((query, 0), (other, 0), message)
        message = f"`query` and `{other.name}` of {{node}} differ in their features"
        require_operand_sizes(
            (query, 3),
            (other, 3),
            message,
            known_alike=other is value,  # Keras declares the features of the query
            help="the layer `MultiHeadAttention` projects all of them to one number first",
        )
    for axis, what in ((1, "steps"), (2, "heads")):
        message = f"`key` and `value` of {{node}} differ in their {what}"
        require_operand_sizes((key, axis), (value, axis), message)
    heads, shared = query.dims[2], key.dims[2]
    if not isinstance(heads, int) or not isinstance(shared, int) or heads == shared:
        return
    if not 1 < shared < heads or heads % shared:
        raise ShapeError(
            codes.SHAPE_MISMATCH,
            f"{{node}} cannot share {shared} heads of its keys among {heads} of its query",
            label=f"{query.called} is {query.shape} and {key.called} is {key.shape}, which are "
            f"{_LAYOUT}",
            inputs=(*query.inputs, *key.inputs),
            help="give keys and values as many heads as the query: `ops.repeat` with `axis: 2`",
        )
