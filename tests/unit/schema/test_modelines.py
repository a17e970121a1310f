"""The files of the gallery tell editors where their schema is."""

import pytest

from tests.unit.schema.reading import ROOT, WRITTEN

GALLERY = sorted((ROOT / "graphs").rglob("*.yaml"))


@pytest.mark.parametrize("file", GALLERY, ids=lambda file: str(file.relative_to(ROOT)))
def test_the_first_line_names_the_schema(file):
    first = file.read_text(encoding="utf-8").splitlines()[0]
    mark, _, path = first.partition("=")
    assert mark == "# yaml-language-server: $schema"
    assert (file.parent / path).resolve() == WRITTEN["7"]
