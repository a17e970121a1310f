"""Repairs that `validate --fix` makes: certain, proved, and of nothing else."""

import shutil
from contextlib import chdir
from pathlib import Path

import pytest

from layergraph.cli.text_diff import text_diff
from layergraph.pipeline import validate
from layergraph.repairs import Repairs
from tests.corpus.reports import INVALID, graph_files

GOLDEN = Path(__file__).parents[1] / "golden" / "repairs.diff"

RIGHT = """\
# all  \r
layergraph: 1
inputs:
    image:   {shape: [8, 8, 3]} # "conv1"
layers:
    conv1: {type: Conv2D, "from": image, filters: 4, kernel_size: 3, activation: 'relu' }
    pool:  {type: GlobalMaxPooling2D, from: [conv1]}

outputs: {y: {from: pool, task: regression}}"""


def mended(folder, *names, **texts):
    """The repairs of files, written first; those that are named, or all."""
    for name, text in texts.items():
        (folder / f"{name}.yaml").write_bytes(text.encode())
    repairs = Repairs(lambda path, unsaved: validate(path, unsaved=unsaved))
    for name in names or texts:
        repairs.mend(folder / f"{name}.yaml")
    return repairs


def diff_of(repairs):
    return "".join(text_diff(*change) for change in repairs.changes)


@pytest.fixture
def corpus(tmp_path, monkeypatch):
    """A copy of the corpus, which is the current folder meanwhile."""
    shutil.copytree(INVALID, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)


def test_every_repair_of_the_corpus_holds(corpus):
    offering = 0
    for file in graph_files(Path()):
        report = validate(file)
        if not any(diagnostic.fix for diagnostic in report.diagnostics):
            continue
        offering += 1
        repairs = mended(Path(), file.stem)
        left = validate(file, unsaved=repairs.unsaved)
        # nobody has looked for warnings where there were errors
        before, after = (r.diagnostics if report.ok else r.errors for r in (report, left))
        assert len(after) == len(before) - repairs.made
        assert {d.message for d in after} <= {d.message for d in before}
    assert offering >= 70


def test_repairs_of_files_with_several_mistakes(corpus):
    """To the letter; `python -m tests.unit.test_repairs` writes them anew."""
    assert several_diff() == GOLDEN.read_text(encoding="utf-8")


def several_diff():
    files = [file for file in graph_files(Path()) if file.name.startswith("several-")]
    return "".join(diff_of(mended(Path(), file.stem)) for file in files)


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("image, filters", "imgae, filters"),
        ("type: Conv2D", "type: conv_2d"),
        ("type: Conv2D", "type: Convolution2D"),
        ('"from"', '"form"'),
        ("'relu'", "'rleu'"),
        ("[conv1]", "[cnv1]"),
        ("[conv1]", "[conv1, ]"),
        ("regression", "regresion"),
        ("layergraph", "layergrpah"),
        ("kernel_size: 3, activation", "kernal_size: 3, actvation"),
        ("Conv2D, \"from\": image, filters: 4", "Conv2d, \"form\": imag, fliters: 4"),
        ("GlobalMaxPooling2D, from", "GlobalMaxPoling2D, frm"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\ufeff\n"])
def test_all_but_the_mistake_stays_as_it_was(right, wrong, ends, tmp_path):
    text = RIGHT.replace("\r", "").replace("\n", ends.removeprefix("\ufeff"))
    text = ends[: ends.startswith("\ufeff")] + text
    assert right in text
    repairs = mended(tmp_path, graph=text.replace(right, wrong))
    contents = list(repairs.unsaved.values())
    assert contents == ([text.encode()] if wrong != "[conv1, ]" else [])
    assert validate(tmp_path / "graph.yaml", unsaved=repairs.unsaved).ok


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("image, filters", "z, filters"),  # short names are near to everything
        ("[conv1]", "[conv2]"),  # another number is another name
        ("'relu'", "'rlu'"),  # relu, elu, selu
        ("'relu'", "'nothing'"),
        ("Conv2D", "Conv4D"),
        # the argument that the layer lacks comes to light once it has its name
        ("Conv2D, \"from\": image, filters: 4", "Conv2d, \"from\": image"),
        ("image:   {", "image: &a {"),
    ],
)  # fmt: skip
def test_what_is_not_certain_is_not_repaired(right, wrong, tmp_path):
    repairs = mended(tmp_path, graph=RIGHT.replace("\r", "").replace(right, wrong))
    assert (repairs.made, repairs.unsaved) == (0, {})


def test_one_that_does_no_good_does_not_hinder_the_others(tmp_path):
    text = RIGHT.replace("\r", "").replace('"from": image, filters: 4', '"from": image')
    text = text.replace("Conv2D", "Conv2d").replace("regression", "regresion")
    repairs = mended(tmp_path, graph=text.replace("Global", "Globl"))
    (content,) = repairs.unsaved.values()
    assert content.decode() == text.replace("regresion", "regression")
    assert repairs.made == 2


LIBRARY = """\
layergraph: 1
blocks:
  two:
    inputs: [first]
    layers:
      a: {type: ReLU, from: frist}
    outputs: a
"""
USER = """\
layergraph: 1
imports: {lib: lib.yaml}
inputs: {x: {shape: [4]}}
layers: {both: {block: lib.two, from: x, repeat: 3}}
outputs: {y: {from: bth, task: regression}}
"""


def test_imported_files_are_mended_once(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    repairs = mended(Path(), "one", "two", "lib", lib=LIBRARY, one=USER, two=USER)
    assert repairs.made == 3
    assert diff_of(repairs).count("+      a: {type: ReLU, from: first}") == 1
    assert [change.name for change in repairs.changes] == ["lib.yaml", "one.yaml", "two.yaml"]
    for name in ("one", "two", "lib"):
        assert validate(f"{name}.yaml", unsaved=repairs.unsaved).diagnostics == ()


def test_a_file_that_changes_meanwhile_is_left_alone(tmp_path):
    file = tmp_path / "graph.yaml"
    wrong = RIGHT.replace("\r", "").replace("regression", "regresion")
    file.write_text(wrong)

    def check(path, unsaved):
        report = validate(path, unsaved=unsaved)
        file.write_text(f"# another hand\n{wrong}#")
        return report

    repairs = Repairs(check)
    repairs.mend(file)
    assert repairs.unsaved == {}


if __name__ == "__main__":
    with chdir(INVALID):
        GOLDEN.write_text(several_diff(), encoding="utf-8")
