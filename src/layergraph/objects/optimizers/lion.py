"""Lion."""

from typing import Annotated

from pydantic import Field

from layergraph.objects.optimizers.arguments import OptimizerArguments
from layergraph.objects.values import Momentum


class Lion(OptimizerArguments):
    """The sign of an averaged gradient (Chen et al., 2023)."""

    beta_1: Annotated[float, Field(gt=0, le=1)] = 0.9
    beta_2: Momentum = 0.99
