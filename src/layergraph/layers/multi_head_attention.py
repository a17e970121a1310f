"""Attention with several heads: `keras/src/layers/attention/multi_head_attention.py`."""

# ruff: noqa: ARG002  (every rule takes all tensors of the call)

from typing import Annotated, Any, ClassVar, Self

from pydantic import model_validator

from layergraph.diagnostics import codes
from layergraph.diagnostics.values import shown
from layergraph.layers.arguments import Axes
from layergraph.layers.base import CallArguments, Training, Weight, Weights
from layergraph.layers.inner_layers import OuterLayer
from layergraph.layers.rules import (
    elements,
    known,
    mismatch_code,
    require_known_alike,
    require_mask,
    require_numbers,
    require_rank,
    require_same_size,
)
from layergraph.objects.arguments import Constraint, Initializer, Regularizer
from layergraph.objects.base import Checked, complaint
from layergraph.objects.values import LARGEST_SIZE, PositiveInt, Rate, Seed
from layergraph.tensors import Dim, NotBroadcastable, ShapeError, TensorSpec, broadcast


def _sizes(value: Any) -> tuple[int, ...]:
    """The sizes of the last axes, of which one may stand alone."""
    listed = [value] if type(value) is int else value
    if not isinstance(listed, (list, tuple)) or not listed:
        raise complaint(codes.WRONG_TYPE, f"must be a size or a list of sizes, not {shown(value)}")
    for position, item in enumerate(listed):
        if type(item) is not int:
            predicate = f"must be a whole number, not {shown(item)}"
            raise complaint(codes.WRONG_TYPE, predicate, at=(position,))
        if not 1 <= item <= LARGEST_SIZE:
            raise complaint(codes.OUT_OF_RANGE, f"must be at least 1, not {item}", at=(position,))
    return tuple(listed)


OutputShape = Annotated[tuple[int, ...], Checked(_sizes, takes=int | tuple[int, ...], least=1)]


class MultiHeadAttentionCall(Training):
    """Whether dropout is at work, and what else comes out or is hidden."""

    return_attention_scores: bool = False
    use_causal_mask: bool = False


