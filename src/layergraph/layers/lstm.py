"""LSTM: `keras/src/layers/rnn/lstm.py`."""

from layergraph.layers.arguments import Activation
from layergraph.layers.gates import Gates
from layergraph.layers.recurrent import Recurrent, UseCudnn


class LongShortTermGates(Gates):
    """The input, forget, cell and output gates, with the states h and c.

    Hochreiter and Schmidhuber, "Long Short-Term Memory" (1997).
    """

    gates = 4
    states = 2

    recurrent_activation: Activation | None = "sigmoid"
    unit_forget_bias: bool = True


class LSTM(Recurrent, LongShortTermGates):
    """Long short-term memory, with the states h and c: see `Recurrent`.

    Hochreiter and Schmidhuber, "Long Short-Term Memory" (1997).
    """

    use_cudnn: UseCudnn = "auto"
