"""Callbacks with a single switch, as in `keras.callbacks`."""

from layergraph.objects.base import KerasObject


class TerminateOnNaN(KerasObject):
    """Stops as soon as the loss is NaN or infinite."""

    raise_error: bool = False


class SwapEMAWeights(KerasObject):
    """Puts the moving averages of an optimizer with `use_ema` in the weights' place to evaluate."""

    swap_on_epoch: bool = False
