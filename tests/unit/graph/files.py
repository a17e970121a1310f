"""Graph files made in tests: dense layers that are called on each other."""

import itertools

from layergraph.pipeline import load, validate


def graph_of(folder, edges, outputs=None):
    """The text of a graph: node → what it is called on; without anything, it is an input."""
    inputs = [node for node, producers in edges.items() if not producers]
    lines = ["layergraph: 1", "inputs:", *(f"  {node}: {{shape: [4]}}" for node in inputs)]
    layers = [node for node in edges if node not in inputs]
    if layers:
        lines.append("layers:")
        lines += [f"  {node}: {{type: Add, from: [{', '.join(edges[node])}]}}" for node in layers]
    fed = set(itertools.chain.from_iterable(edges.values()))
    ends = outputs or [node for node in edges if node not in fed] or list(edges)
    lines += ["outputs:", *(f"  {node}: {{from: {node}}}" for node in ends)]
    return written(folder, "\n".join(lines) + "\n")


def written(folder, text):
    file = folder / "graph.yaml"
    file.write_text(text, encoding="utf-8")
    return file


def loaded(folder, text):
    return load(written(folder, text))


def only_diagnostic(folder, text):
    (diagnostic,) = validate(written(folder, text)).diagnostics
    return diagnostic
