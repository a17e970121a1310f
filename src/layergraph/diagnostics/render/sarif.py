"""SARIF 2.1.0, the form in which code scanning takes the findings of any tool.

The standard is OASIS' "Static Analysis Results Interchange Format (SARIF) Version 2.1.0 Plus Errata
01"; the sections that are named below are its.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import PurePath
from typing import Any, Final
from urllib.parse import quote

from layergraph.diagnostics.codes import Code
from layergraph.diagnostics.diagnostic import Diagnostic, Related
from layergraph.diagnostics.fixes import Fix
from layergraph.diagnostics.pages import page
from layergraph.diagnostics.render.sentences import sentences
from layergraph.diagnostics.source import Span

VERSION: Final = "2.1.0"
SCHEMA: Final = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)


def render(diagnostics: Iterable[Diagnostic], files: int, color: bool) -> str:  # noqa: ARG001
    """A log with one run, in ASCII; its rules are the codes that it reports."""
    from layergraph import __version__

    found = list(diagnostics)
    rules = sorted({diagnostic.code for diagnostic in found})
    driver = {
        "name": "layergraph",
        "semanticVersion": __version__,
        "rules": [_rule(code) for code in rules],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",  # 3.14.17; what is meant without it is UTF-16
        "results": [_result(diagnostic, rules) for diagnostic in found],
    }
    return json.dumps({"$schema": SCHEMA, "version": VERSION, "runs": [run]}, indent=1) + "\n"


def _rule(code: Code) -> dict[str, Any]:
    words = code.name.split("-")
    return {
        "id": code.id,
        "name": "".join(word.capitalize() for word in words),  # 3.49.7: in Pascal case
        "shortDescription": {"text": " ".join(words).capitalize() + "."},
        "help": {"text": f"`layergraph explain {code.id}` tells more.", "markdown": page(code)},
        "defaultConfiguration": {"level": str(code.severity)},
    }


def _result(diagnostic: Diagnostic, rules: list[Code]) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": diagnostic.code.id,
        "ruleIndex": rules.index(diagnostic.code),
        "level": str(diagnostic.severity),
        "message": {"text": "\n".join(sentences(diagnostic))},
    }
    if diagnostic.span.source.name:
        result["locations"] = [_location(diagnostic.span)]
    calls = [Related(f"in block `{c.block}`, called here", c.span) for c in diagnostic.calls]
    related = [
        {"id": number, **_location(one.span), "message": {"text": one.message}}
        for number, one in enumerate((*diagnostic.related, *calls), start=1)
    ]
    if related:
        result["relatedLocations"] = related
    if diagnostic.fix is not None:
        result["fixes"] = [_fix(diagnostic.fix)]
    return result


def _location(span: Span) -> dict[str, Any]:
    return {"physicalLocation": {"artifactLocation": _artifact(span), "region": _region(span)}}


def _artifact(span: Span) -> dict[str, str]:
    """The file as a URI: relative where its path is, as code scanning wants it."""
    path = PurePath(span.source.name)
    return {"uri": path.as_uri() if path.is_absolute() else quote(path.as_posix())}


def _region(span: Span) -> dict[str, int]:
    """Lines and columns count from 1, and the end is exclusive, as ours do and are: 3.30."""
    return {
        "startLine": span.line,
        "startColumn": span.column,
        "endLine": span.end_line,
        "endColumn": span.end_column,
    }


def _fix(fix: Fix) -> dict[str, Any]:
    replacement = {
        "deletedRegion": _region(fix.span),
        "insertedContent": {"text": fix.replacement},
    }
    change = {"artifactLocation": _artifact(fix.span), "replacements": [replacement]}
    return {"artifactChanges": [change]}
