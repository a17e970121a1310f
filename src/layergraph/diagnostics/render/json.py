"""Diagnostics for programs: a versioned contract, which is not a dump of the classes."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, Final

from layergraph.diagnostics.codes import Severity
from layergraph.diagnostics.diagnostic import Diagnostic, Related
from layergraph.diagnostics.fixes import Fix
from layergraph.diagnostics.source import Span

VERSION: Final = 1


def render(diagnostics: Iterable[Diagnostic], files: int, color: bool) -> str:  # noqa: ARG001
    """The report on `files` files, in ASCII, so that any pipe can carry it."""
    found = list(diagnostics)
    severities = [diagnostic.severity for diagnostic in found]
    report = {
        "version": VERSION,
        "summary": {
            "files": files,
            "errors": severities.count(Severity.ERROR),
            "warnings": severities.count(Severity.WARNING),
        },
        "diagnostics": [_diagnostic(diagnostic) for diagnostic in found],
    }
    return json.dumps(report, indent=1) + "\n"


def _diagnostic(diagnostic: Diagnostic) -> dict[str, Any]:
    label = (diagnostic.label,) if diagnostic.label else ()
    return {
        "code": diagnostic.code.id,
        "name": diagnostic.code.name,
        "severity": str(diagnostic.severity),
        "message": diagnostic.message,
        "file": diagnostic.span.source.name,
        **_place(diagnostic.span),
        "path": list(diagnostic.path),
        "related": [_related(related) for related in (*diagnostic.related, *_calls(diagnostic))],
        "notes": [*label, *diagnostic.notes],
        "help": diagnostic.help,
        "fix": _fix(diagnostic.fix) if diagnostic.fix is not None else None,
        "url": diagnostic.code.url,
    }


def _calls(diagnostic: Diagnostic) -> list[Related]:
    return [Related(f"in block `{c.block}`, called here", c.span) for c in diagnostic.calls]


def _related(related: Related) -> dict[str, Any]:
    return {
        "message": related.message,
        "file": related.span.source.name,
        **_place(related.span),
    }


def _fix(fix: Fix) -> dict[str, Any]:
    return {"replacement": fix.replacement, **_place(fix.span)}


def _place(span: Span) -> dict[str, dict[str, int]]:
    return {
        "location": {"line": span.line, "column": span.column},
        "end_location": {"line": span.end_line, "column": span.end_column},
    }
