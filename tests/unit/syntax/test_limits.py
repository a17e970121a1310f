"""Hostile texts. Each is read in a process of its own, so that even a crash is seen."""

import subprocess
import sys

import pytest

from layergraph.syntax import Limits
from layergraph.syntax.limits import MOST
from tests.unit.syntax.reading import read

MIB = 1024 * 1024
BOMB = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]\n" for i in range(1, 12)
)
DEEP_ALIASES = "a0: &a0 [1]\n" + "".join(
    f"a{i}: &a{i} {'[' * 30}*a{i - 1}{']' * 30}\n" for i in range(1, 200)
)
MERGE_BOMB = (
    "a: &a {" + ", ".join(f"k{i}: 1" for i in range(1000)) + "}\n"
    "b: {<<: [" + "*a, " * 100_000 + "]}\n"
)
READ = """
import resource
import sys
resource.setrlimit(resource.RLIMIT_CPU, (20, 20))  # seconds, of which each takes far less than one
from layergraph.diagnostics import Diagnostics
from layergraph.syntax import read_file
diagnostics = Diagnostics()
tree = read_file(sys.argv[1], diagnostics)
print(type(tree).__name__, *(found.code.id for found in diagnostics))
"""


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("[" * MIB, "NoneType LG005"),
        ("{" * MIB, "NoneType LG005"),
        ("- " * (MIB // 2), "NoneType LG005"),
        ("? " * (MIB // 2), "NoneType LG005"),
        ("[" * (MIB // 2) + "]" * (MIB // 2), "NoneType LG005"),
        (BOMB, "NoneType LG006"),
        (MERGE_BOMB, "NoneType LG006"),
        (DEEP_ALIASES, "NoneType LG005"),
        ("a: " + "x" * (MIB - 3), "Mapping"),
        ('"' + "x" * (MIB - 1), "NoneType LG003"),
        ("9" * MIB, "Spoiled LG011"),
        ("1." + "9" * (MIB - 2), "Scalar"),
        ("\t" * MIB, "NoneType LG003"),
        ("#" * MIB, "NoneType LG101"),
        ("&a [" * 60 + "*a", "NoneType LG003"),
        ("x" * (MIB + 1), "NoneType LG004"),
    ],
    ids=lambda value: value[:12] if isinstance(value, str) else None,
)
def test_hostile_files(tmp_path, text, outcome):
    path = tmp_path / "graph.yaml"
    path.write_text(text)
    done = subprocess.run(
        [sys.executable, "-c", READ, str(path)],
        check=False,
        capture_output=True,
        text=True,
    )
    assert (done.stdout.strip(), done.stderr, done.returncode) == (outcome, "", 0)


def test_depth():
    deepest = "a: " + "[" * 63 + "]" * 63
    assert read(deepest)[1] == []
    assert read(f"a: {'[' * 64}{']' * 64}") == (None, [("LG005", 1, 67, 1, 68)])
    assert read("- - - 1", Limits(depth=2)) == (None, [("LG005", 1, 5, 1, 6)])


def test_depth_counts_what_aliases_repeat():
    text = "a: &a [[1]]\nb: [[*a]]\n"
    assert read(text, Limits(depth=5))[1] == []
    assert read(text, Limits(depth=4)) == (None, [("LG005", 2, 6, 2, 8)])


def test_values():
    text = "a: 1\nb: [2, 3]\n"  # the mapping, the list, and three scalars
    assert read(text, Limits(values=5))[1] == []
    assert read(text, Limits(values=4)) == (None, [("LG006", 2, 8, 2, 9)])


def test_values_count_what_aliases_and_merges_repeat():
    text = "a: &a {x: 1, y: 2}\nb: *a\nc: {<<: *a}\n"
    assert read(text, Limits(values=11))[1] == []
    assert read(text, Limits(values=10)) == (None, [("LG006", 3, 9, 3, 11)])


def test_a_limit_that_later_stages_could_not_stand():
    for field, most in MOST.items():
        with pytest.raises(ValueError, match=f"{field} must be between 1 and {most}, not"):
            Limits(**{field: most + 1})
    with pytest.raises(ValueError, match="nodes must be at least 1, not 0"):
        Limits(nodes=0)
