"""`layergraph schema`, as a person runs it."""

from __future__ import annotations

import json

import pytest

from layergraph.schema import DRAFTS, text
from tests.processes import run_layergraph


def schema(folder, *arguments):
    return run_layergraph("schema", *arguments, cwd=folder)


def test_to_stdout(tmp_path):
    done = schema(tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, text(), "")


@pytest.mark.parametrize("draft", DRAFTS)
def test_a_dialect(tmp_path, draft):
    done = schema(tmp_path, "--draft", draft)
    assert json.loads(done.stdout)["$schema"] == DRAFTS[draft]


def test_to_a_file(tmp_path):
    done = schema(tmp_path, "--draft", "7", "-o", "schemas/graph.json")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert (tmp_path / "schemas" / "graph.json").read_bytes() == text("7").encode()


def test_a_file_is_replaced_only_with_force(tmp_path):
    (tmp_path / "graph.json").write_text("mine")
    done = schema(tmp_path, "-o", "graph.json")
    assert done.returncode == 1
    assert "error[LG501]: `graph.json` exists already" in done.stderr
    assert (tmp_path / "graph.json").read_text() == "mine"
    assert schema(tmp_path, "-o", "graph.json", "--force").returncode == 0
    assert (tmp_path / "graph.json").read_text() == text()


def test_an_unknown_dialect(tmp_path):
    done = schema(tmp_path, "--draft", "4")
    assert (done.returncode, done.stdout) == (2, "")
    assert "'4' is not one of '2020-12', '7'" in done.stderr
