"""The Python target: a graph → a module that builds the model with Keras alone."""
