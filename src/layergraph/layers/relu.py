"""ReLU: `keras/src/layers/activations/relu.py`."""

from layergraph.layers.activation_base import ElementwiseActivation, NonNegativeFloat


class ReLU(ElementwiseActivation):
    """Zero below `threshold`, and no more than `max_value`: any shape → the same shape.

    Below the threshold it is `negative_slope * (x - threshold)`.
    """

    max_value: NonNegativeFloat | None = None
    negative_slope: NonNegativeFloat = 0.0
    threshold: NonNegativeFloat = 0.0
