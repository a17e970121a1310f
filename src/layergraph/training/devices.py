"""The devices of one host that a model is trained on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import nullcontext
from typing import TYPE_CHECKING, Any

from layergraph.diagnostics import codes
from layergraph.targets.failures import failure

if TYPE_CHECKING:
    import tensorflow as tf


def strategy(devices: Sequence[str] | None) -> tf.distribute.Strategy | None:
    """How a model is spread: mirrored, where there are several devices; None for none.

    Args:
        devices: their names, such as `GPU:0`; None for all accelerators where there are several.

    Raises:
        GraphError: unknown-device.
    """
    import tensorflow as tf

    known = [device.name.removeprefix("/device:") for device in tf.config.list_logical_devices()]
    if devices is None:
        devices = [name for name in known if name.startswith("GPU")]
        if len(devices) < 2:
            return None
    devices = tuple(dict.fromkeys(devices))
    for name in devices:
        if name not in known:
            raise failure(
                codes.UNKNOWN_DEVICE,
                f"there is no device `{name}`",
                help=f"there {'is' if len(known) == 1 else 'are'} {', '.join(known)}",
            )
    if len(devices) == 1:
        return tf.distribute.OneDeviceStrategy(f"/device:{devices[0]}")
    return tf.distribute.MirroredStrategy([f"/device:{name}" for name in devices])


def scope(strategy: Any) -> Any:
    """The context in which a model's variables come to be where the strategy wants them."""
    return nullcontext() if strategy is None else strategy.scope()


def build_with_words(model: Any, batch: Callable[[], Any]) -> None:
    """Build a model's metrics, where it is mirrored and has words for inputs.

    Keras would do so by the mean of a batch over the devices, and words have none.

    Args:
        model: the compiled model.
        batch: gives a batch of its data, as one device would have it.
    """
    mirrored = model.distribute_strategy
    is_spread = mirrored.num_replicas_in_sync > 1
    if not is_spread or not any(given.dtype == "string" for given in model.inputs):
        return
    with mirrored.scope():
        model._symbolic_build(data_batch=batch())  # noqa: SLF001  there is no public way
    model._maybe_symbolic_build = _built  # noqa: SLF001


def _built(*arguments: Any, **others: Any) -> None:
    """Nothing is left to do."""
