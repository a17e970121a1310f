"""Words to indices: `keras/src/layers/preprocessing/string_lookup.py`."""

from collections.abc import Sequence

from layergraph.layers.encoding import Salt
from layergraph.layers.lookup import Lookup, require_indices, require_strings
from layergraph.layers.vocabulary import Words
from layergraph.tensors import TensorSpec


class StringLookup(Lookup):
    """Strings to their indices in a vocabulary: see `Lookup`.

    With `invert` it gives strings, although Keras declares them as int64.
    """

    mask_token: str | None = None
    oov_token: str | None = "[UNK]"  # noqa: S105
    vocabulary: Words | None = None
    encoding: str = "utf-8"
    salt: Salt | None = None

    @property
    def terms(self) -> Sequence[str] | None:
        """The vocabulary as it was given."""
        return self.vocabulary

    @property
    def _tokens(self) -> tuple[str | None, str | None]:
        return self.mask_token, self.oov_token

    def infer(self, inputs: TensorSpec) -> TensorSpec:
        if self.invert:
            require_indices(inputs)
        else:
            require_strings(inputs, "use `IntegerLookup` for numbers")
        return self.looked_up_as(inputs, "string" if self.invert else "int64")
