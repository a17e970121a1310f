"""One fit: a model, its data and its callbacks → the history, which an interruption only delays."""

from __future__ import annotations

import time
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import keras

from layergraph.training.batches import Epochs
from layergraph.training.checkpoints import (
    FitState,
    callback_state,
    put_back,
    read_state,
    variables_of,
    write_state,
)
from layergraph.training.devices import build_with_words
from layergraph.training.events import Events
from layergraph.training.interruption import Interrupted, Interruption

if TYPE_CHECKING:
    import tensorflow as tf

    from layergraph.training.history import FitHistory
    from layergraph.training.progress import Reporter

PART_OF_TIME = 0.02
"""How much of a fit's time goes into checkpoints, at most: they are written the less often the
longer they take."""


@dataclass(frozen=True)
class Fit:
    """What is fitted: a compiled model, its batches, and for how long.

    `steps` is None where only the end of the data tells; `our_name` gives our name of what Keras
    logs; `checkpoint` is the file that holds where it stands.
    """

    name: str
    model: keras.Model
    training: Callable[[Epochs], tf.data.Dataset]
    validation: tf.data.Dataset | None
    epochs: int
    steps: int | None
    seed: int
    our_name: Callable[[str], str]
    callbacks: tuple[Any, ...]
    checkpoint: Path
    events: Events


class Fitted:
    """What came of a fit: the history, the number of its best epoch, and the best weights."""

    def __init__(self, state: FitState) -> None:
        self.history: FitHistory = state.history
        self.best_epoch = state.best_epoch
        self.best = state.best


def fit(work: Fit, reporter: Reporter, interruption: Interruption) -> Fitted:
    """Fit a model from where its checkpoint stands, or from the beginning.

    Args:
        work: what is fitted.
        reporter: what tells a person how it goes.
        interruption: what asks to stop.

    Returns:
        The history by our names. The model has the weights of the last epoch, or those that a
        callback restored.

    Raises:
        Interrupted: where someone asked to stop; the checkpoint stands.
        GraphError: where a checkpoint cannot be read or written.
    """
    state = read_state(work.checkpoint) or FitState()
    build_with_words(work.model, lambda: next(iter(work.training(Epochs()))))
    if state.variables:
        _restore(work, state)
    if state.is_done:
        return Fitted(state)
    reporter.fit_begins(work.name, work.epochs, work.steps, state.epoch)
    recorder = _Recorder(work, state, reporter, interruption)
    first = state.epoch
    if state.step:
        assert work.steps is not None
        is_last = first + 1 == work.epochs
        recorder.ends_part = not is_last
        try:
            _run(work, recorder, Epochs(first, first + 1, state.step, work.seed))
        except _PartEnds:
            first += 1
        else:
            first = work.epochs
        recorder.ends_part = False
    if first < work.epochs:
        _run(work, recorder, Epochs(first, work.epochs, 0, work.seed))
    recorder.end()
    reporter.fit_ends()
    return Fitted(recorder.state)


def _run(work: Fit, recorder: _Recorder, epochs: Epochs) -> None:
    steps = work.steps - epochs.skip if work.steps is not None else None
    with warnings.catch_warnings():
        if steps is None:  # the end of a dataset tells how long it is
            warnings.filterwarnings("ignore", "Your input ran out of data", UserWarning)
        # The file says which outputs are measured, and not trained.
        warnings.filterwarnings("ignore", "Gradients do not exist for variables", UserWarning)
        work.model.fit(
            work.training(epochs),
            epochs=epochs.last,
            initial_epoch=epochs.first,
            steps_per_epoch=steps,
            validation_data=work.validation,
            callbacks=[_Renamer(work.our_name), *work.callbacks, recorder],
            shuffle=False,  # the batches come in their order
            verbose=0,
        )


def _restore(work: Fit, state: FitState) -> None:
    """Put back what the checkpoint holds; metrics are there only once a batch has been seen."""
    if state.step:
        batch = next(iter(work.training(Epochs(state.epoch, state.epoch + 1, 0, work.seed))))
        work.model.test_on_batch(*batch)
    put_back(variables_of(work.model, in_epoch=bool(state.step)), state.variables)
    for callback in work.callbacks:
        if isinstance(callback, keras.callbacks.CSVLogger):
            callback.append = True  # else it would begin its file anew


class _PartEnds(Exception):
    """The rest of an epoch is done, and whole epochs follow."""


