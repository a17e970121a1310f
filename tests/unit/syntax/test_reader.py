import math
from pathlib import Path

import pytest
import yaml

from layergraph.diagnostics import Diagnostics
from layergraph.spec.place import Place
from layergraph.syntax import SPOILED, Limits, Scalar, composer, plain, read_file
from tests.unit.syntax.reading import only_report, places, read


def at(text, *path):
    tree, reports = read(text)
    assert not reports
    return (*span_at(tree, path)[1:],)


def span_at(tree, path):
    return Place(tree, (), tree.span).at(*path).span


def key_span_at(tree, path):
    return Place(tree, (), tree.span).at(*path).key_span


@pytest.mark.parametrize(
    ("text", "path", "place"),
    [
        ("a: b\n", ["a"], (1, 4, 1, 5)),
        ("a: b\r\nc: d\r\n", ["c"], (2, 4, 2, 5)),
        ("a: b\rc: d", ["c"], (2, 4, 2, 5)),
        ("a: b\u2028c: d", ["c"], (2, 4, 2, 5)),
        ("a: 😀界 # é\nb: üx", ["a"], (1, 4, 1, 6)),
        ("a: 😀界 # é\nb: üx", ["b"], (2, 4, 2, 6)),
        ("\ufeffa: b", ["a"], (1, 4, 1, 5)),
        ("a: 'b c' # d", ["a"], (1, 4, 1, 9)),
        ("a: 'b\n  c'\nd: 1", ["a"], (1, 4, 2, 5)),
        ("a: x\n  y z  \n\n# c\nb: 1", ["a"], (1, 4, 2, 6)),
        ("a: |\n  foo\n  bar  \n\n# c\nb: c\n", ["a"], (1, 4, 3, 6)),
        ("a: >-\n  foo\n\n\n", ["a"], (1, 4, 2, 6)),
        ("a: |\n\nb: 1", ["a"], (1, 4, 1, 5)),
        ("a:\nb: 1", ["a"], (1, 3, 1, 3)),
        ("a:\n  b: 1\n  c: [1,\n   2]\n\n# x\nd: 2\n", ["a"], (2, 3, 4, 6)),
        ("a:\n- 1\n- - 2\n  - 3\n\n\nb: 2\n", ["a"], (2, 1, 4, 6)),
        ("a:\n- 1\n- - 2\n  - 3\n\n\nb: 2\n", ["a", 1], (3, 3, 4, 6)),
        ("a: [b: c  , d]", ["a", 0], (1, 5, 1, 9)),
        ("a: {b: 1, c: }\n", ["a"], (1, 4, 1, 15)),
        ("a: []\n", ["a"], (1, 4, 1, 6)),
        ("a: &x  b\n", ["a"], (1, 8, 1, 9)),
        ("a: &x # why\n  b: 1\nc: *x\n", ["a"], (2, 3, 2, 7)),
        ("a: &x # why\n  b: 1\nc: *x\n", ["c"], (3, 4, 3, 6)),
        ("a: &x # why\n  b: 1\nc: *x\n", ["c", "b"], (2, 6, 2, 7)),
        ("a: &x\nb: 1\n", ["a"], (1, 6, 1, 6)),
        ("m: &m\n  &k key: &v v\n", ["m"], (2, 3, 2, 15)),
        ("a: b\n", [], (1, 1, 1, 5)),
        ("\n\n--- # x\na: b\n...\n", [], (4, 1, 4, 5)),
        ("a: {b: 1}", ["a", "nothing", "here"], (1, 4, 1, 10)),
        ("a: [1]", ["a", 7], (1, 4, 1, 7)),
    ],
)
def test_places(text, path, place):
    assert at(text, *path) == place


