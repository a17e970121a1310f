"""What lookups of words and of numbers share."""

from abc import abstractmethod
from typing import Any, ClassVar, Self

from pydantic import model_validator

from layergraph.diagnostics import codes
from layergraph.layers.vocabulary import VocabularyLayer
from layergraph.objects.base import complaint
from layergraph.objects.values import NonNegativeInt
from layergraph.tensors import ShapeError, TensorSpec


class Lookup(VocabularyLayer):
    """The base of what looks up each element: the same shape, as int64.

    The other output modes give a last axis with a place for each term. `invert` gives the terms
    for the indices.
    """

    autocast: ClassVar[bool] = True  # type: ignore[misc]  # Keras takes neither
    activity_regularizer: ClassVar[None] = None  # type: ignore[misc]

    num_oov_indices: NonNegativeInt = 1
    invert: bool = False

    @model_validator(mode="after")
    def _check_lookup(self) -> Self:
        if self.invert and self.output_mode != "int":
            raise complaint(codes.CONFLICTING_ARGUMENTS, "needs `output_mode: int`", at=("invert",))
        return self

    @property
    def special_tokens(self) -> tuple[Any, ...]:
        """The mask's token, where numbers come out, and those for other terms."""
        mask, unknown = self._tokens
        masks = () if mask is None or self.output_mode != "int" else (mask,)
        return (*masks, *[unknown] * self.num_oov_indices)

    @property
    def reserved_tokens(self) -> tuple[Any, ...]:
        """The mask's token, and where indices come in, that for other terms."""
        mask, unknown = self._tokens
        return tuple(t for t in (mask, unknown if self.invert else None) if t is not None)

    @property
    @abstractmethod
    def _tokens(self) -> tuple[Any, Any]:
        """The mask's token, and the one for other terms."""

    def looked_up_as(self, inputs: TensorSpec, dtype: str) -> TensorSpec:
        found = inputs.with_dims(self.looked_up(inputs.dims))
        return found.with_dtype(dtype if self.output_mode == "int" else "float32")


def require_strings(inputs: TensorSpec, help: str) -> None:
    """Refuse numbers where strings are looked up.

    Raises:
        ShapeError: wrong-dtype.
    """
    if inputs.dtype == "string":
        return
    raise ShapeError(
        codes.WRONG_DTYPE,
        f"{{node}} needs strings, and is called on {inputs.dtype}",
        label=f"{{0}} holds {inputs.dtype}",
        help=f"give the input `dtype: string`, or {help}",
    )


def require_indices(inputs: TensorSpec) -> None:
    """Refuse strings where numbers are looked up.

    Raises:
        ShapeError: wrong-dtype.
    """
    if inputs.dtype != "string":
        return
    raise ShapeError(
        codes.WRONG_DTYPE,
        "{node} needs integers, and is called on strings",
        label="{0} holds strings",
        help="give the input `dtype: int64`, or use `StringLookup` for strings",
    )
