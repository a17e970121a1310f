"""The report that README shows is the one that its mistake gets."""

from __future__ import annotations

from pathlib import Path

from layergraph.diagnostics.render import render
from layergraph.pipeline import validate

GRAPH = """\
layergraph: 1
inputs:
  image: {shape: [32, 32, 3]}

layers:
  enc: {type: Conv2D, from: image, filters: 64, kernel_size: 3, padding: same}
  up: {type: Conv2D, from: image, filters: 64, kernel_size: 3}
  merged: {type: Concatenate, from: [enc, up]}
outputs:
  merged: {from: merged}
"""


def test_readme_shows_what_is_said(tmp_path, monkeypatch):
    readme = Path("README.md").read_text()
    (tmp_path / "graphs").mkdir()
    (tmp_path / "graphs" / "unet.yaml").write_text(GRAPH)
    monkeypatch.chdir(tmp_path)
    report = render("text", validate("graphs/unet.yaml").diagnostics, files=1)
    assert "".join(f"  {line}\n" for line in report.splitlines()) in readme
