"""Attention: `keras.layers` from `keras/src/layers/attention`."""

# ruff: noqa: ARG002  (every rule takes all tensors of the call)

from collections.abc import Sequence
from typing import Any, ClassVar, Literal

from layergraph.diagnostics import codes
from layergraph.layers.base import CallArguments, Layer, Mask, Masks, Training, Weight, Weights
from layergraph.layers.rules import (
    elements,
    known,
    require_mask,
    require_numbers,
    require_rank,
    require_same_size,
)
from layergraph.objects.values import Rate, Seed
from layergraph.tensors import ShapeError, TensorSpec


class AttentionCall(Training):
    """Whether dropout is at work, and what else comes out or is hidden."""

    training: bool | None = False
    return_attention_scores: bool = False
    use_causal_mask: bool = False


class _Attention(Layer):
    """The base of attention with one head: [query, value] or [query, value, key] → context.

    (batch, t, d), (batch, s, n) and (batch, s, d) → (batch, t, n), and with
    `return_attention_scores` the scores (batch, t, s). Without a key the value is the key. The
    multiply-adds are those of the scores and of the sum that they weigh.
    """

    supports_masking = True

    use_scale: bool = False
    dropout: Rate = 0.0

    Call: ClassVar[type[CallArguments]] = AttentionCall

    def infer(
        self,
        inputs: Sequence[TensorSpec],
        mask: Sequence[TensorSpec] | None = None,
        *,
        call: AttentionCall,
    ) -> TensorSpec | tuple[TensorSpec, ...]:
        query, value, key = self._checked(inputs)
        if mask is not None:
            self._require_masks(inputs, mask)
        context = self.computed(query.with_last_dim(value.last_dim))
        if not call.return_attention_scores:
            return context
        return context, context.with_last_dim(key.dims[-2])

    def multiply_adds(
        self,
        inputs: Sequence[TensorSpec],
        mask: Sequence[TensorSpec] | None = None,
        *,
        call: AttentionCall,
    ) -> int | None:
        query, value, key = self._checked(inputs)
        scores = elements((*query.dims[1:], key.dims[-2]))
        context = elements((*query.dims[1:-1], key.dims[-2], value.last_dim))
        return None if scores is None or context is None else scores + context

    def compute_mask(
        self,
        mask: Mask | Masks,
        inputs: Sequence[TensorSpec],
        **further: Any,
    ) -> Mask | Masks:
        return mask[0] if isinstance(mask, tuple) else mask

    def _checked(self, inputs: Sequence[TensorSpec]) -> tuple[TensorSpec, TensorSpec, TensorSpec]:
        """Query, value and key."""
        if len(inputs) not in (2, 3):
            raise ShapeError(
                codes.WRONG_NUMBER_OF_TENSORS,
                f"{{node}} takes 2 or 3 tensors, and is called on {len(inputs)}",
                inputs=tuple(range(len(inputs))),
                help="name them in `from`: [query, value] or [query, value, key]",
            )
        query, value = inputs[:2]
        number = len(inputs) - 1
        key = inputs[number]
        for position, tensor in enumerate(inputs):
            require_numbers(tensor, input=position)
            require_rank(tensor, at_least=3, layout="(batch, time, features)", input=position)
            require_rank(tensor, query.rank, input=position)
            for axis in range(query.rank - 2):
                message = f"inputs of {{node}} differ on axis {axis}"
                require_same_size((query, axis, 0), (tensor, axis, position), message)
        require_same_size(
            (query, query.rank - 1, 0),
            (key, key.rank - 1, number),
            f"query and {'key' if number == 2 else 'value'} of {{node}} differ on their last axis",
        )
        if number == 2:
            axis = query.rank - 2
            require_same_size(
                (value, axis, 1), (key, axis, 2), f"value and key of {{node}} differ on axis {axis}"
            )
        return query, value, key

    def _require_masks(self, inputs: Sequence[TensorSpec], masks: Sequence[TensorSpec]) -> None:
        first = len(inputs)
        if len(masks) not in (2, 3):
            raise ShapeError(
                codes.WRONG_NUMBER_OF_TENSORS,
                f"{{node}} takes 2 or 3 masks, and is given {len(masks)}",
                inputs=tuple(range(first, first + len(masks))),
                help="name them in `mask`: [query_mask, value_mask]",
            )
        for position, mask in enumerate(masks[:2]):
            tensor = inputs[position]
            require_mask(mask, tensor, axes=tensor.rank - 1, input=first + position, of=position)


class Attention(_Attention):
    """Dot-product attention (Luong): see `_Attention` for the shapes.

    Luong, Pham and Manning, "Effective Approaches to Attention-based Neural Machine Translation"
    (2015), arXiv:1508.04025. `score_mode: concat` sums tanh(query + key) instead.
    """

    score_mode: Literal["dot", "concat"] = "dot"
    seed: Seed | None = None

    def weights(
        self,
        inputs: Sequence[TensorSpec],
        mask: Sequence[TensorSpec] | None = None,
        *,
        call: AttentionCall,
    ) -> Weights:
        weights = {}
        if self.use_scale:
            weights["scale"] = Weight(())
        if self.score_mode == "concat":
            weights["concat_score_weight"] = Weight(())
        return weights


class AdditiveAttention(_Attention):
    """Additive attention (Bahdanau): see `_Attention` for the shapes.

    Bahdanau, Cho and Bengio, "Neural Machine Translation by Jointly Learning to Align and
    Translate" (2014), arXiv:1409.0473.
    """

    use_scale: bool = True
    seed: Seed | None = None

    def infer(
        self,
        inputs: Sequence[TensorSpec],
        mask: Sequence[TensorSpec] | None = None,
        *,
        call: AttentionCall,
    ) -> TensorSpec | tuple[TensorSpec, ...]:
        outputs = super().infer(inputs, mask, call=call)
        if self.use_scale:
            known(inputs[0], -1)
        return outputs

    def weights(
        self,
        inputs: Sequence[TensorSpec],
        mask: Sequence[TensorSpec] | None = None,
        *,
        call: AttentionCall,
    ) -> Weights:
        return {"scale": Weight((known(inputs[0], -1),))} if self.use_scale else {}
