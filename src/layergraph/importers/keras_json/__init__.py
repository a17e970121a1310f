"""An architecture as Keras 1, 2 or 3 wrote it as JSON → a flat document. Nothing in it is run."""
