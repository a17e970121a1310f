"""Comments are what YAML takes for comments, and those that ignore warnings do."""

import pytest

from layergraph.diagnostics import Source
from layergraph.pipeline import validate
from layergraph.syntax import composer
from layergraph.syntax.comments import comments


def found_in(text):
    return [(*comment,) for comment in comments(Source("graph.yaml", text))]


@pytest.fixture(params=["libyaml", "PyYAML's own"], autouse=True)
def parser(request, monkeypatch):
    if request.param != "libyaml":
        monkeypatch.setattr("layergraph.syntax.comments.PARSER", composer.yaml.SafeLoader)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("# all\na: 1", [("# all", 1, 1)]),
        ("a: b # c\r\nd: e# f # g", [("# c", 1, 6), ("# g", 2, 9)]),
        ("a: '# no' # c", [("# c", 1, 11)]),
        ('a: "b\n  # no" # c', [("# c", 2, 9)]),
        ("'# no': 1", []),
        ("a: | # c\n  # no\n # d\nb: 1", [("# c", 1, 6), ("# d", 3, 2)]),
        ("a: >\n  x\n  # no\n\n# e", [("# e", 5, 1)]),
        ("a: |\n  # no", []),
        ("a: &b # c\n  d: 1", [("# c", 1, 7)]),
        ("a: b\n   c # d\n", [("# d", 2, 6)]),
        ("a: 😀界 # é\n# f", [("# é", 1, 7), ("# f", 2, 1)]),
        ("a: [1, # c\n  2] # d", [("# c", 1, 8), ("# d", 2, 6)]),
        ("a: # c\n", [("# c", 1, 4)]),
        ("a: 1\u2028# c", [("# c", 2, 1)]),
    ],
)
def test_comments_and_their_places(text, found):
    assert found_in(text) == found


SPARE = """\
layergraph: 1
inputs: {x: {shape: [4]}}
layers:
  spare: {type: Dense, from: x, units: 2}COMMENT
outputs: {y: {from: x, task: regression}}
"""


def codes_with(tmp_path, comment, **options):
    file = tmp_path / "graph.yaml"
    file.write_text(SPARE.replace("COMMENT", comment), encoding="utf-8")
    return [d.code.id for d in validate(file, **options).diagnostics]


@pytest.mark.parametrize(
    ("comment", "found"),
    [
        ("", ["LG401"]),
        ("  # layergraph: ignore[LG401] later", []),
        ("  #layergraph:ignore [ unused-node , ]: later", []),
        ("  # see below  # layergraph: ignore[LG401] later", []),
        ("  # layergraph: ignore[LG401] later\n  # another comment", []),
        ("  # layergraph: ignore[LG401]", ["LG451"]),
        ("  # layergraph: ignore[LG401, LG450] both", ["LG450"]),
        ("  # layergraph: ignore[LG401] a  # layergraph: ignore[LG450] b", ["LG450"]),
        ("  # layergraph: ignore[LG401]  # layergraph: ignore[LG401] b", ["LG451"]),
        ("  # layergraph: ignore[lg401] later", ["LG401", "LG452"]),
        ("  # layergraph: ignore[LG401 later", ["LG401", "LG452"]),
        ("  # layergraph: ignore[ , ] later", ["LG401", "LG452"]),
        ("  # layergraph: skip[LG401] later", ["LG401", "LG452"]),
        ("  # layergraph: 1", ["LG401"]),
        ("  # layergraph: reads this", ["LG401"]),
        ("  # layergraph: ignore[LG401] later\n  # and another one", []),
        ("\n  # layergraph: ignore[LG401] later", ["LG401", "LG450"]),
    ],
)
def test_what_a_comment_leaves_of_the_warning(comment, found, tmp_path):
    assert codes_with(tmp_path, comment) == found


@pytest.mark.parametrize("form", ["'{}'", '"{}"', "|\n {}", ">\n {}\n {}"])
def test_a_text_that_looks_like_a_comment_is_none(form, tmp_path):
    text = form.replace("{}", "# layergraph: ignore")
    assert codes_with(tmp_path, f"\ndescription: {text}") == ["LG401"]


def test_errors_are_not_silenced_and_comments_then_not_called_useless(tmp_path):
    broken = "  # layergraph: ignore[LG401] later\n  wrong: {type: Dense, from: z, units: 2}"
    broken += "  # layergraph: ignore[LG203, LG401] never"
    assert codes_with(tmp_path, broken) == ["LG203", "LG452"]


def test_a_warning_in_an_imported_file_is_silenced_there(tmp_path):
    blocks = tmp_path / "blocks.yaml"
    text = (
        "layergraph: 1\nblocks:\n  two:\n    inputs: [x]\n    layers:\n"
        "      a: {type: ReLU, from: x}\n      b: {type: ReLU, from: x}COMMENT\n    outputs: a\n"
    )
    graph = (
        "layergraph: 1\nimports: {lib: blocks.yaml}\ninputs: {x: {shape: [4]}}\n"
        "layers: {both: {block: lib.two, from: x}}\n"
        "outputs: {y: {from: both, task: regression}}\n"
    )
    (tmp_path / "graph.yaml").write_text(graph, encoding="utf-8")
    for comment, found in [
        ("", [("LG401", "blocks.yaml", 7)]),
        ("  # layergraph: ignore[LG401] for a look inside", []),
        # the fault of a comment is reported with its own file
        ("  # layergraph: ignore[LG401]", []),
    ]:
        blocks.write_text(text.replace("COMMENT", comment), encoding="utf-8")
        diagnostics = validate(tmp_path / "graph.yaml").diagnostics
        places = [(d.code.id, d.span.source.name.split("/")[-1], d.span.line) for d in diagnostics]
        assert places == found
    assert [d.code.id for d in validate(blocks).diagnostics] == ["LG451"]


def test_a_comment_in_a_file_of_blocks_is_not_called_useless(tmp_path):
    file = tmp_path / "blocks.yaml"
    file.write_text(
        "layergraph: 1\nblocks:\n  one:  # layergraph: ignore[LG401] as some call it\n"
        "    inputs: [x]\n    layers: {a: {type: ReLU, from: x}}\n    outputs: a\n",
        encoding="utf-8",
    )
    assert validate(file).diagnostics == ()


@pytest.mark.parametrize(
    ("options", "found"),
    [
        ({"select": ["LG401"]}, ["LG401"]),
        ({"select": ["LG4"]}, ["LG401", "LG452"]),
        ({"select": ["malformed-ignore"]}, ["LG452"]),
        ({"ignore": ["LG45", "unused-node"]}, []),
        ({"select": ["LG4"], "ignore": ["LG401"]}, ["LG452"]),
    ],
)
def test_selected_warnings(options, found, tmp_path):
    assert codes_with(tmp_path, "  # layergraph: ignore[LG999] no", **options) == found


@pytest.mark.parametrize("text", ["LG203", "LG2", "LG999", "L", "", "unused", "lg401"])
def test_what_selects_no_warning_is_refused(text, tmp_path):
    with pytest.raises(ValueError, match="'"):
        codes_with(tmp_path, "", ignore=[text])
