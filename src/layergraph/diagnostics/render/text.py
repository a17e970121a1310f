"""Diagnostics for people: the source lines, what is wrong underlined, and what to do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

from layergraph.diagnostics.diagnostic import Diagnostic
from layergraph.diagnostics.render.paint import Paint, Palette
from layergraph.diagnostics.render.visible import is_cut, stretch, visible
from layergraph.diagnostics.source import Source, Span


class Mark(NamedTuple):
    """A place to underline, with what, and what to say beside it."""

    span: Span
    sign: str
    message: str
    paint: Paint


def render(diagnostics: Iterable[Diagnostic], files: int, color: bool) -> str:  # noqa: ARG001
    """One paragraph for each diagnostic, with a blank line between two."""
    palette = Palette(color=color)
    return "\n".join(
        "".join(f"{line}\n" for line in _paragraph(diagnostic, palette))
        for diagnostic in diagnostics
    )


def _paragraph(diagnostic: Diagnostic, palette: Palette) -> Iterator[str]:
    paint = palette.severity(diagnostic.severity)
    title = paint(f"{diagnostic.severity}[{diagnostic.code.id}]")
    yield title + palette.bold(f": {visible(diagnostic.message)}")
    marks = [Mark(diagnostic.span, "^", visible(diagnostic.label), paint)]
    marks += [
        Mark(related.span, "-", visible(related.message), palette.gutter)
        for related in diagnostic.related
    ]
    numbers = (str(mark.span.line) for mark in marks if mark.span.source.text)
    margin = " " * max(map(len, numbers), default=1)
    for index, of_file in enumerate(_by_file(marks)):
        if index:
            yield palette.gutter(f"{margin} |")
        arrow = palette.gutter(f"{margin}{':::' if index else '-->'}")
        if of_file[0].span.source.name:
            yield f"{arrow} {visible(of_file[0].span.place)}"
        yield from _snippet(of_file, margin, palette)
    for call in diagnostic.calls:
        yield f"{palette.gutter(f'{margin} =')} {visible(str(call))}"
    remarks = [("note", note) for note in diagnostic.notes]
    if diagnostic.help is not None:
        remarks.append(("help", diagnostic.help))
    for kind, remark in remarks:
        yield f"{palette.gutter(f'{margin} =')} {palette.bold(kind)}: {visible(remark)}"


def _by_file(marks: list[Mark]) -> list[list[Mark]]:
    """The primary place's file first, the others in the order they are met."""
    files: dict[str, list[Mark]] = {}
    for mark in marks:
        files.setdefault(mark.span.source.name, []).append(mark)
    return list(files.values())


def _snippet(marks: list[Mark], margin: str, palette: Palette) -> Iterator[str]:
    source = marks[0].span.source
    if not source.text:
        return
    yield palette.gutter(f"{margin} |")
    previous = None
    for number, on_line in groupby(sorted(marks, key=_position), lambda mark: mark.span.line):
        if previous is not None and number > previous + 1:
            yield palette.gutter("...")
        previous = number
        yield from _line(number, list(on_line), source, margin, palette)


def _line(
    number: int, marks: list[Mark], source: Source, margin: str, palette: Palette
) -> Iterator[str]:
    """A source line with an underline for each mark; one that is cut is shown for each mark."""
    line = source.lines[number - 1] if number <= len(source.lines) else ""
    repeated = is_cut(line)
    for index, mark in enumerate(marks):
        start = mark.span.column - 1
        end = mark.span.end_column - 1 if mark.span.end_line == number else len(line)
        shown = stretch(line, start, end)
        if repeated or index == 0:
            gutter = palette.gutter(f"{number:>{len(margin)}} |")
            yield f"{gutter} {shown.text}".rstrip()
        underline = mark.paint(f"{mark.sign * shown.width} {mark.message}".rstrip())
        yield f"{palette.gutter(f'{margin} |')} {' ' * shown.start}{underline}"


def _position(mark: Mark) -> tuple[int, int]:
    return (mark.span.line, mark.span.column)
