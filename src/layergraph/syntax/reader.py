"""The first stage: a YAML file → a tree of values with their places.

Given a path or a text, it guarantees a tree within its limits, whose keys are texts and whose
numbers are finite, but for infinities in `ops.*` nodes. A mistake that leaves the rest of the text
readable spoils one value, and reading goes on; any other gives None. All are reported.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from os import PathLike
from pathlib import Path
from typing import BinaryIO, Final, TypeAlias

from layergraph.diagnostics import Diagnostics, Source, Span
from layergraph.diagnostics.codes import (
    FILE_TOO_LARGE,
    INVALID_YAML,
    NOT_A_GRAPH,
    NOT_UTF8,
    UNREADABLE_FILE,
)
from layergraph.syntax.composer import Composer
from layergraph.syntax.finite import refuse_infinities
from layergraph.syntax.limits import DEFAULT, Limits
from layergraph.syntax.places import span_between
from layergraph.syntax.reports import Refused
from layergraph.syntax.tree import Tree

Contents: TypeAlias = Mapping[Path, bytes]
"""What files hold, by their resolved paths."""

NOTHING_UNSAVED: Final[Contents] = {}
_BOM: Final = "\ufeff"
_FORBIDDEN: Final = re.compile(
    "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
)
"""What YAML's grammar calls non-printable: control characters and lone surrogates."""


def read_file(
    path: str | PathLike[str],
    diagnostics: Diagnostics,
    limits: Limits = DEFAULT,
    shown_as: str | None = None,
    unsaved: Contents = NOTHING_UNSAVED,
) -> Tree | None:
    """The tree of a file, or None where it cannot be read; `shown_as` names it in reports.

    What `unsaved` has for the path, resolved, is read instead of what is on the disk.
    """
    name = shown_as if shown_as is not None else str(path)
    data = unsaved.get(Path(path).resolve()) if unsaved else None
    if data is None:
        data = read_bytes(Path(path), name, diagnostics, limits)
    text = decode(data, name, diagnostics) if data is not None else None
    return parse(Source(name, text), diagnostics, limits) if text is not None else None


def parse(source: Source, diagnostics: Diagnostics, limits: Limits = DEFAULT) -> Tree | None:
    """The tree of a text, or None where it is empty or cannot be read."""
    if source.text.startswith(_BOM):
        source = Source(source.name, source.text.removeprefix(_BOM))
    forbidden = _FORBIDDEN.search(source.text)
    if forbidden is not None:
        diagnostics.report(
            INVALID_YAML,
            f"the character U+{ord(forbidden[0]):04X} is not allowed in YAML",
            span_between(source, *forbidden.span()),
            help="remove it, or write it as an escape in double quotes",
        )
        return None
    composer = Composer(source, diagnostics, limits)
    try:
        tree = composer.compose()
    except Refused:
        return None
    if tree is None or _is_nothing(tree):
        diagnostics.report(
            NOT_A_GRAPH,
            "the file is empty",
            Span.whole(source),
            help="a graph file starts with `layergraph: 1`",
        )
        return None
    return refuse_infinities(tree, diagnostics) if composer.has_infinities else tree


def read_bytes(path: Path, name: str, diagnostics: Diagnostics, limits: Limits) -> bytes | None:
    """What a file holds, or None where it cannot be read or is too large."""
    try:
        if path.stat().st_size <= limits.file_bytes:
            with path.open("rb") as file:
                return read_stream(file, name, diagnostics, limits)
    except (OSError, ValueError) as error:
        nowhere = Span.whole(Source(name, ""))
        diagnostics.report(UNREADABLE_FILE, f"`{name}` {_why(error)}", nowhere)
        return None
    _report_size(name, diagnostics, limits)
    return None


def read_stream(
    file: BinaryIO, name: str, diagnostics: Diagnostics, limits: Limits
) -> bytes | None:
    """What is left of an open file, or None where it is too large.

    At most one byte more than allowed is read, as a device or a pipe tells no size.
    """
    data = file.read(limits.file_bytes + 1)
    if len(data) <= limits.file_bytes:
        return data
    _report_size(name, diagnostics, limits)
    return None


def _report_size(name: str, diagnostics: Diagnostics, limits: Limits) -> None:
    diagnostics.report(
        FILE_TOO_LARGE,
        f"`{name}` is larger than {limits.file_bytes:,} bytes",
        Span.whole(Source(name, "")),
        help="a graph file is seldom so large: is it the right one? `--max-bytes` raises the limit",
    )


def _why(error: OSError | ValueError) -> str:
    match error:
        case FileNotFoundError():
            return "does not exist"
        case IsADirectoryError():
            return "is a directory, not a file"
        case PermissionError():
            return "cannot be read: no permission"
        case OSError(strerror=str(reason)):
            return f"cannot be read: {reason.lower()}"
        case _:
            return f"cannot be read: {error}"


def decode(data: bytes, name: str, diagnostics: Diagnostics) -> str | None:
    """The text of a file, or None where it is not UTF-8."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in data[:2]:
        diagnostics.report(
            NOT_UTF8,
            f"`{name}` is not UTF-8 but looks like UTF-16",
            Span.whole(Source(name, "")),
            help="save it as UTF-8",
        )
        return None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # In the text as shown, one replacement character stands where the bad byte does.
        # `error.object` is what was decoded, without a byte order mark.
        source = Source(name, error.object.decode(errors="replace"))
        index = len(error.object[: error.start].decode())
        diagnostics.report(
            NOT_UTF8,
            f"byte 0x{error.object[error.start]:02x} is not UTF-8",
            span_between(source, index, index + 1),
            help="save the file as UTF-8",
        )
        return None


def _is_nothing(tree: Tree) -> bool:
    """Whether a document holds no character at all: its value is null, and has no width."""
    _, line, column, end_line, end_column = tree.span
    return (line, column) == (end_line, end_column)
