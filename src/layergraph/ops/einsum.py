"""Einstein's summation: `keras.ops` from `keras/src/ops/numpy.py`."""

import re
from collections.abc import Sequence
from typing import Annotated, Any

from layergraph.diagnostics import codes
from layergraph.diagnostics.values import shown
from layergraph.layers.rules import elements, mismatch_code
from layergraph.objects.base import Checked, complaint
from layergraph.ops.base import Op, Operand
from layergraph.ops.rules import broadcast, samples_left_out
from layergraph.tensors import Dim, ShapeError, SizesDiffer, TensorSpec, require_equal
from layergraph.tensors.subscripts import DOTS, letters_of_axes, parsed_subscripts

_TERM = r"[a-z]*(?:\.\.\.)?[a-z]*"
_FORM = re.compile(rf"{_TERM}(?:,{_TERM})*->{_TERM}")


def _subscripts(value: Any) -> str:
    """The subscripts as they stand, where they can be meant.

    They have an arrow: without one, TensorFlow gives the axes in another order than Keras declares.
    """
    if not isinstance(value, str):
        raise complaint(codes.WRONG_TYPE, f"must be a string, not {shown(value)}")
    if not _FORM.fullmatch(value):
        raise complaint(
            codes.OUT_OF_RANGE,
            f"must be subscripts, not {shown(value)}",
            help="small letters for the axes, an arrow, and no spaces: `bij,bjk->bik`",
        )
    operands, output = parsed_subscripts(value)
    strange = [letter for letter in output if letter not in "".join(operands) and letter != DOTS]
    twice = [letter for letter in set(output) if output.count(letter) > 1]
    if strange or twice:
        what = f"`{strange[0]}`, which no operand has" if strange else f"`{twice[0]}` twice"
        raise complaint(codes.OUT_OF_RANGE, f"must not give {what}")
    if (DOTS in output) != (DOTS in "".join(operands)):
        raise complaint(
            codes.OUT_OF_RANGE, "must have `...` in an operand and in the output, or in neither"
        )
    return value


class Einsum(Op):
    """Sum of products along the axes whose letters `subscripts` leaves out behind the arrow.

    (b, i, j), (b, j, k) with "bij,bjk->bik" → (b, i, k).
    """

    subscripts: Annotated[str, Checked(_subscripts)]

    def infer(self, operands: Sequence[TensorSpec]) -> TensorSpec:
        listed = tuple(Operand("", x.dims, x.dtype, number) for number, x in enumerate(operands))
        terms, output = parsed_subscripts(self.subscripts)
        if len(terms) != len(listed):
            raise ShapeError(
                codes.WRONG_NUMBER_OF_TENSORS,
                f"`subscripts` of {{node}} are for {len(terms)} tensors, "
                f"and it is called on {len(listed)}",
                inputs=tuple(range(len(listed))),
            )
        sizes, others = self._sizes(listed, terms)
        dims: list[Dim] = []
        for letter in output:
            dims += others if letter == DOTS else (sizes[letter],)
        return TensorSpec(tuple(dims), self._dtype(listed))

    def multiply_adds(self, operands: Sequence[TensorSpec]) -> int | None:
        listed = tuple(Operand("", x.dims, x.dtype, number) for number, x in enumerate(operands))
        sizes, others = self._sizes(listed, parsed_subscripts(self.subscripts).operands)
        products = max(len(listed) - 1, 0)
        return elements(samples_left_out((*sizes.values(), *others)), times=products)

    def _dtype(self, operands: tuple[Operand, ...]) -> str:
        if {operand.dtype for operand in operands} == {"int8"}:
            return "int32"
        return self.promoted(operands)

    def _sizes(
        self, operands: tuple[Operand, ...], terms: tuple[str, ...]
    ) -> tuple[dict[str, Dim], tuple[Dim, ...]]:
        """The size of each letter, and the sizes that the dots stand for."""
        sizes: dict[str, Dim] = {}
        others: list[Operand] = []
        for operand, term in zip(operands, terms, strict=True):
            letters = letters_of_axes(term, len(operand.dims))
            if letters is None:
                raise self._wrong_rank(operand, term)
            placed = tuple(zip(letters, operand.dims, strict=True))
            for letter, size in placed:
                if letter != DOTS:
                    sizes[letter] = self._joined(operand, letter, sizes.get(letter), size)
            others.append(operand._replace(dims=tuple(d for at, d in placed if at == DOTS)))
        return sizes, broadcast(others)

    def _joined(self, operand: Operand, letter: str, known: Dim, size: Dim) -> Dim:
        try:
            require_equal(known, size)
        except SizesDiffer:
            raise ShapeError(
                mismatch_code(known, size),
                f"tensors of {{node}} differ along `{letter}`",
                label=f"{operand.called} is {operand.shape}: {known} and {size} must be equal",
                inputs=operand.inputs,
            ) from None
        return size if known is None or isinstance(size, int) else known

    def _wrong_rank(self, operand: Operand, term: str) -> ShapeError:
        return ShapeError(
            codes.WRONG_RANK,
            f"`subscripts` of {{node}} do not fit {operand.called}",
            label=f"{operand.called} is {operand.shape}, and its letters are "
            f"`{term.replace(DOTS, '...')}`",
            inputs=operand.inputs,
            argument="subscripts",
        )
