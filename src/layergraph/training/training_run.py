"""A run: every fold, then the final model, then all files. What is done already is kept."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite
from statistics import median
from typing import TYPE_CHECKING

from layergraph.graph.graph import Graph
from layergraph.targets.custom import import_custom
from layergraph.targets.export import export
from layergraph.targets.keras_model import maker
from layergraph.training.callbacks import keras_callbacks, stops_early
from layergraph.training.curves import write_curves
from layergraph.training.devices import strategy
from layergraph.training.events import Events
from layergraph.training.fitting import Fit, Fitted, fit
from layergraph.training.history import FINAL, VALIDATION, FitHistory, History
from layergraph.training.interruption import Interrupted, Interruption
from layergraph.training.log_names import log_names
from layergraph.training.metrics_summary import metrics_content
from layergraph.training.models import Models, model_to_serve, models_to_train
from layergraph.training.plan import Plan
from layergraph.training.splits import Split
from layergraph.training.whole_files import write_whole

if TYPE_CHECKING:
    from layergraph.training.preparation import Settings
    from layergraph.training.progress import Reporter
    from layergraph.training.run_files import RunFolder
    from layergraph.training.sources import Source


@dataclass(frozen=True)
class FoldResult:
    """What came of one fold. Its best epoch counts from 0."""

    history: FitHistory
    metrics: Mapping[str, float]
    best_epoch: int


class TrainingRun:
    """Carries out a run in its folder, from where it stands."""

    def __init__(
        self,
        graph: Graph,
        source: Source,
        plan: Plan,
        folder: RunFolder,
        settings: Settings,
        reporter: Reporter,
        interruption: Interruption,
    ) -> None:
        self._graph = graph
        self._source = source
        self._plan = plan
        self._folder = folder
        self._reporter = reporter
        self._interruption = interruption
        self._own = import_custom(graph, settings.allow, in_training=True)
        self._strategy = strategy(settings.devices)
        self._gaps = frozenset({*source.gaps, *plan.held_out.gaps})
        self._name = log_names(graph)

    def carry_out(self) -> None:
        """Fit every fold and the final model, and write what they came to.

        Raises:
            Interrupted: where someone asked to stop. The best weights so far are a model then.
            GraphError: where something cannot be written.
        """
        self._folder.remove_unfinished()
        folds: list[FoldResult] = []
        try:
            for number, split in enumerate(self._plan.folds, 1):
                folds.append(self._fold(number, split))
            self._final(folds)
        except Interrupted:
            self._write_history(self._history_so_far(folds))
            raise

    @property
    def _seed(self) -> int:
        assert self._graph.training.seed is not None
        return self._graph.training.seed

    def _fold(self, number: int, split: Split) -> FoldResult:
        """One fold; its result is kept, its model is not."""
        done = self._folder.checkpoints / f"fold{number}.json"
        if done.is_file():
            return FoldResult(**json.loads(done.read_text(encoding="utf-8")))
        shown = f"fold {number} of {len(self._plan.folds)}"
        models, fitted = self._fitted(f"fold{number}", shown, split, self._source)
        found = FoldResult(
            fitted.history, self._values(models, fitted, split, self._source), fitted.best_epoch
        )
        write_whole(done, json.dumps(vars(found)))
        (self._folder.checkpoints / f"fold{number}.npz").unlink()
        return found

    def _final(self, folds: list[FoldResult]) -> None:
        """The final model: on everything, after folds; else beside what is held out."""
        epochs = self._graph.training.epochs
        split, held_out = self._plan.final, self._plan.held_out
        if folds and stops_early(self._graph):
            epochs = round(median(fold.best_epoch + 1 for fold in folds))
            self._reporter.note(f"the folds were best after {epochs} epochs (their median)")
        try:
            models, fitted = self._fitted(FINAL, FINAL, split, held_out, epochs)
        except Interrupted:
            self._keep_best()
            raise
        values = self._values(models, fitted, split, held_out)
        self._write_model(models)
        history = History(fitted.history, tuple(fold.history for fold in folds))
        self._write_history(history)
        metrics = metrics_content(values, [fold.metrics for fold in folds], self._source.gaps)
        self._folder.write_metrics(metrics)

    def _fitted(
        self, name: str, shown: str, split: Split, held_out: Source, epochs: int | None = None
    ) -> tuple[Models, Fitted]:
        training = self._graph.training
        models = self._models_of(split)
        is_validated = split.validation is not None
        work = Fit(
            name=shown,
            model=models.fitted,
            training=lambda which: self._source.training(
                split.training, training.batch_size, which
            ),
            validation=held_out.in_order(split.validation, training.batch_size)
            if split.validation is not None
            else None,
            epochs=epochs or training.epochs,
            steps=self._source.steps(split.training, training.batch_size),
            seed=self._seed,
            our_name=self._name,
            callbacks=keras_callbacks(
                self._graph,
                maker(self._own),
                folder=self._folder.path if name == FINAL else self._folder.path / name,
                is_validated=is_validated,
            ),
            checkpoint=self._folder.checkpoints / f"{name}.npz",
            events=Events(self._folder.tensorboard / name),
        )
        self._work, self._models = work, models
        fitted = fit(work, self._reporter, self._interruption)
        self._warn_of_divergence(shown, fitted)
        return models, fitted

    def _warn_of_divergence(self, shown: str, fitted: Fitted) -> None:
        losses = fitted.history.get("loss", ())
        epoch = next((n for n, loss in enumerate(losses, 1) if not isfinite(loss)), None)
        if epoch is not None:
            self._reporter.note(
                f"warning: the loss of {shown} is {losses[epoch - 1]} from epoch {epoch} on: lower "
                "the learning rate, or scale what goes in and what should come out"
            )

    def _models_of(self, split: Split) -> Models:
        return models_to_train(
            self._graph,
            self._own,
            self._source,
            split.training,
            seed=self._seed,
            gaps=self._gaps,
            strategy=self._strategy,
        )

    def _values(
        self, models: Models, fitted: Fitted, split: Split, held_out: Source
    ) -> dict[str, float]:
        """Losses and metrics at the end of a fit; those of validation by the model as it is now."""
        found = {
            name: values[-1]
            for name, values in fitted.history.items()
            if not name.startswith(VALIDATION) and name != "learning_rate"
        }
        if split.validation is not None:
            data = held_out.in_order(split.validation, self._graph.training.batch_size)
            values = models.fitted.evaluate(data, verbose=0, return_dict=True)
            found |= {f"{VALIDATION}{self._name(name)}": float(v) for name, v in values.items()}
        return found

    def _keep_best(self) -> None:
        """Write the best weights so far of the final fit, where an epoch of it is done."""
        from layergraph.training.checkpoints import read_state

        state = read_state(self._work.checkpoint)
        if state is not None and state.best:
            self._work.model.set_weights(state.best)
            self._write_model(self._models)

    def _write_model(self, models: Models) -> None:
        served = model_to_serve(models, self._graph, self._own, self._gaps, self._strategy)
        export(self._graph, self._folder.model, model=served, force=True)
        export(self._graph, self._folder.saved_model, model=served, force=True)

    def _history_so_far(self, folds: list[FoldResult]) -> History:
        from layergraph.training.checkpoints import read_state

        state = read_state(self._folder.checkpoints / f"{FINAL}.npz")
        final = state.history if state is not None else {}
        return History(final, tuple(fold.history for fold in folds))

    def _write_history(self, history: History) -> None:
        self._folder.write_history(history)
        if any(history.fits.values()):
            write_curves(history, self._folder.curves)
