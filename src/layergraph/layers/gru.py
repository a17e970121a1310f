"""GRU: `keras/src/layers/rnn/gru.py`."""

from layergraph.layers.arguments import Activation
from layergraph.layers.gates import Gates
from layergraph.layers.recurrent import Recurrent, UseCudnn


class UpdateResetGates(Gates):
    """The update and reset gates, and the candidate.

    Cho et al. (2014), arXiv:1406.1078. With `reset_after`, which cuDNN needs, there is a bias
    for the input and another for the state.
    """

    gates = 3

    recurrent_activation: Activation | None = "sigmoid"
    reset_after: bool = True

    @property
    def bias_shape(self) -> tuple[int, ...]:
        """The shape of the bias, where there is one."""
        columns = self.gates * self.units
        return (2, columns) if self.reset_after else (columns,)


class GRU(Recurrent, UpdateResetGates):
    """Gated recurrent unit: see `Recurrent`.

    Cho et al. (2014), arXiv:1406.1078. With `reset_after`, which cuDNN needs, there is a bias
    for the input and another for the state.
    """

    use_cudnn: UseCudnn = "auto"
