"""Graph files made in tests: one input `x` and one output, of what stands in `layers`."""

from layergraph.pipeline import load, validate


def written(folder, layers, *, blocks="", output="n", name="graph.yaml"):
    """Write a graph file; `layers` and `blocks` are indented by two."""
    text = "layergraph: 1\ninputs: {x: {shape: [4]}}\n"
    text += f"blocks:\n{blocks}\n" if blocks else ""
    text += f"layers:\n{layers}\noutputs: {{y: {{from: {output}}}}}\n"
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def loaded(folder, layers, **more):
    return load(written(folder, layers, **more))


def diagnostics(folder, layers, **more):
    return validate(written(folder, layers, **more)).diagnostics


def only_diagnostic(folder, layers, **more):
    (diagnostic,) = diagnostics(folder, layers, **more)
    return diagnostic
