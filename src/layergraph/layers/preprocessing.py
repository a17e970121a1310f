"""Normalization, by what it learns: `keras/src/layers/preprocessing/normalization.py`."""

import math
from typing import Annotated, Any, Self

from pydantic import model_validator

from layergraph.diagnostics import codes
from layergraph.diagnostics.values import shown
from layergraph.layers.arguments import Axes
from layergraph.layers.base import Layer, Weight, Weights
from layergraph.layers.rules import known, require_axes, require_numbers
from layergraph.objects.base import Checked, complaint
from layergraph.tensors import ShapeError, TensorSpec


def _numbers(value: Any) -> Any:
    """A finite number, or a list of them, as deep as it likes but of one length at each level."""
    _extents(value, at=())
    return value


def _extents(value: Any, at: tuple[int, ...] = ()) -> tuple[int, ...]:
    """The shape of nested lists of numbers."""
    if isinstance(value, (list, tuple)) and value:
        inner = [_extents(item, (*at, position)) for position, item in enumerate(value)]
        for position, extents in enumerate(inner):
            if extents != inner[0]:
                raise complaint(
                    codes.OUT_OF_RANGE, "differs in length from the first", at=(*at, position)
                )
        return (len(value), *inner[0])
    if type(value) not in (int, float):
        predicate = f"must be a number or a list of numbers, not {shown(value)}"
        raise complaint(codes.WRONG_TYPE, predicate, at=at)
    if not math.isfinite(value):
        raise complaint(codes.OUT_OF_RANGE, f"must be finite, not {value}", at=at)
    return ()


Numbers = Annotated[float | list[Any], Checked(_numbers)]


class Normalization(Layer):
    """Zero mean and unit variance, learned from data or given: the same shape as before.

    Along `axis` every index has its own mean and variance; with `axis: null` there is one of
    each. What is not given is learned before training, in the weights `mean` and `variance`.
    """

    supports_masking = True

    axis: Axes | None = -1
    mean: Numbers | None = None
    variance: Numbers | None = None
    invert: bool = False

    @model_validator(mode="after")
    def _check_statistics(self) -> Self:
        if (self.mean is None) != (self.variance is None):
            missing = "mean" if self.mean is None else "variance"
            other = "variance" if self.mean is None else "mean"
            raise complaint(
                codes.CONFLICTING_ARGUMENTS,
                f"is given without `{missing}`",
                at=(other,),
                help="give both, or neither to have them learned from data",
            )
        if self.mean is None:
            return self
        mean, variance = _extents(self.mean), _extents(self.variance)
        if mean != variance:
            predicate = f"has the shape {variance}, and `mean` {mean}"
            raise complaint(codes.CONFLICTING_ARGUMENTS, predicate, at=("variance",))
        if len(mean) > len(self._listed_axes):
            raise complaint(
                codes.CONFLICTING_ARGUMENTS,
                f"has {len(mean)} axes, more than `axis` names",
                at=("mean",),
            )
        return self

    state_argument = "mean"
    state_is_weights = True

    @property
    def needs_state(self) -> bool:
        """Whether it has to learn its mean and variance."""
        return self.mean is None

    def infer(self, inputs: TensorSpec) -> TensorSpec:
        require_numbers(inputs)
        sizes = self._kept_sizes(inputs)
        given = () if self.mean is None else _extents(self.mean)
        for size, wanted in zip(reversed(given), reversed(sizes), strict=False):
            if size not in (1, wanted):
                raise ShapeError(
                    codes.ARGUMENT_MISFIT,
                    "`mean` of {node} does not fit its input",
                    label=f"{{0}} is {inputs}: {size} and {wanted} must be equal",
                    argument="mean",
                )
        return self.computed(inputs)

    def weights(self, inputs: TensorSpec) -> Weights:
        if self.mean is not None:
            return {}
        sizes = self._kept_sizes(inputs)
        return {
            "mean": Weight(sizes, trainable=False),
            "variance": Weight(sizes, trainable=False),
            "count": Weight((), trainable=False, dtype="int64"),
        }

    @property
    def _listed_axes(self) -> tuple[int, ...]:
        if self.axis is None:
            return ()
        return (self.axis,) if isinstance(self.axis, int) else self.axis

    def _kept_sizes(self, inputs: TensorSpec) -> tuple[int, ...]:
        """The sizes along `axis`, in the order of the input's axes."""
        axes = sorted(require_axes(inputs, self._listed_axes))
        return tuple(known(inputs, axis) for axis in axes)
