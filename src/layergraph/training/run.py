"""A run that was trained: what its folder holds, and what its model says of other data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

from layergraph.diagnostics import codes
from layergraph.graph.graph import Graph
from layergraph.pipeline import load
from layergraph.targets.failures import failure
from layergraph.training.history import History
from layergraph.training.no_run import missing
from layergraph.training.run_files import RunFolder
from layergraph.training.run_state import RunState

if TYPE_CHECKING:
    import keras
    import numpy as np


class Run:
    """A training run.

    Args:
        path: its folder.

    Raises:
        GraphError: no-run, where the folder is none.
    """

    def __init__(self, path: str | PathLike[str]) -> None:
        self.folder = RunFolder(path)
        self.state: RunState = self.folder.read_state()

    def __repr__(self) -> str:
        return f"<Run {self.path}: {self.state.status}>"

    @property
    def path(self) -> Path:
        """The folder."""
        return self.folder.path

    @cached_property
    def graph(self) -> Graph:
        """The graph that was trained, resolved."""
        self.folder.read_graph()  # which says what is wrong with the run where it is not there
        return load(self.folder.graph)

    @cached_property
    def history(self) -> History:
        """Losses and metrics of every epoch, of the final fit and of the folds."""
        return self.folder.read_history()

    @cached_property
    def metrics(self) -> Mapping[str, Any]:
        """The content of metrics.json: `final`, `folds` and `missing`."""
        return self.folder.read_metrics()

    def check_model(self) -> None:
        """Find out whether the trained model is there.

        Raises:
            GraphError: no-run, where it is not there yet.
        """
        if self.state.status == "finished" and not self.folder.model.is_file():
            raise missing(self.path, self.folder.model.name)
        if not self.folder.model.is_file():
            raise failure(
                codes.NO_RUN,
                f"the run `{self.path}` has no model yet: it is {self.state.status}",
                help="train it to its end, with `--resume`",
            )

    def model(self, allow: Iterable[str] = ()) -> keras.Model:
        """The trained model.

        Args:
            allow: the modules that `custom` may import, with what is in them.
        """
        from layergraph.training.evaluation import load_model

        return load_model(self, allow)

    def evaluate(self, data: Any, *, allow: Iterable[str] = ()) -> dict[str, float]:
        """Losses and metrics on some data, by our names; see `layergraph.evaluate`."""
        from layergraph.training.evaluation import evaluate

        return evaluate(self, data, allow=allow)

    def predict(self, data: Any, *, allow: Iterable[str] = ()) -> dict[str, np.ndarray]:
        """What the model gives for some data, by output; see `layergraph.predict`."""
        from layergraph.training.evaluation import predict

        return predict(self, data, allow=allow)
