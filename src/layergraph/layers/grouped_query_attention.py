"""Attention whose heads share keys: `keras/src/layers/attention/grouped_query_attention.py`."""

# ruff: noqa: ARG002  (every rule takes all tensors of the call)

from typing import ClassVar, Self

from pydantic import model_validator

from layergraph.diagnostics import codes
from layergraph.layers.base import CallArguments, Weight, Weights
from layergraph.layers.inner_layers import OuterLayer
from layergraph.layers.multi_head_attention import MultiHeadAttentionCall, require_attention_mask
from layergraph.layers.rules import (
    elements,
    known,
    require_known_alike,
    require_mask,
    require_numbers,
    require_rank,
    require_same_size,
)
from layergraph.objects.arguments import Constraint, Initializer, Regularizer
from layergraph.objects.base import complaint
from layergraph.objects.values import FloatDType, PositiveInt, Rate, Seed
from layergraph.tensors import Dim, ShapeError, TensorSpec


class GroupQueryAttention(OuterLayer):
    """Attention whose query heads share the key and value heads: (batch, t, d) → (batch, t, d).

    The value is (batch, s, d), and the key (batch, s, n), which the value stands in for. With
    `return_attention_scores` the scores (batch, query heads, t, s) come too. Ainslie et al., "GQA:
    Training Generalized Multi-Query Transformer Models" (2023), arXiv:2305.13245.
    """

    supports_masking = True

    head_dim: PositiveInt
    num_query_heads: PositiveInt
    num_key_value_heads: PositiveInt
    dropout: Rate = 0.0
    use_bias: bool = True
    sliding_window: PositiveInt | None = None
    flash_attention: bool | None = None
    kernel_initializer: Initializer = "glorot_uniform"
    bias_initializer: Initializer = "zeros"
    kernel_regularizer: Regularizer | None = None
    bias_regularizer: Regularizer | None = None
    kernel_constraint: Constraint | None = None
    bias_constraint: Constraint | None = None
    use_gate: bool = False
    seed: Seed | None = None
    dtype: FloatDType | None = None

    Call: ClassVar[type[CallArguments]] = MultiHeadAttentionCall

    def default_name(self) -> str:
        """The name by Keras' class, which it exports under another one."""
        return "grouped_query_attention"

    @model_validator(mode="after")
    def _arguments_fit(self) -> Self:
        if self.num_query_heads % self.num_key_value_heads:
            raise complaint(
                codes.CONFLICTING_ARGUMENTS,
                f"must be a multiple of `num_key_value_heads`, {self.num_key_value_heads}, "
                f"not {self.num_query_heads}",
                at=("num_query_heads",),
                help="every group of query heads has one head of keys",
            )
        if self.flash_attention and self.dropout > 0:
            raise complaint(
                codes.CONFLICTING_ARGUMENTS,
                "cannot be combined with `dropout`",
                at=("flash_attention",),
                help="drop one of the two",
            )
        return self

    def infer(
        self,
        query: TensorSpec,
        value: TensorSpec,
        key: TensorSpec | None = None,
        query_mask: TensorSpec | None = None,
        value_mask: TensorSpec | None = None,
        key_mask: TensorSpec | None = None,
        attention_mask: TensorSpec | None = None,
        *,
        call: MultiHeadAttentionCall,
    ) -> TensorSpec | tuple[TensorSpec, ...]:
        tensors = [query, value] if key is None else [query, value, key]
        _require_fit(tensors)
        number = len(tensors)
        for mask, of in ((query_mask, 0), (value_mask, 1), (key_mask, number - 1)):
            if mask is not None:
                require_mask(mask, tensors[of], axes=2, input=number, of=of)
                number += 1
        scores = self._scores(query, value)
        if attention_mask is not None:
            require_attention_mask(attention_mask, scores[-2:], number)
        output = self.computed(query)
        if not call.return_attention_scores:
            return output
        if self.flash_attention:
            raise ShapeError(
                codes.ARGUMENT_MISFIT,
                "{node} cannot give its scores with `flash_attention`",
                argument="flash_attention",
                help="drop `flash_attention`, or `return_attention_scores` under `call`",
            )
        return output, output.with_dims(scores)

    def weights(
        self,
        query: TensorSpec,
        value: TensorSpec,
        key: TensorSpec | None = None,
        query_mask: TensorSpec | None = None,
        value_mask: TensorSpec | None = None,
        key_mask: TensorSpec | None = None,
        attention_mask: TensorSpec | None = None,
        *,
        call: MultiHeadAttentionCall,
    ) -> Weights:
        features = known(query, -1)
        queries = (self.num_query_heads, self.head_dim)
        keys = (self.num_key_value_heads, self.head_dim)
        projections = {"query": (query, queries), "key": (key or value, keys)}
        if self.use_gate:
            projections["gate"] = (query, queries)
        projections["value"] = (value, keys)
        weights = {}
        for name, (tensor, heads) in projections.items():
            weights[f"{name}/kernel"] = Weight((known(tensor, -1), *heads))
            if self.use_bias:
                weights[f"{name}/bias"] = Weight(heads)
        weights["attention_output/kernel"] = Weight((*queries, features))
        if self.use_bias:
            weights["attention_output/bias"] = Weight((features,))
        return weights

    def multiply_adds(
        self,
        query: TensorSpec,
        value: TensorSpec,
        key: TensorSpec | None = None,
        query_mask: TensorSpec | None = None,
        value_mask: TensorSpec | None = None,
        key_mask: TensorSpec | None = None,
        attention_mask: TensorSpec | None = None,
        *,
        call: MultiHeadAttentionCall,
    ) -> int | None:
        """Those of the projections, of the scores, and of the sum that they weigh."""
        in_queries = self.num_query_heads * self.head_dim
        in_keys = self.num_key_value_heads * self.head_dim
        at_query = known(query, -1) * in_queries * (3 if self.use_gate else 2)
        at_value = (known(key or value, -1) + known(value, -1)) * in_keys
        counts = (
            elements(query.dims[1:-1], times=at_query),
            elements(value.dims[1:-1], times=at_value),
            elements(self._scores(query, value)[1:], times=2 * self.head_dim),
        )
        return None if None in counts else sum(count for count in counts if count is not None)

    def _scores(self, query: TensorSpec, value: TensorSpec) -> tuple[Dim, ...]:
        return (query.dims[0], self.num_query_heads, query.dims[1], value.dims[1])


def _require_fit(tensors: list[TensorSpec]) -> None:
    """Refuse tensors that Keras cannot attend with: query (batch, t, d), value (batch, s, d)."""
    for number, tensor in enumerate(tensors):
        require_numbers(tensor, input=number)
        require_rank(
            tensor,
            3,
            layout="(batch, time, features)",
            input=number,
            help="for axes besides time there is `MultiHeadAttention`",
        )
        known(tensor, -1, input=number)
    query, value = tensors[:2]
    message = "query and value of {node} must have as many features"
    require_same_size(
        (query, 2, 0), (value, 2, 1), message, help="project one of them first, with `Dense`"
    )
    if len(tensors) > 2:
        message = "value and key of {node} differ on axis 1"
        require_same_size((value, 1, 1), (tensors[2], 1, 2), message)
        require_known_alike((value, 1, 1), (tensors[2], 1, 2), message)
