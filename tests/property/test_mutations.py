"""Whatever is done to a graph file, `validate` gives a report, with places inside the file."""

import random
from pathlib import Path
from shutil import copytree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from layergraph.diagnostics import Severity
from layergraph.diagnostics.render import FORMATS, render
from layergraph.pipeline import validate
from tests.corpus.reports import VALID, graph_files
from tests.property.mutations import mutated

GALLERY = Path(__file__).parents[2] / "graphs"
BLOCKS = [folder / "blocks" for folder in (GALLERY, VALID) if (folder / "blocks").exists()]
FILES = [*graph_files(VALID), *graph_files(GALLERY)]
EXAMPLES = settings.default.max_examples // 3
"""For each file: there are many of them."""


def test_there_are_files():
    assert len(FILES) > 30


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
@settings(max_examples=EXAMPLES)
@given(seed=st.integers(0, 2**32), times=st.integers(1, 4))
def test_validate_always_gives_a_report(file, tmp_path_factory, seed, times):
    text = mutated(file.read_text(encoding="utf-8"), random.Random(seed), times)
    changed = tmp_path_factory.getbasetemp() / "mutated.yaml"
    changed.write_text(text, encoding="utf-8")
    imported = changed.parent / "blocks"
    if not imported.exists():
        for blocks in BLOCKS:
            copytree(blocks, imported, dirs_exist_ok=True)

    report = validate(changed)

    errors = [d for d in report.diagnostics if d.severity is Severity.ERROR]
    assert report.graph is None or not errors, text
    assert report.graph is not None or errors or is_library(text), text
    for diagnostic in report.diagnostics:
        spans = (
            diagnostic.span,
            *(related.span for related in diagnostic.related),
            *(call.span for call in diagnostic.calls),
        )
        for span in spans:
            assert is_inside(span, text), (diagnostic, text)
    for form in FORMATS:
        shown = render(form, report.diagnostics, files=1)
        assert all(line.isprintable() for line in shown.split("\n")), text


def is_library(text):
    return "blocks" in text and not any(f"{section}:" in text for section in ("inputs", "outputs"))


def is_inside(span, text):
    if Path(span.source.name).parent.name == "blocks":
        text = Path(span.source.name).read_text(encoding="utf-8")
    lines = span.source.lines
    start, end = (span.line, span.column), (span.end_line, span.end_column)
    return (
        span.source.text == text
        and (1, 1) <= start <= end
        and span.line <= len(lines)
        and span.column <= len(lines[span.line - 1]) + 1
        and span.end_line <= len(lines)
        and span.end_column <= len(lines[span.end_line - 1]) + 1
    )
