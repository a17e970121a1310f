"""Whatever YAML 1.2 refuses is refused at its place, also where PyYAML's parser lets it pass."""

import re
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.unit.syntax.reading import read

INVALID = Path(__file__).with_name("invalid_yaml.txt")


class Case(NamedTuple):
    title: str
    place: tuple[int, int]
    text: str


def cases():
    whole = INVALID.read_text(encoding="utf-8")
    for written in re.split(r"^=== ", whole, flags=re.MULTILINE)[1:]:
        title, text = written.split("\n", 1)
        place, title = title.split(" ", 1)
        line, column = place.split(":")
        for shown, meant in (("→", "\t"), ("·", " "), ("␇", "\a")):
            text = text.replace(shown, meant)
        yield Case(title, (int(line), int(column)), text)


CASES = [*cases()]


def test_there_are_cases_for_every_chapter():
    assert len(CASES) > 90
    assert {case.title[0] for case in CASES} == set("56789")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
def test_invalid_yaml_is_refused(case):
    first, *others = read(case.text)[1]
    assert first[1:3] == case.place
    assert not others or first[0] == "LG008"  # a tag, besides what is wrong


@pytest.mark.parametrize(
    "text",
    [
        'a: "x" # y\n',
        "a: b#c\n",
        "a: [b#c, d#e]  # f#g\n",
        "## a\nb: 1 ## c#d\n#e#f\n",
        'a: "b#c" # d#e\n',
        "a: |  # b#c\n  d#e\n  #f\n\ng: 1 #h\n",
        "a: [1,\n 2,\n# b\n 3\n]\n",
        "a: {\n  b: 1,\n}\n",
        "a:\n  b: [\n    1\n  ]\n",
        "- [1,\n  2]\n",
        '{a: "b\nc", d: [\ne]}\n',
        "a: 'b\n\n  c'\n",
        "a:\n- b: [1,\n   2]\n",
        "a: [-1, -b, - ]\n".replace(", - ", ""),
        "a: '-'\nb: [\"-\"]\n",
        "a: |2\n    \n  x\n",
        "a: &b >-\n\n  x\n   \n  y\n",
        "a: |\n  \n  x\nb: |\n   \n# c\n",
        "a: |\n   \n",
        "[a,\nb]\n",
        'a: "x\u2028y"\nb: [1,\x852]\n',
    ],
)
def test_what_looks_like_it_and_is_valid(text):
    assert read(text)[1] == []
