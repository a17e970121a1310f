"""Global max pooling: `keras.layers` from `keras/src/layers/pooling`."""

from layergraph.layers.global_pooling import GlobalPooling


class GlobalMaxPooling1D(GlobalPooling):
    """The largest value of all time: (batch, steps, channels) → (batch, channels)."""

    axes = 1


class GlobalMaxPooling2D(GlobalPooling):
    """The largest value of an image: (batch, height, width, channels) → (batch, channels)."""

    axes = 2


class GlobalMaxPooling3D(GlobalPooling):
    """The largest value of a volume.

    (batch, depth, height, width, channels) → (batch, channels).
    """

    axes = 3
