"""How the composer takes down mistakes: with the path to where it stands in the tree."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NoReturn, Protocol

from layergraph.diagnostics import Diagnostics, Related, Span
from layergraph.diagnostics.codes import Code


class Standing(Protocol):
    """A list or mapping that is being read, and the key or index it is at."""

    @property
    def step(self) -> str | int | None:
        """The key or index, or None before the first key."""


class Refused(Exception):
    """Nothing more can be read from the text; the reason has been reported."""


class Reports:
    """Reports mistakes at the value that the open lists and mappings are at."""

    def __init__(self, diagnostics: Diagnostics, open: Sequence[Standing]) -> None:
        self.diagnostics = diagnostics
        self.open = open

    def report(
        self,
        code: Code,
        message: str,
        span: Span,
        *,
        label: str = "",
        related: tuple[Related, ...] = (),
        help: str | None = None,
    ) -> None:
        """Take down a mistake, and go on."""
        path = tuple(part.step for part in self.open if part.step is not None)
        self.diagnostics.report(
            code, message, span, label=label, path=path, related=related, help=help
        )

    def refuse(
        self,
        code: Code,
        message: str,
        span: Span,
        *,
        related: tuple[Related, ...] = (),
        help: str | None = None,
    ) -> NoReturn:
        """Take down a mistake after which the text cannot be read on."""
        self.report(code, message, span, related=related, help=help)
        raise Refused
