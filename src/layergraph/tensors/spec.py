"""What is known of a tensor before it exists: its shape and its dtype."""

from __future__ import annotations

from dataclasses import dataclass

from layergraph.tensors.size import BATCH, Dim, Size

FLOAT_DTYPES = ("float32", "float64", "float16", "bfloat16")
INTEGER_DTYPES = ("int32", "int64", "int8", "int16", "uint8", "uint16", "uint32", "uint64")
DTYPES = (*FLOAT_DTYPES, *INTEGER_DTYPES, "bool", "string")


@dataclass(frozen=True, slots=True, repr=False)
class TensorSpec:
    """The sizes of a tensor's axes, batch first, and its dtype."""

    dims: tuple[Dim, ...]
    dtype: str = "float32"

    @property
    def shape(self) -> tuple[int | None, ...]:
        """The shape as Keras gives it: None is an unknown size, with a name or without."""
        return tuple(size if isinstance(size, int) else None for size in self.dims)

    @property
    def rank(self) -> int:
        """The number of axes, the batch among them."""
        return len(self.dims)

    @property
    def last_dim(self) -> Dim:
        """The size of the last axis; None for a single number, which has no axes."""
        return self.dims[-1] if self.dims else None

    @property
    def has_names(self) -> bool:
        """Whether an unknown size beside that of the batch has a name."""
        named = [size for size in self.dims if isinstance(size, Size) and size is not BATCH]
        return any(size != BATCH for size in named)

    @property
    def is_float(self) -> bool:
        """Whether it holds floating-point numbers."""
        return self.dtype in FLOAT_DTYPES

    def with_dims(self, dims: tuple[Dim, ...]) -> TensorSpec:
        """The same dtype in another shape."""
        return TensorSpec(dims, self.dtype)

    def with_last_dim(self, size: Dim) -> TensorSpec:
        """The same but for the size of the last axis."""
        return TensorSpec((*self.dims[:-1], size), self.dtype)

    def with_dtype(self, dtype: str) -> TensorSpec:
        """The same shape in another dtype."""
        return self if dtype == self.dtype else TensorSpec(self.dims, dtype)

    def __repr__(self) -> str:
        return f"TensorSpec({self}, {self.dtype})"

    def __str__(self) -> str:
        sizes = ", ".join(str(size) for size in self.dims)
        return f"({sizes},)" if self.rank == 1 else f"({sizes})"
