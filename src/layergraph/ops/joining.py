"""Several tensors in one: `keras.ops` from `keras/src/ops/numpy.py`."""

from collections.abc import Sequence

from layergraph.diagnostics import codes
from layergraph.layers.rules import require_axis, require_rank, require_same_size
from layergraph.objects.values import Axis
from layergraph.ops.base import Op
from layergraph.ops.promotion import NotPromotable, result_type
from layergraph.ops.rules import flat_size
from layergraph.tensors import Dim, ShapeError, TensorSpec, plus


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


class Dstack(Op):
    """Tensors one behind the other along axis 2: (a, b, n), (a, b, m) → (a, b, n + m).

    (a, b) counts as (a, b, 1), and (b,) as (1, b, 1).
    """

    def infer(self, xs: Sequence[TensorSpec]) -> TensorSpec:
        return _joined([_with_depth(x) for x in xs], axis=2)


def _with_depth(x: TensorSpec) -> TensorSpec:
    before = 1 if x.rank < 2 else 0
    return x.with_dims((*(1,) * before, *x.dims, *(1,) * (3 - before - x.rank)))


class Append(Op):
    """x2 behind x1 along `axis`: (…, n, …), (…, m, …) → (…, n + m, …).

    Without `axis`, each is laid out in one axis first.
    """

    axis: Axis | None = None

    def infer(self, x1: TensorSpec, x2: TensorSpec) -> TensorSpec:
        joined = self._joined(x1, x2)
        # Keras promotes the two even where they are alike, which makes uint32 of uint64.
        return joined.with_dtype("uint32") if joined.dtype == "uint64" else joined

    def _joined(self, x1: TensorSpec, x2: TensorSpec) -> TensorSpec:
        if self.axis is None:
            return _joined([x.with_dims((flat_size(x.dims),)) for x in (x1, x2)], axis=0)
        joined = _joined([x1, x2], self.axis)
        for number, x in enumerate((x1, x2)):
            if not isinstance(x.dims[self.axis], int):
                raise ShapeError(
                    codes.UNKNOWN_SIZE,
                    f"{{node}} needs to know the sizes of axis {self.axis}",
                    label=f"{{{number}}} is {x}",
                    inputs=(number,),
                    help="`ops.concatenate` joins along an axis of unknown size too",
                )
        return joined


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