class MultiHeadAttention(OuterLayer):
    """Attention in `num_heads` projections at once: query (batch, t, d) → (batch, t, d).

    The value is (batch, s, n), and so is the key, which the value stands in for. `output_shape`
    replaces d. With `return_attention_scores` the scores (batch, heads, t, s) come too, in the
    shape that Keras computes; the one it declares is right only where t is s. Attention runs over
    `attention_axes`, by default all between the batch and the features; along the others query
    and value have one size. Vaswani et al., "Attention Is All You Need" (2017), arXiv:1706.03762.
    """

    supports_masking = True

    num_heads: PositiveInt
    key_dim: PositiveInt
    value_dim: PositiveInt | None = None
    dropout: Rate = 0.0
    use_bias: bool = True
    output_shape: OutputShape | None = None
    attention_axes: Axes | None = None
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

    Call: ClassVar[type[CallArguments]] = MultiHeadAttentionCall

    @model_validator(mode="after")
    def _check_flash(self) -> Self:
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
        self._require_fit(tensors)
        scores = self._scores(query, value)
        number = len(tensors)
        for mask, of in ((query_mask, 0), (value_mask, 1), (key_mask, len(tensors) - 1)):
            if mask is not None:
                require_mask(mask, tensors[of], axes=2, input=number, of=of)
                number += 1
        if attention_mask is not None:
            attended = 2 * len(self._attended(query))
            require_attention_mask(attention_mask, scores[-attended:], number)
        output = self.computed(query.with_dims((*query.dims[:-1], *self._output(query))))
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
        per_key, per_value = (self.num_heads, self.key_dim), (self.num_heads, self._value_dim)
        projections = {"query": (query, per_key), "key": (key or value, per_key)}
        if self.use_gate:
            projections["gate"] = (query, per_value)
        projections["value"] = (value, per_value)
        weights = {}
        for name, (tensor, heads) in projections.items():
            weights[f"{name}/kernel"] = Weight((known(tensor, -1), *heads))
            if self.use_bias:
                weights[f"{name}/bias"] = Weight(heads)
        output = self._output(query)
        weights["attention_output/kernel"] = Weight((*per_value, *output))
        if self.use_bias:
            weights["attention_output/bias"] = Weight(output)
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
        in_keys = self.num_heads * self.key_dim
        in_values = self.num_heads * self._value_dim
        gates = known(query, -1) * in_values if self.use_gate else 0
        outputs = elements(self._output(query), times=in_values) or 0
        at_query = known(query, -1) * in_keys + gates + outputs
        at_value = known(key or value, -1) * in_keys + known(value, -1) * in_values
        counts = (
            elements(query.dims[1:-1], times=at_query),
            elements(value.dims[1:-1], times=at_value),
            elements(self._scores(query, value)[1:], times=self.key_dim + self._value_dim),
        )
        return None if None in counts else sum(count for count in counts if count is not None)

    @property
    def _value_dim(self) -> int:
        return self.value_dim or self.key_dim

    def _output(self, query: TensorSpec) -> tuple[int, ...]:
        return self.output_shape or (known(query, -1),)

    def _require_fit(self, tensors: list[TensorSpec]) -> None:
        query, value = tensors[:2]
        for number, tensor in enumerate(tensors):
            require_numbers(tensor, input=number)
            require_rank(tensor, at_least=3, layout="(batch, time, features)", input=number)
            require_rank(tensor, query.rank, input=number)
            known(tensor, -1, input=number)
        attended = self._attended(query)
        for axis in range(query.rank - 1):
            if axis not in attended:
                message = f"query and value of {{node}} differ on axis {axis}"
                require_same_size((query, axis, 0), (value, axis, 1), message)
            if len(tensors) > 2:
                message = f"value and key of {{node}} differ on axis {axis}"
                require_same_size((value, axis, 1), (tensors[2], axis, 2), message)
                if axis > 0:
                    require_known_alike((value, axis, 1), (tensors[2], axis, 2), message)

    def _attended(self, query: TensorSpec) -> tuple[int, ...]:
        """The axes that attention runs over, counted from the front."""
        if self.attention_axes is None:
            return tuple(range(1, query.rank - 1))
        given = self.attention_axes
        listed = (given,) if isinstance(given, int) else given
        axes = tuple(axis if axis >= 0 else query.rank + axis for axis in listed)
        if len(set(axes)) == len(axes) and all(0 < axis < query.rank - 1 for axis in axes):
            return axes
        raise ShapeError(
            codes.ARGUMENT_MISFIT,
            "`attention_axes` of {node} must be axes between the batch and the features",
            label=f"{{0}} is {query}, and `attention_axes` is {given}",
            argument="attention_axes",
            help=f"name axes from 1 to {query.rank - 2}, each once",
        )

    def _scores(self, query: TensorSpec, value: TensorSpec) -> tuple[Dim, ...]:
        """The shape of the scores: (batch, other axes, heads, query's axes, value's axes)."""
        attended = self._attended(query)
        others = [size for axis, size in enumerate(query.dims[:-1]) if axis not in attended]
        return (
            *others,
            self.num_heads,
            *[query.dims[axis] for axis in attended],
            *[value.dims[axis] for axis in attended],
        )


def require_attention_mask(mask: TensorSpec, places: tuple[Dim, ...], number: int) -> None:
    """Refuse a mask that does not fit the `places` of query and value, (batch, t, s)."""
    require_rank(mask, at_least=len(places), layout="(batch, t, s)", input=number)
    try:
        broadcast(places, mask.dims[-len(places) :])
    except NotBroadcastable as error:
        wanted = ", ".join(str(size) for size in places)
        raise ShapeError(
            mismatch_code(error.left, error.right),
            "the mask of {node} does not fit its scores",
            label=f"{{{number}}} is {mask}, and its last sizes must be ({wanted})",
            inputs=(number,),
        ) from None
