"""SimpleRNN: `keras/src/layers/rnn/simple_rnn.py`."""

from layergraph.layers.gates import Gates
from layergraph.layers.recurrent import Recurrent


class PlainGates(Gates):
    """h' = activation(x W + h U + b)."""

    gates = 1


class SimpleRNN(Recurrent, PlainGates):
    """The plain recurrent network, h' = activation(x W + h U + b): see `Recurrent`."""
