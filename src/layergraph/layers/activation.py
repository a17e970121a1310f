"""Activation, which takes any function: `keras/src/layers/activations/activation.py`."""

from layergraph.layers.activation_base import ElementwiseActivation
from layergraph.layers.arguments import Activation as ActivationFunction


class Activation(ElementwiseActivation):
    """An activation function by its name: any shape → the same shape."""

    activation: ActivationFunction
