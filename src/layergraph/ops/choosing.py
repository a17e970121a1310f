"""Classes and choices: `keras.ops` from `keras/src/ops/nn.py` and `numpy.py`."""

from collections.abc import Sequence
from typing import Self

from pydantic import model_validator

from layergraph.diagnostics import codes
from layergraph.layers.rules import require_rank
from layergraph.objects.base import complaint
from layergraph.objects.values import Axis, No, PositiveInt
from layergraph.ops.base import Op, Operand
from layergraph.ops.constants import Number, NumberDType, first_number_outside
from layergraph.ops.operand_rules import require_broadcasts_to
from layergraph.ops.rules import NUMBERS, NUMBERS_AND_TRUTH, require_dtype
from layergraph.tensors import ShapeError, TensorSpec


class MultiHot(Op):
    """1 at every class that x has, 0 elsewhere: (batch, n) → (batch, num_classes).

    It is the largest along axis 1 of `one_hot`, or along axis 0 where x is a vector.
    """

    num_classes: PositiveInt | None = None
    axis: Axis = -1
    dtype: NumberDType | None = None
    sparse: No = False

    @model_validator(mode="after")
    def _knows_the_classes(self) -> Self:
        if self.num_classes is None:
            raise complaint(
                codes.MISSING_ARGUMENT,
                f"is missing, which {self.called()} needs",
                at=("num_classes",),
                help="add `num_classes: …`",
            )
        return self

    def infer(self, inputs: TensorSpec) -> TensorSpec:
        require_dtype(inputs, NUMBERS_AND_TRUTH)
        require_rank(inputs, at_least=1)
        if not -1 <= self.axis < inputs.rank:
            raise ShapeError(
                codes.ARGUMENT_MISFIT,
                f"`axis` of {{node}} is {self.axis}",
                label=f"{{0}} is {inputs}",
                argument="axis",
                help="-1 puts the classes last; 0 and so on put them before that axis",
            )
        place = inputs.rank if self.axis == -1 else self.axis
        dims = (*inputs.dims[:place], self.num_classes, *inputs.dims[place:])
        gone = 1 if inputs.rank > 1 else 0
        return TensorSpec((*dims[:gone], *dims[gone + 1 :]), self.dtype or "float32")


class Select(Op):
    """Each number from the first choice whose condition is true there, or else `default`.

    Conditions and choices, as many of one as of the other; all broadcast to the shape of the first
    choice, which comes out.
    """

    default: Number = 0

    def infer(self, condlist: Sequence[TensorSpec], choicelist: Sequence[TensorSpec]) -> TensorSpec:
        if len(condlist) != len(choicelist) or not choicelist:
            raise ShapeError(
                codes.WRONG_NUMBER_OF_TENSORS,
                f"{{node}} is given {len(condlist)} conditions and {len(choicelist)} choices",
                inputs=(),
                help="give a choice for each condition, and one of each at least",
            )
        conditions = [
            Operand(f"condlist[{number}]", x.dims, x.dtype, number)
            for number, x in enumerate(condlist)
        ]
        choices = [
            Operand(f"choicelist[{number}]", x.dims, x.dtype, len(condlist) + number)
            for number, x in enumerate(choicelist)
        ]
        for number, condition in enumerate(condlist):
            require_dtype(condition, ("bool",), input=number)
        first = choices[0]
        for number, choice in enumerate(choicelist, start=len(condlist)):
            require_dtype(choice, NUMBERS if number == len(condlist) else (first.dtype,), number)
        self._require_default(choicelist[0], len(condlist))
        for operand in (*conditions, *choices[1:]):
            require_broadcasts_to(first.dims, first, operand)
        return choicelist[0]

    def _require_default(self, choice: TensorSpec, number: int) -> None:
        """Keras promotes dtypes as NumPy does: what is no number of the dtype makes another one."""
        whole = isinstance(self.default, int)
        fits = whole or (choice.is_float and choice.dtype != "bfloat16")
        if fits and (not whole or first_number_outside(self.default, choice.dtype) is None):
            return
        raise ShapeError(
            codes.ARGUMENT_MISFIT,
            f"`default` of {{node}} is {self.default}, which is no {choice.dtype}",
            label=f"{{{number}}} is {choice.dtype}",
            inputs=(number,),
            argument="default",
            help="put `ops.cast` with `dtype: float32` before {node}",
        )
