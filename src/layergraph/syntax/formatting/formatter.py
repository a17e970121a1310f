"""A text → its canonical form, proved to say the same."""

from __future__ import annotations

from layergraph.diagnostics import Diagnostics, Source, Span, codes
from layergraph.syntax.formatting.document import Collection, Comment, Document, Entry
from layergraph.syntax.formatting.layout import lines_of
from layergraph.syntax.formatting.order import put_in_order
from layergraph.syntax.formatting.proof import same_comments, same_values
from layergraph.syntax.formatting.reading import read
from layergraph.syntax.limits import DEFAULT, Limits
from layergraph.syntax.reader import parse
from layergraph.syntax.tree import Mapping, Tree

_BOM = "\ufeff"


def format_source(source: Source, diagnostics: Diagnostics, limits: Limits = DEFAULT) -> str | None:
    """The canonical form of a text, which need not be a valid graph.

    Lines end as the first of the text does. None where it is no YAML, or no graph file; what is
    wrong is reported.
    """
    source = Source(source.name, source.text.removeprefix(_BOM))
    before = _parsed(source, diagnostics, limits)
    if before is None:
        return None
    if not isinstance(before, Mapping) or "layergraph" not in before.entries:
        diagnostics.report(
            codes.NOT_A_GRAPH,
            "the file has no `layergraph:`, so it is left alone",
            Span.whole(source),
            help="a graph file starts with `layergraph: 1`",
        )
        return None
    document = read(source.text.replace("\r\n", "\n").replace("\r", "\n"))
    formatted = "\n".join(_lines(document)) + "\n"
    if not _says_the_same(source, before, Source("", formatted), limits):
        diagnostics.report(
            codes.UNFORMATTABLE,
            "formatting would change what the file says, so it is left alone",
            Span.whole(source),
            help="a key of more than 1,000 characters does that; else please report it as a defect",
        )
        return None
    first_end = source.text.find("\n")
    has_crlf = first_end > 0 and source.text[first_end - 1] == "\r"
    return formatted.replace("\n", "\r\n") if has_crlf else formatted


def _parsed(source: Source, diagnostics: Diagnostics, limits: Limits) -> Tree | None:
    known = len(diagnostics)
    tree = parse(source, diagnostics, limits)
    return tree if len(diagnostics) == known else None


def _lines(document: Document) -> list[str]:
    root = document.root.value
    assert isinstance(root, Collection)
    top = root.entries[0]
    header = _header(top)
    is_apart = top.blank_before or len(header) < len(top.leading)
    if len(header) == len(top.leading):
        top.blank_before = False
    top.leading = top.leading[len(header) :]
    written = root.entries
    put_in_order(root)
    if header:
        first = root.entries[0]
        (first.leading[0] if first.leading else first).blank_before = is_apart
    return lines_of(document, header, sections_moved=root.entries != written)


def _header(top: Entry) -> list[Comment]:
    """Of the comments above the first section, those on the whole file.

    A blank line parts them from those on the section, if there are any.
    """
    comments = top.leading
    breaks = [at for at in range(1, len(comments)) if comments[at].blank_before]
    return comments[: breaks[-1]] if breaks and not top.blank_before else comments


def _says_the_same(source: Source, before: Tree, formatted: Source, limits: Limits) -> bool:
    after = _parsed(formatted, Diagnostics(), limits)
    return after is not None and same_values(before, after) and same_comments(source, formatted)
