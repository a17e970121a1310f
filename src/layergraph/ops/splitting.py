"""One tensor in several: `keras.ops` from `keras/src/ops/numpy.py`."""

from itertools import pairwise

from layergraph.diagnostics import codes
from layergraph.layers.rules import require_axis, require_rank
from layergraph.objects.values import Axis, PositiveInt
from layergraph.ops.argument_types import Sections
from layergraph.ops.base import Op
from layergraph.tensors import Dim, ShapeError, TensorSpec, floor_divided


class _Parts(Op):
    """The base of what splits along an axis, into parts of one size or at places."""

    indices_or_sections: Sections

    def _parts(self, x: TensorSpec, axis: int) -> tuple[TensorSpec, ...]:
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
        if not isinstance(size, int):
            raise ShapeError(
                codes.UNKNOWN_SIZE,
                f"{{node}} needs to know the size of axis {axis} to split it at places",
                label=f"{{0}} is {x}",
                help="`ops.get_item` takes a part: `[:3]`",
            )
        if sorted(ends) != ends or ends[-1] > size:
            raise self._misfit(x, "the places must rise, up to the size of the axis")
        between = [end - start for start, end in pairwise(ends)]
        return [*between, size - ends[-1]]

    def _misfit(self, x: TensorSpec, why: str) -> ShapeError:
        return ShapeError(
            codes.ARGUMENT_MISFIT,
            "{node} cannot split its input so",
            label=f"{{0}} is {x}: {why}",
            argument="indices_or_sections",
        )


class Split(_Parts):
    """Parts of x along `axis`: (…, n, …) → `indices_or_sections` of (…, n / k, …).

    A list has the places at which parts begin, from the second one on.
    """

    axis: Axis = 0

    def infer(self, x: TensorSpec) -> tuple[TensorSpec, ...]:
        return self._parts(x, require_axis(x, self.axis))


class Vsplit(_Parts):
    """Parts of x along axis 0, as of `ops.split`: (n, a, …) → k of (n / k, a, …)."""

    def infer(self, x: TensorSpec) -> tuple[TensorSpec, ...]:
        require_rank(x, at_least=2, help="`ops.split` splits vectors")
        return self._parts(x, 0)


class Hsplit(_Parts):
    """Parts of x along axis 1, or of a vector, as of `ops.split`: (a, n) → k of (a, n / k)."""

    def infer(self, x: TensorSpec) -> tuple[TensorSpec, ...]:
        require_rank(x, at_least=1)
        return self._parts(x, 0 if x.rank == 1 else 1)


class Dsplit(_Parts):
    """Parts of x along axis 2, as of `ops.split`: (a, b, n, …) → k of (a, b, n / k, …)."""

    def infer(self, x: TensorSpec) -> tuple[TensorSpec, ...]:
        require_rank(x, at_least=3)
        return self._parts(x, 2)


class ArraySplit(Op):
    """Parts of x along `axis`, the first ones larger by 1 where they cannot be of one size.

    (…, n, …) → `indices_or_sections` of (…, n / k, …).
    """

    indices_or_sections: PositiveInt
    axis: Axis = 0

    def infer(self, x: TensorSpec) -> tuple[TensorSpec, ...]:
        axis = require_axis(x, self.axis)
        size, count = x.dims[axis], self.indices_or_sections
        if not isinstance(size, int):
            raise ShapeError(
                codes.UNKNOWN_SIZE,
                f"{{node}} needs to know the size of axis {axis} to tell which parts are larger",
                label=f"{{0}} is {x}",
                help="`ops.split` makes parts of one size",
            )
        if count > size:
            raise ShapeError(
                codes.ARGUMENT_MISFIT,
                f"{{node}} cannot make {count} parts of {size}",
                label=f"{{0}} is {x}",
                argument="indices_or_sections",
            )
        sizes = [size // count + (part < size % count) for part in range(count)]
        return tuple(x.with_dims((*x.dims[:axis], part, *x.dims[axis + 1 :])) for part in sizes)


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
