"""Depthwise convolutions: `keras.layers` from `keras/src/layers/convolutional`."""

from layergraph.layers.convolution_base import OneAxis, TwoAxes
from layergraph.layers.depthwise import Depthwise


class DepthwiseConv1D(OneAxis, Depthwise):
    """A convolution along time for each channel by itself.

    (batch, steps, channels) → (batch, new steps, channels * depth_multiplier).
    """


class DepthwiseConv2D(TwoAxes, Depthwise):
    """A convolution over images for each channel by itself.

    (batch, height, width, channels) → (batch, …, channels * depth_multiplier).
    """
