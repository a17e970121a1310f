"""Initializers, as in `keras.initializers`."""

from __future__ import annotations

from layergraph.objects.base import KerasObject


class GlorotUniform(KerasObject):
    """Uniform within ±sqrt(6 / (fan_in + fan_out)) (Glorot and Bengio, 2010)."""

    seed: int | None = None


class Zeros(KerasObject):
    """All 0."""


class Ones(KerasObject):
    """All 1."""