def test_finding():
    tree, _ = read("a: [1, {b: x}]\n")
    place = Place(tree, (), tree.span)
    assert place.at("a", 1, "b").tree == Scalar("x", span_at(tree, ["a", 1, "b"]))
    assert place.at("a", 2).path == place.at("a", "b").path == ("a",)
    assert place.at("a", 0, "b").path == ("a", 0)
    assert (*key_span_at(tree, ["a", 1, "b"])[1:],) == (1, 9, 1, 10)
    assert (*key_span_at(tree, ["a", 1])[1:],) == (1, 8, 1, 14)
    assert key_span_at(tree, ["z"]) == tree.span
    assert key_span_at(tree, []) == tree.span


def test_strings_that_yaml_1_1_takes_for_more():
    tree, reports = read("on: no\ny: 12:30\n0_conv: 2024-01-01\n'1': '2'\n\"null\": x\n")
    assert plain(tree) == {"on": "no", "y": "12:30", "0_conv": "2024-01-01", "1": "2", "null": "x"}
    assert not reports


@pytest.mark.parametrize(
    "text", ["", "\n \n", "# only\n# comments\n", "---\n", "---\n...\n", "\ufeff"]
)
def test_an_empty_file(text):
    assert read(text) == (None, [("LG101", 1, 1, 1, 1)])


def test_duplicate_keys_at_every_level_in_one_run():
    tree, reports = read("a: {x: 1, x: 2}\nb: 1\na: 3\n'b': 4\nb: 5\nc: 6\n")
    assert reports == [
        ("LG007", 1, 11, 1, 12),
        ("LG007", 3, 1, 3, 2),
        ("LG007", 4, 1, 4, 4),
        ("LG007", 5, 1, 5, 2),
    ]
    assert not tree.is_whole
    assert values(tree) == {"a": SPOILED, "b": SPOILED, "c": 6}


def values(tree):
    """What the keys of a mapping that are left have, also where others are missing."""
    return {key: plain(entry.value) for key, entry in tree.entries.items()}


def test_a_duplicate_key_names_the_first():
    found = only_report("layers:\n  a: 1\n  b: 2\n  a: 3\n")
    assert found.message == "the key `a` is given twice"
    assert places(found) == [(2, 3, 2, 4)]
    assert found.path == ("layers", "a")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("a: !!str x", (1, 4, 1, 9)),
        ("a: !!python/object:os.system [x]", (1, 4, 1, 29)),
        ("a: ! x", (1, 4, 1, 5)),
        ("a: ! 'x'", (1, 4, 1, 5)),
        ("a: !<tag:yaml.org,2002:str> x", (1, 4, 1, 28)),
        ("a: &x !!map\n  b: 1", (1, 7, 1, 12)),
        ("a: !!map &x\n  b: 1", (1, 4, 1, 9)),
        ("a:\n  !!seq\n  - 1", (2, 3, 2, 8)),
    ],
)
def test_tags(text, place):
    tree, reports = read(text)
    assert reports == [("LG008", *place)]
    assert plain(tree) == {"a": SPOILED}


def test_a_tag_of_an_unknown_handle_ends_the_reading():
    assert read("a: !foo!x y") == (None, [("LG008", 1, 4, 1, 5)])


def test_a_tagged_key_keeps_its_value():
    tree, reports = read("!!str a: 1\n")
    assert reports == [("LG008", 1, 1, 1, 6)]
    assert plain(tree) == {"a": 1}


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("---\na: 1\n---\nb: 2\n", (3, 1, 3, 4)),
        ("a: 1\n--- {b: 2}\n", (2, 1, 2, 4)),
        ("a: 1\n...\n---\n", (3, 1, 3, 4)),
    ],
)
def test_several_documents(text, place):
    assert read(text) == (None, [("LG009", *place)])


@pytest.mark.parametrize("text", ["---\na: 1\n", "a: 1\n...\n", "%YAML 1.2\n---\na: 1\n...\n"])
def test_one_document_with_markers(text):
    tree, reports = read(text)
    assert plain(tree) == {"a": 1}
    assert not reports


