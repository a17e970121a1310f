"""The folder of a run: the names of what is in it, and its small files, each written whole."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from layergraph.diagnostics import codes
from layergraph.targets.failures import failure
from layergraph.targets.files import check_free, writing, written
from layergraph.training.history import History
from layergraph.training.no_run import (
    GRAPH_FILE,
    STATE_FILE,
    damaged,
    from_newer,
    is_run,
    missing,
    unreadable,
)
from layergraph.training.run_state import FORMAT, NEWEST, RunState
from layergraph.training.whole_files import write_whole

_UNFINISHED = re.compile(r"\.(?P<name>.+)\.(?:[a-z0-9_]{8}|[0-9]+)")
"""What is being written has the name of its place between a dot and a word that makes it unique."""


class RunFolder:
    """The folder that a training run writes. `path` need not be there yet."""

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self.path = Path(path)

    @property
    def state_file(self) -> Path:
        """What the run was given, and how far it came: `RunState`."""
        return self.path / STATE_FILE

    @property
    def graph(self) -> Path:
        """The graph, resolved: the params have values, blocks and expressions are gone."""
        return self.path / GRAPH_FILE

    @property
    def model(self) -> Path:
        """The trained model, as a Keras file."""
        return self.path / "model.keras"

    @property
    def saved_model(self) -> Path:
        """The trained model, as a SavedModel."""
        return self.path / "saved_model"

    @property
    def history_json(self) -> Path:
        """Losses and metrics of every epoch, fit by fit."""
        return self.path / "history.json"

    @property
    def history_csv(self) -> Path:
        """The same as a table: a row for each epoch of each fit."""
        return self.path / "history.csv"

    @property
    def metrics(self) -> Path:
        """What the final model and the folds came to."""
        return self.path / "metrics.json"

    @property
    def curves(self) -> Path:
        """The picture of the history."""
        return self.path / "curves.svg"

    @property
    def tensorboard(self) -> Path:
        """The folder of TensorBoard's logs."""
        return self.path / "tensorboard"

    @property
    def checkpoints(self) -> Path:
        """The folder of checkpoints, there while the run is not finished."""
        return self.path / "checkpoints"

    def remove_unfinished(self) -> None:
        """Remove what a process that was killed had begun to write and not put in its place."""
        places = (
            *(self.state_file, self.graph, self.model, self.saved_model),
            *(self.history_json, self.history_csv, self.metrics, self.curves),
        )
        names = {place.name for place in places}
        for path in self.path.iterdir():
            unfinished = _UNFINISHED.fullmatch(path.name)
            if unfinished is None or unfinished["name"] not in names:
                continue
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)

    @classmethod
    def check(cls, out: str | os.PathLike[str], *, force: bool) -> None:
        """Refuse a place where a run cannot begin.

        With `force` too, a file is refused, and a folder that holds files and is no run: what
        `train` writes stays open to it for hours, so what stands there has to go first.

        Raises:
            GraphError: output-exists.
        """
        run = cls(out)
        if not force and is_run(run.path):
            raise failure(
                codes.OUTPUT_EXISTS,
                f"`{run.path}` is a run already",
                help="continue it with `--resume`, `resume=True` in Python; replace it with "
                "`--force`, `force=True` in Python",
            )
        if run.path.is_file():
            raise failure(
                codes.OUTPUT_EXISTS,
                f"`{run.path}` exists already: it is a file, which no run replaces",
                help="name a folder, or remove the file yourself",
            )
        check_free(run.path, force=force)
        if run.path.is_dir() and not is_run(run.path) and _is_filled(run.path):
            raise failure(
                codes.OUTPUT_EXISTS,
                f"`{run.path}` holds files and is no run, so it is not replaced",
                help="name another folder, or remove this one yourself",
            )

    @classmethod
    def create(
        cls, out: str | os.PathLike[str], state: RunState, graph: str, *, force: bool
    ) -> RunFolder:
        """Make the folder of a new run, whole: with its state and its graph, and nothing else.

        Args:
            out: where to.
            state: what run.json says at first.
            graph: the text of graph.yaml.
            force: whether an old run there is replaced.

        Raises:
            GraphError: output-exists, unwritable-output.
        """
        cls.check(out, force=force)
        run = cls(out)
        with written(run.path) as beside:
            beside.mkdir()
            new = cls(beside)
            new.write_state(state)
            write_whole(new.graph, graph)
        return run

    def write_state(self, state: RunState) -> None:
        """Write run.json.

        Raises:
            GraphError: unwritable-output.
        """
        write_whole(self.state_file, state.to_json())

    def write_history(self, history: History) -> None:
        """Write history.json and history.csv.

        Raises:
            GraphError: unwritable-output.
        """
        write_whole(self.history_json, history.to_json())
        write_whole(self.history_csv, history.to_csv())

    def write_metrics(self, content: Mapping[str, Any]) -> None:
        """Write metrics.json: what `metrics_summary.metrics_content` gives.

        Raises:
            GraphError: unwritable-output.
        """
        write_whole(self.metrics, json.dumps(content, indent=2, allow_nan=False) + "\n")

    def read_state(self) -> RunState:
        """What run.json says.

        Raises:
            GraphError: no-run.
        """
        text = self._read(self.state_file)
        try:
            content = json.loads(text)
            written_in = content[FORMAT]
            if isinstance(written_in, int) and written_in > NEWEST:
                raise from_newer(self.path, content)
            return RunState.model_validate_json(text)
        except (ValueError, LookupError, TypeError) as error:
            raise damaged(self.state_file, error) from error

    def read_graph(self) -> str:
        """The text of graph.yaml.

        Raises:
            GraphError: no-run.
        """
        return self._read(self.graph)

    def read_history(self) -> History:
        """What history.json says.

        Raises:
            GraphError: no-run.
        """
        text = self._read(self.history_json)
        try:
            return History.from_json(text)
        except ValueError as error:
            raise damaged(self.history_json, error) from error

    def read_metrics(self) -> dict[str, Any]:
        """What metrics.json says; what is not finite is None.

        Raises:
            GraphError: no-run.
        """
        text = self._read(self.metrics)
        try:
            content: dict[str, Any] = json.loads(text)
        except ValueError as error:
            raise damaged(self.metrics, error) from error
        return content

    def _read(self, file: Path) -> str:
        try:
            return file.read_text(encoding="utf-8")
        except UnicodeDecodeError as error:
            raise damaged(file, error) from error
        except (FileNotFoundError, NotADirectoryError) as error:
            raise missing(self.path, file.name) from error
        except OSError as error:
            raise unreadable(file, error) from error


def _is_filled(folder: Path) -> bool:
    with writing(folder):
        return any(folder.iterdir())
