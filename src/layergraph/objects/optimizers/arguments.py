"""What every optimizer takes."""

from typing import Annotated, Self

from pydantic import Field, model_validator

from layergraph.diagnostics import codes
from layergraph.objects.arguments import LearningRate
from layergraph.objects.base import KerasObject, complaint
from layergraph.objects.values import LARGEST_SIZE, Name, NonNegative, Positive, PositiveInt, Rate


class OptimizerArguments(KerasObject):
    """What every optimizer takes: weight decay, one way of clipping, averaging, scaling."""

    learning_rate: LearningRate = 0.001
    weight_decay: NonNegative | None = None
    clipnorm: Positive | None = None
    clipvalue: Positive | None = None
    global_clipnorm: Positive | None = None
    use_ema: bool = False
    ema_momentum: Rate = 0.99
    ema_overwrite_frequency: PositiveInt | None = None
    loss_scale_factor: Positive | None = None
    gradient_accumulation_steps: Annotated[int, Field(ge=2, le=LARGEST_SIZE)] | None = None
    name: Name | None = None

    @model_validator(mode="after")
    def _clips_one_way(self) -> Self:
        ways = ("clipnorm", "clipvalue", "global_clipnorm")
        first, *others = [way for way in ways if getattr(self, way) is not None] or [""]
        if others:
            raise complaint(
                codes.CONFLICTING_ARGUMENTS,
                f"cannot stand beside `{first}`: gradients are clipped in one way",
                at=(others[0],),
            )
        return self
