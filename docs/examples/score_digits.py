"""Ask a SavedModel about the held-out digits, with TensorFlow alone.

python docs/examples/score_digits.py build/digits
"""

from __future__ import annotations

import sys

import tensorflow as tf
from digits import load_split


def main(folder: str) -> None:
    """Print the accuracy that the served model reaches on images it never saw."""
    images, labels = load_split()[1]
    serve = tf.saved_model.load(folder).signatures["serving_default"]
    digits = serve(image=tf.constant(images))["digit"].numpy().argmax(axis=1)
    print(f"held-out accuracy of the SavedModel: {(digits == labels).mean():.4f} of {len(labels)}")
    assert "layergraph" not in sys.modules, "serving takes TensorFlow alone"


if __name__ == "__main__":
    main(sys.argv[1])
