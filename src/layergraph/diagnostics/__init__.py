"""Diagnostics: the places, codes and texts in which layergraph speaks of mistakes."""

from layergraph.diagnostics.codes import Code, Severity
from layergraph.diagnostics.diagnostic import (
    Call,
    ComputedSpan,
    Diagnostic,
    Diagnostics,
    GraphError,
    Related,
)
from layergraph.diagnostics.fixes import Fix
from layergraph.diagnostics.nearest import Suggestion, did_you_mean, nearest
from layergraph.diagnostics.source import Source, Span

__all__ = [
    "Call",
    "Code",
    "ComputedSpan",
    "Diagnostic",
    "Diagnostics",
    "Fix",
    "GraphError",
    "Related",
    "Severity",
    "Source",
    "Span",
    "Suggestion",
    "did_you_mean",
    "nearest",
]