@pytest.mark.parametrize(
    ("text", "place", "left"),
    [
        ("1: x", (1, 1, 1, 2), {}),
        ("010: x", (1, 1, 1, 4), {}),
        ("null: x", (1, 1, 1, 5), {}),
        ("true: x", (1, 1, 1, 5), {}),
        ("1.5: x\na: 1", (1, 1, 1, 4), {"a": 1}),
        (".inf: x", (1, 1, 1, 5), {}),
        ("? [a]\n: x", (1, 3, 1, 6), {}),
        ("{{a: 1}: x}", (1, 2, 1, 8), {}),
        ("a: &n 1\n*n : x", (2, 1, 2, 3), {"a": 1}),
    ],
)
def test_keys_that_are_no_texts_are_left_out(text, place, left):
    tree, reports = read(text)
    assert reports == [("LG010", *place)]
    assert not tree.is_whole
    assert values(tree) == left
    assert plain(tree) is SPOILED


def test_a_comma_for_a_colon_leaves_no_value():
    tree, reports = read("{units, 4, name: x}")
    assert reports == [("LG010", 1, 9, 1, 10)]
    assert values(tree) == {"units": SPOILED, "name": "x"}
    assert only_report("{units, 4}").help.endswith("it is `units: 4`")


def test_brackets_that_are_wrong_explain_odd_keys_in_them():
    _, reports = read("1: x\na: {{b: 1}\nc: 2\n")
    assert [code for code, *_ in reports] == ["LG010", "LG003"]


def test_a_key_that_is_no_text_says_how_to_quote_it():
    assert only_report("1: x").help == 'quote it: `"1"`'


def test_an_alias_of_a_text_can_be_a_key():
    tree, reports = read("a: &n name\n*n : x\n&k b: 1\nc: *k")
    assert plain(tree) == {"a": "name", "name": "x", "b": 1, "c": "b"}
    assert not reports


@pytest.mark.parametrize(
    "number", [".nan", "1e999", "-1e999", ".inf", "-.inf", "9" * 5000, "0x" + "f" * 400]
)
def test_numbers_that_are_not_finite(number):
    tree, reports = read(f"a: {number}\nb: 1")
    assert reports == [("LG011", 1, 4, 1, 4 + len(number))]
    assert plain(tree) == {"a": SPOILED, "b": 1}


def test_infinity_masks_in_operations():
    text = "layers:\n  a: {x2: {array: [-.inf]}, type: ops.where}\n  b: {type: Dense, x: [.inf]}\n"
    tree, reports = read(text)
    assert reports == [("LG011", 3, 24, 3, 28)]
    assert plain(tree)["layers"]["a"]["x2"] == {"array": [-math.inf]}
    assert plain(tree)["layers"]["b"]["x"] == [SPOILED]


def test_an_infinity_is_reported_once_however_often_it_is_aliased():
    assert read("a: &a [.inf]\nb: *a\nc: *a\n")[1] == [("LG011", 1, 8, 1, 12)]


def test_merging():
    tree, reports = read(
        "base: &base {x: 1, y: 2}\nown: {y: 3, <<: *base}\n"
        "list: {<<: [*base, {x: 4, z: 5}]}\nquoted: {'<<': 1}\n"
    )
    assert not reports
    value = plain(tree)
    assert value["own"] == {"x": 1, "y": 3}
    assert value["list"] == {"x": 1, "y": 2, "z": 5}
    assert value["quoted"] == {"<<": 1}
    assert (*span_at(tree, ["own", "x"])[1:],) == (1, 17, 1, 18)
    assert (*key_span_at(tree, ["own", "y"])[1:],) == (2, 7, 2, 8)


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ("a: {<<: 1}", "LG012", (1, 9, 1, 10)),
        ("a:\n  <<:\n", "LG012", (2, 6, 2, 6)),
        ("a: {<<: [{x: 1}, 2]}", "LG012", (1, 18, 1, 19)),
        ("a: {<<: [[{x: 1}]]}", "LG012", (1, 10, 1, 18)),
        ("a: {<<: {x: 1}, <<: {y: 1}}", "LG007", (1, 17, 1, 19)),
        ("a: {<<: !!map {x: 1}}", "LG008", (1, 9, 1, 14)),
    ],
)
def test_merges_that_cannot_be(text, code, place):
    tree, reports = read(text)
    assert reports == [(code, *place)]
    assert plain(tree) == {"a": SPOILED}


