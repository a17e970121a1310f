"""Vocabularies, given or learned: what the layers that look terms up have in common."""

from abc import abstractmethod
from collections import Counter
from collections.abc import Sequence
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from layergraph.diagnostics import codes
from layergraph.layers.base import Layer
from layergraph.layers.encoding import Encoding, encoded, refuse_sparse_numbers
from layergraph.objects.base import complaint
from layergraph.objects.values import LARGEST_SIZE
from layergraph.tensors import Dim


def _terms(value: Any) -> Any:
    if isinstance(value, str):
        raise complaint(
            codes.WRONG_TYPE,
            "must be a list of terms: files beside the graph are not read",
            help="write the terms themselves, or drop it to have them learned from data",
        )
    return value


Words = Annotated[list[str], BeforeValidator(_terms, json_schema_input_type=list[str])]
Integers = Annotated[list[int], BeforeValidator(_terms, json_schema_input_type=list[int])]
MaxTokens = Annotated[int, Field(ge=2, le=LARGEST_SIZE)]
OutputMode = Literal["int", "one_hot", "multi_hot", "count", "tf_idf", "binary", "tf-idf"]


class VocabularyLayer(Layer):
    """The base of what looks terms up in a vocabulary, given or learned from data.

    The vocabulary may begin with the special tokens: the mask, where numbers come out, and those
    that stand for every other term.
    """

    max_tokens: MaxTokens | None = None
    idf_weights: list[float] | None = None
    output_mode: OutputMode = "int"
    pad_to_max_tokens: bool = False
    sparse: bool = False

    @property
    @abstractmethod
    def terms(self) -> Sequence[Any] | None:
        """The vocabulary as it was given."""

    @property
    @abstractmethod
    def special_tokens(self) -> tuple[Any, ...]:
        """What the vocabulary may begin with: the mask's token, and those for other terms."""

    @property
    @abstractmethod
    def reserved_tokens(self) -> tuple[Any, ...]:
        """What may not stand further on in the vocabulary."""

    state_argument = "vocabulary"

    @property
    def needs_state(self) -> bool:
        """Whether it has to learn its vocabulary."""
        return self.terms is None

    @property
    def weighs(self) -> bool:
        """Whether terms are counted and weighed by how rare they are."""
        return self.output_mode in ("tf_idf", "tf-idf")

    def depth(self) -> int | None:
        """The number of places in the vocabulary, None where that is still to be learned."""
        if self.pad_to_max_tokens:
            return self.max_tokens
        if self.terms is None:
            return None
        return len(self.special_tokens) + len(self._own_terms(self.terms))

    def looked_up(self, dims: tuple[Dim, ...]) -> tuple[Dim, ...]:
        """The shape of what comes out for terms of this shape."""
        if self.output_mode == "int":
            return dims
        mode: Encoding = "one_hot" if self.output_mode == "one_hot" else "multi_hot"
        return encoded(dims, mode, self.depth())

    @model_validator(mode="after")
    def _check_vocabulary(self) -> Self:
        refuse_sparse_numbers(self.sparse, self.output_mode)
        if self.pad_to_max_tokens and self.max_tokens is None:
            raise complaint(
                codes.CONFLICTING_ARGUMENTS, "needs `max_tokens`", at=("pad_to_max_tokens",)
            )
        if self.idf_weights is not None and not self.weighs:
            raise complaint(
                codes.CONFLICTING_ARGUMENTS, "needs `output_mode: tf_idf`", at=("idf_weights",)
            )
        if self.terms is not None:
            self._check_terms(self.terms)
        return self

    def _own_terms(self, terms: Sequence[Any]) -> Sequence[Any]:
        special = self.special_tokens
        return terms[len(special) :] if tuple(terms[: len(special)]) == special else terms

    def _check_terms(self, terms: Sequence[Any]) -> None:
        own = self._own_terms(terms)
        if not own:
            raise complaint(
                codes.OUT_OF_RANGE,
                "must hold at least one term of its own",
                at=("vocabulary",),
                help="drop it to have the terms learned from data",
            )
        repeated = [term for term, count in Counter(own).items() if count > 1]
        if repeated:
            raise complaint(
                codes.OUT_OF_RANGE,
                f"holds `{repeated[0]}` {Counter(own)[repeated[0]]} times",
                at=("vocabulary",),
                help="name each term once",
            )
        for token in self.reserved_tokens:
            if token in own:
                raise complaint(
                    codes.OUT_OF_RANGE,
                    f"holds the special token `{token}` among its terms",
                    at=("vocabulary",),
                    help=f"drop it, or begin with {list(self.special_tokens)}",
                )
        size = len(self.special_tokens) + len(own)
        if self.max_tokens is not None and size > self.max_tokens:
            raise complaint(
                codes.CONFLICTING_ARGUMENTS,
                f"makes {size} tokens with the special ones, more than `max_tokens`",
                at=("vocabulary",),
                help=f"set `max_tokens` to at least {size}, or drop it",
            )
        if self.weighs and (self.idf_weights is None or len(self.idf_weights) != len(terms)):
            given = "none" if self.idf_weights is None else len(self.idf_weights)
            raise complaint(
                codes.CONFLICTING_ARGUMENTS,
                f"has {len(terms)} terms, and `idf_weights` has {given}",
                at=("vocabulary",),
                help="give one weight for each term in `idf_weights`",
            )
