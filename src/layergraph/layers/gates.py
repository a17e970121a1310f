"""The arguments and weights of one step, which a cell has in common with its layer."""

from typing import Any, ClassVar, Self

from pydantic import model_validator

from layergraph.diagnostics import codes
from layergraph.layers.arguments import Activation
from layergraph.layers.base import Layer, Weight, Weights
from layergraph.layers.rules import known, require_floats, require_numbers
from layergraph.objects.arguments import Constraint, Initializer, Regularizer
from layergraph.objects.base import complaint
from layergraph.objects.catalogs import INITIALIZERS
from layergraph.objects.values import FloatDType, PositiveInt, Rate, Seed
from layergraph.tensors import TensorSpec


class Gates(Layer):
    """The base of what computes `gates` sums of `units`, each of the features and of a state."""

    gates: ClassVar[int]
    states: ClassVar[int] = 1

    units: PositiveInt
    activation: Activation | None = "tanh"
    use_bias: bool = True
    kernel_initializer: Initializer = "glorot_uniform"
    recurrent_initializer: Initializer = "orthogonal"
    bias_initializer: Initializer = "zeros"
    kernel_regularizer: Regularizer | None = None
    recurrent_regularizer: Regularizer | None = None
    bias_regularizer: Regularizer | None = None
    kernel_constraint: Constraint | None = None
    recurrent_constraint: Constraint | None = None
    bias_constraint: Constraint | None = None
    dropout: Rate = 0.0
    recurrent_dropout: Rate = 0.0
    seed: Seed | None = None
    dtype: FloatDType | None = None

    @model_validator(mode="after")
    def _check_initializers(self) -> Self:
        refuse_orthogonal_bfloat16(self, self.kernel_initializer, self.recurrent_initializer)
        return self

    def require_inputs(self, inputs: TensorSpec) -> None:
        """Refuse what a step cannot take: dropout makes a mask of its input's dtype.

        Raises:
            ShapeError: wrong-dtype, unknown-size.
        """
        if self.dropout > 0:
            require_floats(inputs)
        require_numbers(inputs)
        known(inputs, -1)

    def weights_of_step(self, features: int) -> Weights:
        """The variables of a step on so many features."""
        columns = self.gates * self.units
        weights = {
            "kernel": Weight((features, columns)),
            "recurrent_kernel": Weight((self.units, columns)),
        }
        if self.use_bias:
            weights["bias"] = Weight(self.bias_shape)
        return weights

    def products(self, inputs: TensorSpec) -> int:
        """The multiply-adds of the products with the two kernels, for one step of one sample."""
        return (known(inputs, -1) + self.units) * self.gates * self.units

    @property
    def bias_shape(self) -> tuple[int, ...]:
        """The shape of the bias, where there is one."""
        return (self.gates * self.units,)


def refuse_orthogonal_bfloat16(layer: Layer, *initializers: Any) -> None:
    """Refuse orthogonal weights in bfloat16, which TensorFlow cannot factorize.

    Raises:
        PydanticCustomError: conflicting-arguments.
    """
    if layer.variable_dtype != "bfloat16" or not any(map(_is_orthogonal, initializers)):
        return
    raise complaint(
        codes.CONFLICTING_ARGUMENTS,
        "is bfloat16, in which TensorFlow cannot make the weights of `orthogonal`",
        at=("dtype",),
        help="`dtype: mixed_bfloat16`, or `recurrent_initializer: glorot_uniform`",
    )


def _is_orthogonal(initializer: Any) -> bool:
    name = initializer if isinstance(initializer, str) else type(initializer).__name__
    return INITIALIZERS.class_name(name) == "Orthogonal"