def test_independent_mistakes_come_in_one_run():
    _, reports = read("a: !!x y\n1: x\nb: .nan\nc: {<<: 2}\nd: 1\nd: 2\ne: [1\n")
    assert [code for code, *_ in reports] == ["LG008", "LG010", "LG011", "LG012", "LG007", "LG003"]


@pytest.mark.parametrize(
    ("text", "place", "message", "related"),
    [
        ("a: [1,\n  2\n\n", (2, 4, 2, 4), "`[` is not closed", [(1, 4, 1, 5)]),
        ("a: [", (1, 5, 1, 5), "`[` is not closed", [(1, 4, 1, 5)]),
        ("a: {b: [1}", (1, 10, 1, 11), "`,` or `]` is expected here", [(1, 8, 1, 9)]),
        ("a: {b: 1\nc: 2\n", (2, 2, 2, 3), "`,` or `}` is expected here", [(1, 4, 1, 5)]),
        ("a: 'x\nb: c\n", (2, 5, 2, 5), "a quoted text is not closed", [(1, 4, 1, 5)]),
        ("a:\n\tb: 1\n", (2, 1, 2, 2), "a tab indents this line", []),
        ("a:\n  b: 1\n\tc: 1\n", (3, 1, 3, 2), "a tab indents this line", []),
        ("a: b: c", (1, 5, 1, 6), "`:` cannot stand here", []),
        ("a: @b", (1, 4, 1, 5), "`@` cannot start a value", []),
        ("a: ]", (1, 4, 1, 5), "`]` cannot stand here", []),
        ("a: - b", (1, 4, 1, 5), "`-` cannot start a list here", []),
        ("a: 'b' c", (1, 8, 1, 9), "a key of the mapping is expected here", [(1, 1, 1, 2)]),
        ("a: 1\n  \nfoo\nb: 2", (3, 1, 3, 2), "this line is neither a value nor `key: value`", []),
        ("- 1\nb: 2", (2, 1, 2, 2), "`-` is expected here, as the lines before are a list",
         [(1, 1, 1, 2)]),
        ("a: *\nb: 1", (1, 5, 1, 5), "`*` starts an alias, and no name follows", []),
        ('a: "\\q"', (1, 5, 1, 6), "this is no escape sequence of YAML", []),
        ("a: 1\nb: \0", (2, 4, 2, 5), "the character U+0000 is not allowed in YAML", []),
        ("a: \x1b[31m", (1, 4, 1, 5), "the character U+001B is not allowed in YAML", []),
        ("a: \ud800", (1, 4, 1, 5), "the character U+D800 is not allowed in YAML", []),
        ("a: *b", (1, 4, 1, 6), "the alias `*b` has no anchor before it", []),
        ("a: &a [1, *a]", (1, 11, 1, 13), "the alias `*a` stands inside of what it stands for",
         [(1, 7, 1, 8)]),
        ("a: &a {b: {<<: *a}}", (1, 16, 1, 18),
         "the alias `*a` stands inside of what it stands for", [(1, 7, 1, 8)]),
        ("[1] 2", (1, 5, 1, 6), "the document ends before this", []),
    ],
)  # fmt: skip
def test_invalid_yaml(text, place, message, related):
    found = only_report(text)
    assert found.code.id == "LG003"
    assert (*found.span[1:],) == place
    assert found.message == message
    assert places(found) == related


