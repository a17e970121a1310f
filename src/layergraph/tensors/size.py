"""Sizes of axes: a number, unknown (None), or unknown with a name."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Size:
    """An unknown size with a name, as it stands after arithmetic: ``factor * name + offset``."""

    name: str
    factor: int = 1
    offset: int = 0

    def __str__(self) -> str:
        text = self.name if self.factor == 1 else f"{self.factor}*{self.name}"
        if self.offset:
            text += f"{self.offset:+d}"
        return text


Dim = int | None | Size

BATCH = Size("batch")


def plus(size: Dim, other: Dim) -> Dim:
    """The sum, with a name where it can keep one."""
    if size is None or other is None:
        return None
    if isinstance(size, int) and isinstance(other, int):
        return size + other
    if isinstance(other, Size):
        size, other = other, size
    assert isinstance(size, Size)
    if isinstance(other, int):
        return Size(size.name, size.factor, size.offset + other)
    if other.name != size.name:
        return None
    return Size(size.name, size.factor + other.factor, size.offset + other.offset)


def times(size: Dim, factor: int) -> Dim:
    """The product with a positive number."""
    if isinstance(size, Size):
        return Size(size.name, size.factor * factor, size.offset * factor)
    return None if size is None else size * factor


def floor_divided(size: Dim, divisor: int) -> Dim:
    """The quotient, rounded down. A name that does not divide evenly becomes a name of its own."""
    if not isinstance(size, Size):
        return None if size is None else size // divisor
    if size.factor % divisor == 0:
        return Size(size.name, size.factor // divisor, size.offset // divisor)
    return Size(f"({size})//{divisor}")


def product(sizes: tuple[Dim, ...]) -> Dim:
    """The number of elements along several axes together."""
    known = 1
    named: Size | None = None
    for size in sizes:
        if size is None:
            return None
        if isinstance(size, int):
            known *= size
        elif named is None:
            named = size
        else:
            return None
    return known if named is None else times(named, known)
