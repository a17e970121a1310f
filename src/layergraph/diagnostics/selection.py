"""Which warnings a person wants to see. Errors are always said."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from layergraph.diagnostics.codes import ALL, WARNINGS, Code, Severity
from layergraph.diagnostics.nearest import did_you_mean


class Selection(NamedTuple):
    """The warnings that are selected, or all, less those that are ignored.

    Either is a list of codes (`LG401`), beginnings of codes (`LG4`) and names (`unused-node`).
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()

    @classmethod
    def of(cls, select: Iterable[str], ignore: Iterable[str]) -> Selection:
        """The selection of what is written.

        Raises:
            ValueError: where a text means no warning.
        """
        selection = cls(tuple(select), tuple(ignore))
        for text in (*selection.select, *selection.ignore):
            fault = fault_in(text)
            if fault is not None:
                raise ValueError(fault)
        return selection

    def wants(self, code: Code) -> bool:
        """Whether a diagnostic with this code is to be said."""
        if code.severity is Severity.ERROR:
            return True
        is_selected = not self.select or is_among(code, self.select)
        return is_selected and not is_among(code, self.ignore)


def is_among(code: Code, selectors: Iterable[str]) -> bool:
    """Whether a code is one of those that are written."""
    return any(code.id.startswith(text) or code.name == text for text in selectors)


def fault_in(selector: str) -> str | None:
    """Why a text selects no warning, or None where it does."""
    if not re.fullmatch(r"LG\d{0,3}|[a-z0-9-]+", selector):
        meant = []
    else:
        meant = [code for code in ALL if is_among(code, (selector,))]
    if any(code.severity is Severity.WARNING for code in meant):
        return None
    if meant:
        what = "is an error" if len(meant) == 1 else "begins the codes of errors alone"
        return f"'{selector}' {what}, and errors are always reported"
    help = did_you_mean(selector, WARNINGS)
    return f"'{selector}' is no code and no name of a warning{f': {help}' if help else ''}"
