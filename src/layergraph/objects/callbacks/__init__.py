"""Callbacks, as in `keras.callbacks`."""
