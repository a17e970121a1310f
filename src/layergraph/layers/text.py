"""Text to numbers: `keras.layers` from `keras/src/layers/preprocessing`."""

from collections.abc import Sequence
from typing import Annotated, Any, Literal, Self

from pydantic import model_validator

from layergraph.diagnostics import codes
from layergraph.diagnostics.values import shown
from layergraph.layers.lookup import require_strings
from layergraph.layers.vocabulary import VocabularyLayer, Words
from layergraph.objects.base import Checked, complaint
from layergraph.objects.values import PositiveInt
from layergraph.tensors import Dim, ShapeError, TensorSpec


def _ngrams(value: Any) -> int | tuple[int, ...]:
    """The longest n-gram, or a list of all their lengths."""
    listed = [value] if type(value) is int else value
    if not isinstance(listed, (list, tuple)) or not listed:
        raise complaint(
            codes.WRONG_TYPE, f"must be a number or a list of numbers, not {shown(value)}"
        )
    for position, item in enumerate(listed):
        if type(item) is not int:
            predicate = f"must be a whole number, not {shown(item)}"
            raise complaint(codes.WRONG_TYPE, predicate, at=(position,))
        if item < 1:
            raise complaint(codes.OUT_OF_RANGE, f"must be at least 1, not {item}", at=(position,))
    return value if type(value) is int else tuple(listed)


class TextVectorization(VocabularyLayer):
    """Strings, one text each, to the indices of their words: (batch,) or (batch, 1) → (batch, n).

    `output_sequence_length` fixes n. The other output modes give, behind the axes of the input,
    a place for each word of the vocabulary; for texts in (batch, 1) Keras declares an axis of
    size 1 there that it does not compute.
    """

    standardize: Literal["lower_and_strip_punctuation", "lower", "strip_punctuation"] | None = (
        "lower_and_strip_punctuation"
    )
    split: Literal["whitespace", "character"] | None = "whitespace"
    ngrams: Annotated[int | tuple[int, ...], Checked(_ngrams)] | None = None
    output_sequence_length: PositiveInt | None = None
    vocabulary: Words | None = None
    ragged: bool = False
    encoding: str = "utf-8"

    @model_validator(mode="after")
    def _check_mode(self) -> Self:
        if self.output_mode == "int":
            return self
        for argument in ("output_sequence_length", "ragged"):
            if getattr(self, argument):
                raise complaint(
                    codes.CONFLICTING_ARGUMENTS, "needs `output_mode: int`", at=(argument,)
                )
        return self

    @property
    def terms(self) -> Sequence[str] | None:
        """The vocabulary as it was given."""
        return self.vocabulary

    @property
    def special_tokens(self) -> tuple[str, ...]:
        """The mask's token, where numbers come out, and the one for other words."""
        return ("", "[UNK]") if self.output_mode == "int" else ("[UNK]",)

    @property
    def reserved_tokens(self) -> tuple[str, ...]:
        """The mask's token."""
        return ("",)

    def infer(self, inputs: TensorSpec) -> TensorSpec:
        require_strings(inputs, "drop the layer for numbers")
        if self.split is not None and inputs.rank > 1 and inputs.last_dim != 1:
            raise ShapeError(
                codes.SHAPE_MISMATCH,
                "{node} takes one text from each sample",
                label=f"{{0}} is {inputs}, and its last axis must be of size 1",
                help="give the input `shape: [1]`, or set `split: null` where each is a word",
            )
        if self.output_mode == "int":
            return TensorSpec((inputs.dims[0], self.output_sequence_length), "int64")
        words: tuple[Dim, ...] = inputs.dims
        if self.split is not None:
            words = (*words, None)
        elif inputs.rank == 1:
            words = (*words, 1)
        return TensorSpec(self.looked_up(words), "float32")
