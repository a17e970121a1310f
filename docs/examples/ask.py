"""Ask a question of the SavedModel in a folder, with TensorFlow alone.

    python docs/examples/ask.py build/qa

What is served has the names that the graph file gives: inputs `text` and `question`, output
`answer`. The model is as it was compiled, untrained, so the answer is a guess.
"""

from __future__ import annotations

import sys
import zlib

import tensorflow as tf

TEXT = "The library stands beside the river and opens at nine"
QUESTION = "When does the library open"
VOCABULARY = 10_000


def main(folder: str) -> None:
    """Call the serving signature by name and print the named answer."""
    serve = tf.saved_model.load(folder).signatures["serving_default"]
    outputs = serve(text=tokens(TEXT), question=tokens(QUESTION))
    probabilities = outputs["answer"][0].numpy()
    best = int(probabilities.argmax())
    print(f"question: {QUESTION}?")
    print(f"answer: number {best} of {len(probabilities)}, probability {probabilities[best]:.4f}")
    assert "layergraph" not in sys.modules, "serving takes TensorFlow alone"


def tokens(sentence: str) -> tf.Tensor:
    """A number for each word, the same in every run; shape (1, words)."""
    numbers = [
        1 + zlib.crc32(word.lower().encode()) % (VOCABULARY - 1) for word in sentence.split()
    ]
    return tf.constant([numbers], tf.int32)


if __name__ == "__main__":
    main(sys.argv[1])
