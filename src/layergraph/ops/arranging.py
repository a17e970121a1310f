"""Numbers in other places, once or more: `keras.ops` from `keras/src/ops/numpy.py`."""

from typing import ClassVar, Literal, Self

from pydantic import model_validator

from layergraph.diagnostics import codes
from layergraph.layers.rules import require_axes, require_axis, require_rank
from layergraph.objects.base import complaint
from layergraph.objects.values import LARGEST_SIZE, Axes, Axis
from layergraph.ops.argument_types import PadWidth, Repeats, Shifts, Tiles
from layergraph.ops.base import Op
from layergraph.ops.constants import Number
from layergraph.ops.rules import ANYTHING, NUMBERS, NUMBERS_AND_TRUTH, flat_size, require_dtype
from layergraph.tensors import Dim, ShapeError, TensorSpec, plus, times


class Flip(Op):
    """Last to first along `axis`, or along every axis: any shape → the same shape."""

    axis: Axes | None = None

    def infer(self, x: TensorSpec) -> TensorSpec:
        if self.axis is not None:
            require_axes(x, self.axis)
        return x


class Roll(Op):
    """`shift` places further along `axis`, and round the end: any shape → the same shape.

    Without `axis`, along the whole tensor laid out in one axis.
    """

    shift: Shifts
    axis: Axes | None = None

    @model_validator(mode="after")
    def _as_many(self) -> Self:
        axis = 0 if self.axis is None else self.axis
        several = isinstance(self.shift, tuple)
        if several != isinstance(axis, tuple) or (
            isinstance(self.shift, tuple)
            and isinstance(axis, tuple)
            and len(self.shift) != len(axis)
        ):
            raise complaint(
                codes.CONFLICTING_ARGUMENTS,
                "must be one number, or a list of one for each axis of the list `axis`",
                at=("shift",),
            )
        return self

    def infer(self, x: TensorSpec) -> TensorSpec:
        for axis in self.axis if isinstance(self.axis, tuple) else (self.axis,):
            if axis is not None:
                require_axis(x, axis)
        return x


class Repeat(Op):
    """Each item `repeats` times over along `axis`: (…, n, …) → (…, n × repeats, …).

    Without `axis`, it is laid out in one axis first. A list has the number for each item.
    """

    repeats: Repeats
    axis: Axis | None = None

    def infer(self, x: TensorSpec) -> TensorSpec:
        if self.axis is None:
            return x.with_dims((self._repeated(x, flat_size(x.dims)),))
        axis = require_axis(x, self.axis)
        size = self._repeated(x, x.dims[axis])
        return x.with_dims((*x.dims[:axis], size, *x.dims[axis + 1 :]))

    def _repeated(self, x: TensorSpec, size: Dim) -> Dim:
        listed = self.repeats if isinstance(self.repeats, tuple) else (self.repeats,)
        if len(listed) == 1:
            if not listed[0]:
                return 0 if isinstance(size, int) else None
            return times(size, listed[0])
        if not isinstance(size, int):
            return None
        if size != len(listed):
            raise ShapeError(
                codes.ARGUMENT_MISFIT,
                f"`repeats` of {{node}} has {len(listed)} numbers for {size} items",
                label=f"{{0}} is {x}",
                argument="repeats",
                help="give one number for all items, or one for each",
            )
        return sum(listed)


class Tile(Op):
    """The whole tensor `repeats` times over, along each axis: (a, b) → (a × r₀, b × r₁).

    Fewer repeats than axes are those of the last ones; more make new axes in front.
    """

    repeats: Tiles

    def infer(self, x: TensorSpec) -> TensorSpec:
        # TensorFlow has no kernel for uint16, which Keras declares an output for.
        require_dtype(x, tuple(dtype for dtype in ANYTHING if dtype != "uint16"))
        repeats = self.repeats if isinstance(self.repeats, tuple) else (self.repeats,)
        repeats = (*(1 for _ in range(x.rank - len(repeats))), *repeats)
        dims = (*(1 for _ in range(len(repeats) - x.rank)), *x.dims)
        return x.with_dims(
            tuple(times(size, number) for size, number in zip(dims, repeats, strict=True))
        )


class Pad(Op):
    """Numbers around x, `pad_width` before and behind each axis: (n, …) → (before + n + behind, …).

    `reflect` and `symmetric` mirror what is there, without the last number and with it.
    """

    pad_width: PadWidth
    mode: Literal["constant", "reflect", "symmetric"] = "constant"
    constant_values: Number | None = None

    @model_validator(mode="after")
    def _mode_has_values(self) -> Self:
        if self.constant_values is not None and self.mode != "constant":
            raise complaint(
                codes.CONFLICTING_ARGUMENTS,
                f"cannot be combined with `mode: {self.mode}`",
                at=("constant_values",),
                help="drop one of the two",
            )
        return self

    def infer(self, x: TensorSpec) -> TensorSpec:
        if self.constant_values:
            require_dtype(x, NUMBERS)
            self._require_value_fits(x)
        sides = self._sides(x)
        for axis, (size, around) in enumerate(zip(x.dims, sides, strict=True)):
            most = LARGEST_SIZE
            if self.mode != "constant" and isinstance(size, int):
                most = size - 1 if self.mode == "reflect" else size
            if max(around) > most:
                raise ShapeError(
                    codes.ARGUMENT_MISFIT,
                    f"{{node}} cannot mirror {max(around)} numbers along axis {axis}",
                    label=f"{{0}} is {x}, of which it can mirror {most}",
                    argument="pad_width",
                )
        return x.with_dims(
            tuple(plus(size, sum(around)) for size, around in zip(x.dims, sides, strict=True))
        )

    def _sides(self, x: TensorSpec) -> tuple[tuple[int, int], ...]:
        """Before and behind each axis."""
        width = self.pad_width
        if isinstance(width, tuple) and isinstance(width[0], tuple):
            sides: tuple[tuple[int, int], ...] = width
        else:
            sides = ((width, width) if isinstance(width, int) else width,)
        require_rank(
            x,
            len(sides),
            help="give `[before, behind]` for each axis in `pad_width`, `[0, 0]` for the batch",
        )
        return sides

    def _require_value_fits(self, x: TensorSpec) -> None:
        if isinstance(self.constant_values, float) and not x.is_float:
            raise ShapeError(
                codes.ARGUMENT_MISFIT,
                f"`constant_values` of {{node}} is {self.constant_values}, which is no {x.dtype}",
                label=f"{{0}} is {x.dtype}",
                argument="constant_values",
            )


class _Triangle(Op):
    """The base of one half of each matrix, and 0 in the other: (…, n, m) → the same shape."""

    k: Axis = 0

    _side: ClassVar[int]
    """The axis whose size bounds `k` in TensorFlow's kernel: columns to the right, rows below."""

    def infer(self, x: TensorSpec) -> TensorSpec:
        require_dtype(x, NUMBERS_AND_TRUTH)
        require_rank(x, at_least=2, layout="(…, n, m)")
        size = x.dims[self._side]
        beyond = self.k if self._side == -1 else -self.k
        if isinstance(size, int) and beyond > size:
            raise ShapeError(
                codes.ARGUMENT_MISFIT,
                f"`k` of {{node}} is {self.k}, beyond the matrix",
                label=f"{{0}} is {x}",
                argument="k",
            )
        return x


class Tril(_Triangle):
    """What is on the diagonal `k` and below, and 0 above it: (…, n, m) → the same shape."""

    _side = -1


class Triu(_Triangle):
    """What is on the diagonal `k` and above, and 0 below it: (…, n, m) → the same shape."""

    _side = -2
