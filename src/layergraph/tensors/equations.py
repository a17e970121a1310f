"""What a graph says of its named sizes: each is one size, whatever Keras would let pass."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from layergraph.tensors.size import Dim, Size


class SizesDiffer(Exception):
    """Two sizes that have to be equal, and cannot be."""

    def __init__(self, left: Dim, right: Dim) -> None:
        super().__init__(f"{left} and {right} must be equal")
        self.left = left
        self.right = right


class Equations:
    """The sizes that names have turned out to stand for, in one walk over a graph."""

    def __init__(self) -> None:
        self._known: dict[str, int | Size] = {}

    def require_equal(self, left: Dim, right: Dim) -> None:
        """Take it that two sizes are equal.

        Raises:
            SizesDiffer: where they cannot be.
        """
        first, second = self.resolved(left), self.resolved(right)
        if first is None or second is None or first == second:
            return
        if isinstance(first, Size) and self._solved(first, second):
            return
        if isinstance(second, Size) and self._solved(second, first):
            return
        if isinstance(first, Size) and isinstance(second, Size) and first.name != second.name:
            return  # 2 * a = 3 * b may well hold
        raise SizesDiffer(left, right)

    def resolved(self, size: Dim) -> Dim:
        """The size with every name replaced by what it is known to be."""
        while isinstance(size, Size) and size.name in self._known:
            known = self._known[size.name]
            if isinstance(known, int):
                return size.factor * known + size.offset
            size = Size(
                known.name, size.factor * known.factor, size.factor * known.offset + size.offset
            )
        return size

    def _solved(self, named: Size, other: int | Size) -> bool:
        """Bind the name in `named` so that it equals `other`, if one binding does."""
        if isinstance(other, Size) and other.name == named.name:
            factor, offset = named.factor - other.factor, other.offset - named.offset
            if factor == 0 or offset % factor or offset // factor < 0:
                return False
            self._known[named.name] = offset // factor
            return True
        if isinstance(other, Size):
            if named.factor != 1:
                return False
            self._known[named.name] = Size(other.name, other.factor, other.offset - named.offset)
            return True
        rest = other - named.offset
        if rest % named.factor or rest < 0:
            return False
        self._known[named.name] = rest // named.factor
        return True


_current: ContextVar[Equations | None] = ContextVar("equations", default=None)


@contextmanager
def equations() -> Iterator[Equations]:
    """One walk over a graph: what `require_equal` learns in it holds to its end."""
    known = Equations()
    token = _current.set(known)
    try:
        yield known
    finally:
        _current.reset(token)


def current() -> Equations:
    """What is known in the walk that is under way, or nothing."""
    return _current.get() or Equations()


def require_equal(left: Dim, right: Dim) -> None:
    """Say that two sizes have to be equal, in the walk that is under way (or by themselves).

    Raises:
        SizesDiffer: where they cannot be.
    """
    if left != right:
        current().require_equal(left, right)
