"""Train a graph on scikit-learn's handwritten digits and export it.

    python docs/examples/train_digits.py graphs/residual_digits.yaml build/digits

A fifth of the images is held out; `score_digits.py` asks the exported model about those.
"""

from __future__ import annotations

import sys

import keras
from digits import load_split

import layergraph as lg

SEED = 7


def main(graph_file: str, out: str) -> None:
    """Fit the model of a graph file, and write it as a SavedModel."""
    images, labels = load_split()[0]
    graph = lg.load(graph_file)
    keras.utils.set_random_seed(SEED)
    model = lg.compile(graph)
    history = model.fit(
        {"image": images},
        {"digit": labels},
        epochs=graph.training.epochs,
        batch_size=graph.training.batch_size,
        verbose=0,
    ).history
    for epoch, (loss, accuracy) in enumerate(
        zip(history["loss"], history["accuracy"], strict=True), start=1
    ):
        print(f"epoch {epoch}: loss {loss:.3f}, accuracy {accuracy:.3f}")
    lg.export(graph, out, model=model, force=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
