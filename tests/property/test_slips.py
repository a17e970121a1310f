"""A slip of the pen in a graph that ships: what is repaired is that graph again, but for names."""

import re
from pathlib import Path

from hypothesis import assume, event, given
from hypothesis import strategies as st

from layergraph.pipeline import validate
from layergraph.repairs import Repairs

GRAPHS = sorted(path for path in Path("graphs").glob("*.yaml") if path.stat().st_size < 2_000)
WORD = re.compile(r"(?<![\w#$.])[A-Za-z_]\w{2,}(?!\w)")
LETTERS = "abcdefghijklmnopqrstuvwxyz"


@st.composite
def slips(draw):
    """A graph file, and its text with one letter left out, added, changed or swapped."""
    file = draw(st.sampled_from(GRAPHS))
    text = file.read_text(encoding="utf-8")
    word = draw(st.sampled_from(list(WORD.finditer(text))))
    at = draw(st.integers(word.start(), word.end() - 1))
    letter = draw(st.sampled_from(["", *LETTERS]))
    rest = draw(
        st.sampled_from([text[at:], text[at + 1 :], text[at + 1] + text[at] + text[at + 2 :]])
    )
    return file, text[:at] + letter + rest


def shown(graph):
    """What a model is made of, whatever its parts are called."""
    return [
        (node.type, [str(out) for out in node.outputs], sorted(map(str, node.weights.values())))
        for node in graph.nodes.values()
    ]


@given(slips())
def test_a_repaired_file_is_the_model_that_it_was(case):
    file, wrong = case
    unsaved = {file.resolve(): wrong.encode()}
    before = validate(file, unsaved=unsaved)
    assume(not before.ok)
    repairs = Repairs(lambda path, changed: validate(path, unsaved=unsaved | changed))
    repairs.unsaved = dict(unsaved)
    repairs.mend(file)
    after = validate(file, unsaved=repairs.unsaved)
    event(f"repaired: {after.ok}")
    assert len(after.errors) <= len(before.errors)
    assert len(after.errors) < len(before.errors) or not repairs.made
    if after.graph is not None:
        assert shown(after.graph) == shown(validate(file).graph)
