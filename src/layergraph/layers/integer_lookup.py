"""Numbers to indices: `keras/src/layers/preprocessing/integer_lookup.py`."""

from collections.abc import Sequence
from typing import Literal, Self

from pydantic import model_validator

from layergraph.diagnostics import codes
from layergraph.layers.encoding import Salt
from layergraph.layers.lookup import Lookup, require_indices
from layergraph.layers.vocabulary import Integers
from layergraph.objects.base import complaint
from layergraph.tensors import TensorSpec


class IntegerLookup(Lookup):
    """Integers to their indices in a vocabulary: see `Lookup`."""

    mask_token: int | None = None
    oov_token: int | None = -1
    vocabulary: Integers | None = None
    vocabulary_dtype: Literal["int64"] = "int64"
    oov_method: Literal["floormod", "farmhash"] = "floormod"
    salt: Salt | None = None

    @model_validator(mode="after")
    def _check_salt(self) -> Self:
        if self.salt is not None and self.oov_method != "farmhash":
            raise complaint(
                codes.CONFLICTING_ARGUMENTS, "needs `oov_method: farmhash`", at=("salt",)
            )
        return self

    @property
    def terms(self) -> Sequence[int] | None:
        """The vocabulary as it was given."""
        return self.vocabulary

    @property
    def _tokens(self) -> tuple[int | None, int | None]:
        return self.mask_token, self.oov_token

    def infer(self, inputs: TensorSpec) -> TensorSpec:
        require_indices(inputs)
        return self.looked_up_as(inputs, "int64")
