"""Metrics, as in `keras.metrics`, a module for each family."""
