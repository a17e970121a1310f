"""A loss of the user's own may want of an output what it likes."""

from layergraph.pipeline import validate

GRAPH = """\
layergraph: 1
custom:
  quantiles: {import: "mine.losses:quantiles", kind: loss}
inputs: {x: {shape: [16]}}
layers:
  hidden: {type: Dense, from: x, units: 64, activation: relu}
outputs:
  price: {from: hidden, type: Dense, units: 1, activation: relu, loss: LOSS}
"""


def warned(folder, loss):
    file = folder / "graph.yaml"
    file.write_text(GRAPH.replace("LOSS", loss))
    report = validate(file)
    assert report.ok
    return {diagnostic.code.id for diagnostic in report.diagnostics}


def test_lints_are_silent_on_it(tmp_path):
    assert warned(tmp_path, "quantiles") == set()


def test_they_are_not_silent_on_one_of_keras(tmp_path):
    assert "LG402" in warned(tmp_path, "mse")
