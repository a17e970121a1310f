"""Something → a graph file: a Keras model, an architecture as JSON."""
