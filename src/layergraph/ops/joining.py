"""Several tensors in one, and one in several: `keras.ops` from `keras/src/ops/numpy.py`."""

from collections.abc import Sequence
from itertools import pairwise

from layergraph.diagnostics import codes
from layergraph.layers.rules import require_axis, require_rank, require_same_size
from layergraph.objects.values import Axis, PositiveInt
from layergraph.ops.argument_types import Sections
from layergraph.ops.base import Op
from layergraph.ops.promotion import NotPromotable, result_type
from layergraph.tensors import Dim, ShapeError, TensorSpec, floor_divided, plus


class Concatenate(Op):
    """Tensors one behind the other along `axis`: (…, n, …), (…, m, …) → (…, n + m, …)."""

    axis: Axis = 0

    def infer(self, xs: Sequence[TensorSpec]) -> TensorSpec:
        return _joined(xs, self.axis)


class Hstack(Op):
    """Tensors one behind the other along axis 1: (a, n, …), (a, m, …) → (a, n + m, …)."""

    def infer(self, xs: Sequence[TensorSpec]) -> TensorSpec:
        for number, x in enumerate(xs):
            require_rank(x, at_least=2, input=number, help="`ops.concatenate` joins vectors")
        return _joined(xs, axis=1)


class Vstack(Op):
    """Tensors one behind the other along axis 0: (n, a, …), (m, a, …) → (n + m, a, …)."""

    def infer(self, xs: Sequence[TensorSpec]) -> TensorSpec:
        return _joined(xs, axis=0)


class Stack(Op):
    """Tensors of one shape along a new axis: k of (a, b) → (k, a, b)."""

    axis: Axis = 0

    def infer(self, x: Sequence[TensorSpec]) -> TensorSpec:
        _require_alike(x, apart=None)
        first = x[0]
        axis = require_axis(first.with_dims((*first.dims, 1)), self.axis)
        return TensorSpec((*first.dims[:axis], len(x), *first.dims[axis:]), _dtype(x))


class Split(Op):
    """Parts of x along `axis`: (…, n, …) → `indices_or_sections` of (…, n / k, …).

    A list has the places at which parts begin, from the second one on.
    """

    indices_or_sections: Sections
    axis: Axis = 0

    def infer(self, x: TensorSpec) -> tuple[TensorSpec, ...]:
        axis = require_axis(x, self.axis)
        sizes = self._sizes(x, axis)
        return tuple(x.with_dims((*x.dims[:axis], size, *x.dims[axis + 1 :])) for size in sizes)

    def _sizes(self, x: TensorSpec, axis: int) -> list[Dim]:
        size = x.dims[axis]
        if isinstance(self.indices_or_sections, int):
            sections = self.indices_or_sections
            if isinstance(size, int) and size % sections:
                raise self._misfit(x, f"{size} cannot be split into {sections} of one size")
            return [floor_divided(size, sections)] * sections
        ends = [0, *self.indices_or_sections]
        last = size if isinstance(size, int) else ends[-1]
        if sorted(ends) != ends or ends[-1] > last:
            raise self._misfit(x, "the places must rise, up to the size of the axis")
        between = [end - start for start, end in pairwise(ends)]
        return [*between, plus(size, -ends[-1])]

    def _misfit(self, x: TensorSpec, why: str) -> ShapeError:
        return ShapeError(
            codes.ARGUMENT_MISFIT,
            "{node} cannot split its input so",
            label=f"{{0}} is {x}: {why}",
            argument="indices_or_sections",
        )


class Unstack(Op):
    """One tensor for each place along `axis`: (k, a, b) → k of (a, b)."""

    num: PositiveInt | None = None
    axis: Axis = 0

    def infer(self, x: TensorSpec) -> tuple[TensorSpec, ...]:
        axis = require_axis(x, self.axis)
        size = x.dims[axis]
        number = size if self.num is None else self.num
        if not isinstance(number, int):
            raise ShapeError(
                codes.UNKNOWN_SIZE,
                f"{{node}} needs to know the size of axis {axis} to tell how many tensors it gives",
                label=f"{{0}} is {x}",
                help="give it as `num`",
            )
        if isinstance(size, int) and size != number:
            raise ShapeError(
                codes.ARGUMENT_MISFIT,
                f"`num` of {{node}} is {number}, and its input has {size} along axis {axis}",
                label=f"{{0}} is {x}",
                argument="num",
                help="drop `num`: the size is known",
            )
        return (x.with_dims((*x.dims[:axis], *x.dims[axis + 1 :])),) * number


def _joined(xs: Sequence[TensorSpec], axis: int) -> TensorSpec:
    _require_some(xs)
    place = require_axis(xs[0], axis)
    _require_alike(xs, apart=place)
    total: Dim = xs[0].dims[place]
    for x in xs[1:]:
        total = plus(total, x.dims[place])
    dims = xs[0].dims
    return TensorSpec((*dims[:place], total, *dims[place + 1 :]), _dtype(xs))


def _require_some(xs: Sequence[TensorSpec]) -> None:
    if not xs:
        raise ShapeError(
            codes.WRONG_NUMBER_OF_TENSORS,
            "{node} takes at least one tensor, and is called on none",
            inputs=(),
        )


def _require_alike(xs: Sequence[TensorSpec], apart: int | None) -> None:
    """Every two tensors can have one shape, but for the axis `apart`."""
    _require_some(xs)
    for number, x in enumerate(xs):
        require_rank(x, xs[0].rank, input=number, help="`ops.reshape` before it makes them alike")
        for axis in range(x.rank):
            for earlier in range(number if axis != apart else 0):
                require_same_size(
                    (xs[earlier], axis, earlier),
                    (x, axis, number),
                    f"inputs of {{node}} differ on axis {axis}",
                )


def _dtype(xs: Sequence[TensorSpec]) -> str:
    if len({x.dtype for x in xs}) == 1:
        return xs[0].dtype
    try:
        return result_type(*(x.dtype for x in xs))
    except NotPromotable:
        strings = next(number for number, x in enumerate(xs) if x.dtype == "string")
        other = next(number for number, x in enumerate(xs) if x.dtype != "string")
        raise ShapeError(
            codes.WRONG_DTYPE,
            "{node} cannot join strings with numbers",
            label=f"{{{strings}}} is string and {{{other}}} is {xs[other].dtype}",
            inputs=(other, strings),
            help="make numbers of the strings first, with `StringLookup` or `TextVectorization`",
        ) from None
