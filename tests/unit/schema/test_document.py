"""The files on disk: fresh, valid against their meta-schemas, and in words that all tools know."""

import json

import pytest

from layergraph.schema import DRAFTS, document, text
from tests.unit.schema.reading import VALIDATORS, WRITTEN

BESIDE_A_REFERENCE = {"$ref", "description", "default"}
"""In draft 7 a reference hides all that stands beside it: only what is to be shown may."""


def test_every_draft_has_a_file():
    assert set(WRITTEN) == set(DRAFTS) == set(VALIDATORS)


@pytest.mark.parametrize("draft", DRAFTS)
def test_the_file_is_fresh(draft):
    file = WRITTEN[draft]
    command = f"layergraph schema --draft {draft} -o schemas/{file.name} --force"
    assert file.read_text(encoding="utf-8") == text(draft), f"run `{command}`"


@pytest.mark.parametrize("draft", DRAFTS)
def test_it_is_a_schema(draft):
    VALIDATORS[draft].check_schema(document(draft))


@pytest.mark.parametrize("draft", DRAFTS)
def test_it_is_small_enough_for_an_editor(draft):
    assert len(text(draft).encode()) < 1.5 * 2**20


def parts(value, key=None):
    """Every mapping in a schema, with the key that it stands under."""
    if isinstance(value, dict):
        yield key, value
        for inner, item in value.items():
            yield from parts(item, inner)
    if isinstance(value, list):
        for item in value:
            yield from parts(item)


@pytest.mark.parametrize("draft", DRAFTS)
def test_it_has_no_words_that_few_tools_know(draft):
    holders = {"2020-12": "$defs", "7": "definitions"}
    other = {"definitions", "$defs"} - {holders[draft]}
    forbidden = {"$dynamicRef", "$dynamicAnchor", "unevaluatedProperties", "unevaluatedItems"}
    forbidden |= {"$recursiveRef", "prefixItems", "dependentSchemas", "dependentRequired"} | other
    for key, part in parts(document(draft)):
        if key not in ("properties", "patternProperties", *holders.values()):
            assert not forbidden & part.keys()


@pytest.mark.parametrize("draft", DRAFTS)
def test_every_reference_leads_somewhere(draft):
    schema = document(draft)
    for _, part in parts(schema):
        reference = part.get("$ref")
        if not isinstance(reference, str):
            continue
        assert reference.startswith("#/")
        found = schema
        for step in reference.removeprefix("#/").split("/"):
            found = found[step]
        assert isinstance(found, dict)


@pytest.mark.parametrize("draft", DRAFTS)
def test_beside_a_reference_stands_only_what_is_shown(draft):
    for _, part in parts(document(draft)):
        if isinstance(part.get("$ref"), str):
            assert part.keys() <= BESIDE_A_REFERENCE


@pytest.mark.parametrize("draft", DRAFTS)
def test_every_definition_is_used(draft):
    schema = document(draft)
    used = json.dumps(schema)
    holder = "$defs" if draft == "2020-12" else "definitions"
    unused = [name for name in schema[holder] if f'"#/{holder}/{name}' not in used]
    assert unused == []
