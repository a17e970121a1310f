"""LoRA (Hu et al., 2021, arXiv:2106.09685): low-rank weights trained instead of the layer's own."""

from __future__ import annotations

from typing import Any

from layergraph.diagnostics import codes
from layergraph.objects.base import complaint


def refuse_constrained_lora(lora_rank: int | None, constraint: Any, argument: str) -> None:
    """Refuse LoRA on weights with a constraint, as Keras does when it builds the layer.

    Raises:
        PydanticCustomError: conflicting-arguments.
    """
    if lora_rank is not None and constraint is not None:
        raise complaint(
            codes.CONFLICTING_ARGUMENTS,
            f"cannot stand beside `{argument}`",
            at=("lora_rank",),
            help=f"leave one of `lora_rank` and `{argument}` out",
        )
