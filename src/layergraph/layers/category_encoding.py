"""Categories to places: `keras/src/layers/preprocessing/category_encoding.py`."""

from typing import Literal, Self

from pydantic import model_validator

from layergraph.diagnostics import codes
from layergraph.layers.base import Layer
from layergraph.layers.encoding import Encoding, encoded
from layergraph.layers.rules import require_numbers, require_rank, require_same_size
from layergraph.objects.base import complaint
from layergraph.objects.values import PositiveInt
from layergraph.tensors import ShapeError, TensorSpec


class CategoryEncoding(Layer):
    """Integers below `num_tokens` as places of a last axis: (batch, …, n) → (batch, …, tokens).

    `one_hot` gives a place to each element, (batch, …, n, tokens), unless n is 1; `multi_hot` and
    `count` to each sample.
    """

    num_tokens: PositiveInt | None = None
    output_mode: Literal["multi_hot", "one_hot", "count", "binary"] = "multi_hot"
    sparse: bool = False

    @model_validator(mode="after")
    def _check_tokens(self) -> Self:
        if self.num_tokens is None:
            raise complaint(
                codes.MISSING_ARGUMENT,
                "needs `num_tokens`",
                help="where the number is not known, `IntegerLookup` learns it from data",
            )
        return self

    def infer(self, inputs: TensorSpec, count_weights: TensorSpec | None = None) -> TensorSpec:
        require_numbers(inputs)
        if count_weights is not None:
            self._require_weights(inputs, count_weights)
        mode: Encoding = "one_hot" if self.output_mode == "one_hot" else "multi_hot"
        return self.computed(inputs.with_dims(encoded(inputs.dims, mode, self.num_tokens)))

    def _require_weights(self, inputs: TensorSpec, count_weights: TensorSpec) -> None:
        if self.output_mode != "count":
            raise ShapeError(
                codes.ARGUMENT_MISFIT,
                f"{{node}} takes no `count_weights` with `output_mode: {self.output_mode}`",
                inputs=(1,),
                argument="output_mode",
                help="set `output_mode: count`",
            )
        require_rank(count_weights, inputs.rank, input=1)
        for axis in range(inputs.rank):
            message = f"`count_weights` of {{node}} differ from its input on axis {axis}"
            require_same_size((inputs, axis, 0), (count_weights, axis, 1), message)
