"""What activation the numbers of a tensor have gone through: softmax, sigmoid, none."""

from __future__ import annotations

from typing import NamedTuple

from layergraph.graph.flow import Flow, Step
from layergraph.graph.graph import Edge
from layergraph.layers.base import Operation
from layergraph.objects.base import KerasObject

LINEAR, SOFTMAX, SIGMOID = "linear", "softmax", "sigmoid"

PASSING = frozenset(
    {
        *("Identity", "Reshape", "Flatten", "Permute", "RepeatVector", "ActivityRegularization"),
        *("Dropout", "SpatialDropout1D", "SpatialDropout2D", "SpatialDropout3D"),
        *("UpSampling1D", "UpSampling2D", "UpSampling3D"),
        *("Cropping1D", "Cropping2D", "Cropping3D"),
        *("AveragePooling1D", "AveragePooling2D", "AveragePooling3D"),
        *("GlobalAveragePooling1D", "GlobalAveragePooling2D", "GlobalAveragePooling3D"),
    }
)
"""Layers that leave probabilities what they are, and linear numbers too."""

_ACTIVATED = frozenset(
    {
        *("Dense", "EinsumDense", "Activation", "Conv1D", "Conv2D", "Conv3D"),
        *("DepthwiseConv1D", "DepthwiseConv2D", "SeparableConv1D", "SeparableConv2D"),
        *("Conv1DTranspose", "Conv2DTranspose", "Conv3DTranspose"),
    }
)
"""Layers that end with the activation that their argument of this name gives."""

_LAYERS = {
    "Softmax": SOFTMAX,
    "ReLU": "relu",
    "LeakyReLU": "leaky_relu",
    "PReLU": "leaky_relu",
    "ELU": "elu",
}
_OPS = frozenset(
    {
        *("softmax", "log_softmax", "sigmoid", "log_sigmoid", "hard_sigmoid", "sparsemax"),
        *("relu", "relu6", "tanh", "elu", "selu", "gelu", "silu", "leaky_relu", "softplus"),
    }
)


class Activated(NamedTuple):
    """An activation by Keras' name, "linear" where there is none, and the step that has it."""

    activation: str
    step: Step


def activation_of(edge: Edge, flow: Flow) -> Activated | None:
    """What a tensor has gone through last; None where its numbers can be anything."""
    step = flow.steps[edge.producer]
    activation = own_activation(step.node.layer)
    while step.type in PASSING or (step.type == "Activation" and activation == LINEAR):
        step = flow.steps[step.edges[0].producer]
        activation = own_activation(step.node.layer)
    return Activated(activation, step) if activation is not None else None


def own_activation(layer: Operation | None) -> str | None:
    """The activation that a layer ends with; None where that is not known."""
    if layer is None:
        return None
    kind = layer.type_name()
    if kind == "TimeDistributed":
        return own_activation(getattr(layer, "layer", None))
    if kind in _LAYERS:
        return _LAYERS[kind]
    if kind.startswith("ops."):
        name = kind.removeprefix("ops.")
        return name if name in _OPS else None
    return _by_argument(getattr(layer, "activation", None)) if kind in _ACTIVATED else None


def _by_argument(activation: str | KerasObject | None) -> str | None:
    if activation is None or isinstance(activation, str):
        return activation or LINEAR
    return _LAYERS.get(type(activation).__name__)
