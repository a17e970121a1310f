"""Optimizers, as in `keras.optimizers`, a module for each family."""
