"""The section `training`."""

from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import Field, model_validator

from layergraph.diagnostics import codes
from layergraph.diagnostics.values import shown
from layergraph.objects.arguments import Callback, Optimizer
from layergraph.objects.base import Checked, StrictModel, complaint
from layergraph.objects.values import LARGEST_SIZE, PositiveInt, number

_FORM = "write `validation: 0.2`, or `validation: {folds: 5}`"


def _fraction(value: Any) -> float:
    if not 0 < number(value) < 1:
        help = None
        if type(value) is int and value > 1:
            help = f"write `{{folds: {value}}}` for cross-validation"
            help += f", or {value / 100:g} for {value} percent" if value < 100 else ""
        raise complaint(
            codes.OUT_OF_RANGE, f"must be more than 0 and less than 1, not {value}", help=help
        )
    return float(value)


class Validation(StrictModel):
    """What is held out to validate on: a fraction of the rows, or each fold in its turn."""

    noun: ClassVar[str] = "`validation`"

    fraction: Annotated[float | None, Checked(_fraction, above=0)] = None
    folds: Annotated[int, Field(ge=2, le=LARGEST_SIZE)] | None = None
    stratify: str | None = None
    shuffle: bool = True

    @model_validator(mode="after")
    def _check_one_way(self) -> Self:
        if self.fraction is None and self.folds is None:
            raise complaint(
                codes.MISSING_KEY, "says neither `fraction` nor `folds`", help="add `fraction: 0.2`"
            )
        if self.fraction is not None and self.folds is not None:
            raise complaint(
                codes.CONFLICTING_ARGUMENTS,
                "cannot be combined with `fraction`",
                at=("folds",),
                help="drop one: folds hold out every row once, a fraction once and for all",
            )
        return self


def _validation(value: Any) -> Validation:
    if isinstance(value, Validation):
        return value
    if isinstance(value, dict):
        return Validation.checked(value)
    if type(value) not in (int, float):
        predicate = f"must be a fraction or a mapping, not {shown(value)}"
        raise complaint(codes.WRONG_TYPE, predicate, help=_FORM)
    return Validation(fraction=_fraction(value))


class Training(StrictModel):
    """How the model is trained."""

    noun: ClassVar[str] = "`training`"

    optimizer: Optimizer = "rmsprop"
    epochs: PositiveInt = 1
    batch_size: PositiveInt = 32
    samples: PositiveInt | None = None
    seed: Annotated[int, Field(ge=0, lt=2**32)] | None = None
    validation: Annotated[Validation | None, Checked(_validation)] = None
    precision: Literal["float32", "mixed_float16", "mixed_bfloat16"] = "float32"
    callbacks: Annotated[tuple[Callback, ...], Field(strict=False)] = ()
