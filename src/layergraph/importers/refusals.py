"""What of a Keras model a graph file cannot say, and how that is reported."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from pydantic import ValidationError

from layergraph.diagnostics import Diagnostics, GraphError, Source, Span, codes
from layergraph.targets.failures import failure


class Unsayable(Exception):
    """The language has no words for it; `help` says what to do."""

    def __init__(self, message: str, help: str) -> None:
        super().__init__(message)
        self.help = help


def refuse_model(message: str, help: str) -> GraphError:
    """The error for a model that has no graph."""
    return failure(codes.NO_GRAPH, message, help=help)


class Refusals:
    """Collects what cannot be said, so that one run names all of it."""

    def __init__(self) -> None:
        self._diagnostics = Diagnostics()

    @contextmanager
    def about(self, what: str) -> Iterator[None]:
        """Report what is raised meanwhile of a layer or another part of the model."""
        try:
            yield
        except Unsayable as error:
            self._report(f"{what} {error}".lstrip(), error.help)
        except ValidationError as error:
            details = error.errors(include_url=False)[0]
            at = "".join(f"`{step}` " for step in details["loc"][:1])
            self._report(
                f"{what} has an argument that layergraph refuses: {at}{details['msg']}",
                "build it with another argument",
            )

    def _report(self, message: str, help: str) -> None:
        nowhere = Span.whole(Source("", ""))
        self._diagnostics.report(codes.INEXPRESSIBLE, message, nowhere, help=help)

    def raise_any(self) -> None:
        """Stop where anything was refused.

        Raises:
            GraphError: inexpressible, one for each.
        """
        if self._diagnostics.has_errors:
            raise GraphError(tuple(self._diagnostics))
