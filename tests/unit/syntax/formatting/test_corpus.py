"""Formatting changes nothing of what is said of a file: not of any in the corpus or the gallery."""

import re
from pathlib import Path
from shutil import copytree

import pytest

from layergraph.diagnostics import Diagnostics, Source, codes
from layergraph.pipeline import validate
from layergraph.syntax.formatting import format_source
from layergraph.syntax.reader import decode
from tests.corpus.reports import INVALID, VALID, graph_files

GALLERY = Path(__file__).parents[4] / "graphs"
_PLACE = re.compile(r"\b(line )\d+|:\d+:\d+\b")


def name_of(file):
    return f"{file.parent.name}/{file.stem}"


def said(file):
    """What is said of a file, but for the places."""
    return sorted(
        (
            diagnostic.code.id,
            _PLACE.sub(r"\1", diagnostic.message),
            diagnostic.path,
            _PLACE.sub(r"\1", diagnostic.help or ""),
            tuple(_PLACE.sub(r"\1", str(call)) for call in diagnostic.calls),
        )
        for diagnostic in validate(file).diagnostics
    )


FILES = [
    file
    for file in (*graph_files(VALID), *graph_files(INVALID), *graph_files(GALLERY))
    if "comma-for-a-colon" not in file.name  # what they leave empty becomes an explicit null
]


@pytest.mark.parametrize("file", FILES, ids=name_of)
def test_the_same_is_said_of_a_file_once_it_is_formatted(file, tmp_path, monkeypatch):
    diagnostics = Diagnostics()
    text = decode(file.read_bytes(), file.name, diagnostics)
    formatted = format_source(Source(file.name, text), diagnostics) if text is not None else None
    if formatted is None:
        found = {diagnostic.code for diagnostic in diagnostics}
        assert found
        assert codes.UNFORMATTABLE not in found
        assert file.parent == INVALID
        return
    copy = tmp_path / file.parent.name / file.name
    copytree(file.parent / "blocks", copy.parent / "blocks")
    copy.write_text(formatted, encoding="utf-8")
    monkeypatch.chdir(file.parent)
    before = said(Path(file.name))
    monkeypatch.chdir(copy.parent)
    assert said(Path(file.name)) == before


@pytest.mark.parametrize("file", sorted(GALLERY.rglob("*.yaml")), ids=name_of)
def test_the_gallery_has_its_canonical_form(file):
    text = file.read_text(encoding="utf-8")
    assert format_source(Source(file.name, text), Diagnostics()) == text