@pytest.mark.parametrize(
    "text",
    [
        "a: {b: [1, 'x']}\nc: &x |\n  y\n\nd: *x\n",
        "\ufeffa: !!x y\nb: &y\n  c: 1\n",
        "a: [1,\n b",
        "a:\n\t- b",
        "a: 'b\n",
        "a: b: c",
        "a: @b",
        "- 1\nb: 2",
        "a: 1\n---\nb: 1",
        "a: 'b' c",
        "",
    ],
)
def test_without_libyaml(text, monkeypatch):
    expected = read(text)
    monkeypatch.setattr(composer, "PARSER", yaml.SafeLoader)
    tree, reports = read(text)
    assert reports == expected[1]
    assert (tree is None) == (expected[0] is None)
    if tree is not None:
        assert plain(tree) == plain(expected[0])
        assert tree.span[1:] == expected[0].span[1:]


class TestFiles:
    def read(self, path, **more):
        diagnostics = Diagnostics()
        tree = read_file(path, diagnostics, **more)
        return tree, [(found.code.id, *found.span[1:], found.message) for found in diagnostics]

    def write(self, folder: Path, data: bytes) -> Path:
        path = folder / "graph.yaml"
        path.write_bytes(data)
        return path

    def test_a_good_one(self, tmp_path):
        tree, reports = self.read(self.write(tmp_path, "a: é\r\n".encode()), shown_as="x.yaml")
        assert plain(tree) == {"a": "é"}
        assert tree.span.place == "x.yaml:1:1"
        assert not reports

    def test_a_byte_order_mark(self, tmp_path):
        tree, _ = self.read(self.write(tmp_path, b"\xef\xbb\xbfa: b"))
        assert (*span_at(tree, ["a"])[1:],) == (1, 4, 1, 5)

    def test_a_missing_one(self):
        message = "`no/such.yaml` does not exist"
        assert self.read("no/such.yaml") == (None, [("LG001", 1, 1, 1, 1, message)])

    def test_a_directory(self, tmp_path):
        tree, reports = self.read(tmp_path, shown_as="graphs")
        assert tree is None
        assert reports == [("LG001", 1, 1, 1, 1, "`graphs` is a directory, not a file")]

    def test_a_name_that_cannot_be(self):
        assert self.read("a\0b")[1][0][0] == "LG001"

    def test_without_permission(self, tmp_path, monkeypatch):
        path = self.write(tmp_path, b"a: 1")

        def refuse(*_):
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr(Path, "open", refuse)
        message = "`x` cannot be read: no permission"
        assert self.read(path, shown_as="x") == (None, [("LG001", 1, 1, 1, 1, message)])

    @pytest.mark.parametrize(
        ("data", "place"),
        [
            (b"a: b\nc: \xff\n", (2, 4, 2, 5)),
            ("é: ".encode() + b"\xe9t\xe9", (1, 4, 1, 5)),
            (b"\xef\xbb\xbfa: \x80", (1, 4, 1, 5)),
            (b"a: \xe2\x82", (1, 4, 1, 5)),
            (b"a: \xed\xa0\x80", (1, 4, 1, 5)),
        ],
    )
    def test_other_encodings(self, tmp_path, data, place):
        tree, reports = self.read(self.write(tmp_path, data))
        assert tree is None
        assert [report[:5] for report in reports] == [("LG002", *place)]

    @pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
    def test_utf_16(self, tmp_path, encoding):
        path = self.write(tmp_path, "a: b".encode(encoding))
        _, reports = self.read(path, shown_as="x")
        assert reports == [("LG002", 1, 1, 1, 1, "`x` is not UTF-8 but looks like UTF-16")]

    def test_too_large(self, tmp_path):
        path = self.write(tmp_path, b"a: 12345")
        assert self.read(path, limits=Limits(file_bytes=8))[0] is not None
        tree, reports = self.read(path, limits=Limits(file_bytes=7), shown_as="x")
        assert tree is None
        assert reports == [("LG004", 1, 1, 1, 1, "`x` is larger than 7 bytes")]

    def test_an_endless_one(self):
        assert self.read("/dev/zero")[1][0][0] == "LG004"
