"""What is written passes ruff, and nothing of a file becomes code that is no code of ours."""

from __future__ import annotations

import ast
import subprocess
from pathlib import Path

import pytest

import layergraph as lg
from layergraph.targets.python_source.literals import text_literal
from layergraph.targets.python_source.source import python_source

FILES = [*sorted(Path("graphs").glob("*.yaml")), *sorted(Path("tests/corpus/valid").glob("*.yaml"))]

HOSTILE = r'''
layergraph: 1
name: hostile
description: 'Ends """ here, or \""" there; import os\nos.system("x") \'
inputs: {"in": {shape: [], dtype: string}, x: {shape: [4]}}
layers:
  keras: {type: Dense, from: x, units: 4}
  print: {type: Dense, from: keras, units: 4}
  layers: {type: Dense, from: print, units: 4}
  build: {type: Dense, from: layers, units: 4}
  named: {type: ops.negative, from: build}
  0-conv: {type: Dense, from: named, units: 4}
  words:
    type: StringLookup
    from: in
    vocabulary: ['"', "'", '"""', "\\", "a\nb", "\u2028", "{x}", "\" + exit() + \"", "é"]
    output_mode: one_hot
outputs: {class: {from: 0-conv}, of: {from: words}}
'''


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """The modules of all files, in a folder."""
    folder = tmp_path_factory.mktemp("written")
    for path in FILES:
        text = python_source(lg.load(path))
        (folder / f"{path.stem}.py").write_text(text, encoding="utf-8")
    return folder


def ruff(*arguments, cwd):
    command = [str(Path(".venv/bin/ruff").absolute()), *arguments, "."]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)


def test_it_is_formatted_and_passes_the_linter(written):
    formatted = ruff("format", "--isolated", "--diff", cwd=written)
    assert formatted.returncode == 0, formatted.stdout
    select = "--select=E4,E7,E9,F,W,I,B,C4,UP,RET,PIE,N,PLE,RUF"
    found = ruff("check", "--isolated", select, cwd=written)
    assert found.returncode == 0, found.stdout


def test_nothing_of_a_file_becomes_code(tmp_path):
    (tmp_path / "hostile.yaml").write_text(HOSTILE, encoding="utf-8")
    text = python_source(lg.load(tmp_path / "hostile.yaml"))
    (tmp_path / "hostile.py").write_text(text, encoding="utf-8")
    assert ruff("format", "--isolated", "--diff", "hostile.py", cwd=tmp_path).returncode == 0
    called = {
        node.func.id
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    assert called == {"named", "build"}


@pytest.mark.parametrize(
    "text", ['"', "'", "\"'", "''\"", "\\", "\n\t\0", '"""', "${x}", "\u202e", "é", "\\'"]
)
def test_texts_come_back_as_they_are(text):
    assert ast.literal_eval(text_literal(text)) == text
