"""A graph → something: a Keras model, a SavedModel, a file. One target a file."""