class _Renamer(keras.callbacks.Callback):  # type: ignore[misc]  # Keras has no types
    """Gives the logs of an epoch our names, for all callbacks after it: they share the dict."""

    async_safe = True

    def __init__(self, our_name: Callable[[str], str]) -> None:
        super().__init__()
        self._our_name = our_name

    def on_epoch_end(self, epoch: int, logs: dict[str, Any] | None = None) -> None:  # noqa: ARG002
        """Rename what has another name with Keras."""
        assert logs is not None
        renamed = {self._our_name(name): value for name, value in logs.items()}
        logs.clear()
        logs.update(renamed)


class _Recorder(keras.callbacks.Callback):  # type: ignore[misc]
    """Keeps where a fit stands, in memory and on the disk. It comes after all other callbacks.

    Of the hooks for batches it has the one at the beginning alone: with one at the end Keras would
    wait for the logs of every step.
    """

    async_safe = True

    def __init__(
        self, work: Fit, state: FitState, reporter: Reporter, interruption: Interruption
    ) -> None:
        super().__init__()
        self.state = state
        self.ends_part = False
        self._work = work
        self._reporter = reporter
        self._interruption = interruption
        self._epoch = state.epoch
        self._skipped = state.step
        self._monitor = "val_loss" if work.validation is not None else "loss"
        self._written = time.monotonic()
        self._took = 0.0
        self._restored = state.variables if state.step else []

    def on_train_begin(self, logs: Any = None) -> None:  # noqa: ARG002
        """Give the callbacks back what they had learnt: they have just forgotten it."""
        for callback, known in zip(self._work.callbacks, self.state.callbacks, strict=False):
            vars(callback).update(known)

    def on_epoch_begin(self, epoch: int, logs: Any = None) -> None:  # noqa: ARG002
        """Give the metrics back what they had seen of this epoch: they were just reset."""
        self._epoch = epoch
        if self._restored:
            put_back(variables_of(self.model, in_epoch=True), self._restored)
            self._restored = []

    def on_train_batch_begin(self, batch: int, logs: Any = None) -> None:  # noqa: ARG002
        """Stop between two steps, where someone has asked to."""
        done = self._skipped + batch
        self._reporter.step(done)
        if self._interruption.is_requested:
            if self._work.steps is not None:  # else the end of the last epoch stands
                self.save(self._epoch, done)
            raise Interrupted

    def on_epoch_end(self, epoch: int, logs: Mapping[str, Any] | None = None) -> None:
        """Take down the epoch."""
        values = {name: float(value) for name, value in (logs or {}).items()}
        for name, value in values.items():
            self.state.history.setdefault(name, []).append(value)
        self._skipped = 0
        self._keep_best(epoch, values)
        self.state.callbacks = [callback_state(callback) for callback in self._work.callbacks]
        self.state.epoch, self.state.step = epoch + 1, 0
        self._work.events.add(epoch, values)
        self._reporter.epoch_ends(epoch, values)
        stops = self._interruption.is_requested
        is_last = epoch + 1 == self._work.epochs or self.model.stop_training
        if stops and not is_last:
            self.save(epoch + 1, 0)
            raise Interrupted
        if not is_last and (self._is_due() or self._work.steps is None):
            self.save(epoch + 1, 0)
        if self.ends_part and not self.model.stop_training:
            raise _PartEnds

    def end(self) -> None:
        """Write that the fit is done, and which epoch was the best: one that stops early knows."""
        for callback in self._work.callbacks:
            if isinstance(callback, keras.callbacks.EarlyStopping) and callback.best is not None:
                self.state.best_epoch = callback.best_epoch
        self.save(self._work.epochs, 0, is_done=True)

    def save(self, epoch: int, step: int, *, is_done: bool = False) -> None:
        """Write where the fit stands."""
        begun = time.monotonic()
        self.state = replace(self.state, epoch=epoch, step=step, variables=[], is_done=is_done)
        variables = variables_of(self._work.model, in_epoch=bool(step))
        values = [keras.ops.convert_to_numpy(variable) for variable in variables]
        write_state(self._work.checkpoint, replace(self.state, variables=values))
        self._work.events.write()
        self._written = time.monotonic()
        self._took = self._written - begun

    def _is_due(self) -> bool:
        return time.monotonic() - self._written > self._took / PART_OF_TIME

    def _keep_best(self, epoch: int, values: Mapping[str, float]) -> None:
        value = values.get(self._monitor)
        if value is None or value != value:  # noqa: PLR0124  not a number
            return
        if self.state.best_value is None or value < self.state.best_value:
            self.state.best_value, self.state.best_epoch = value, epoch
            self.state.best = self.model.get_weights()
