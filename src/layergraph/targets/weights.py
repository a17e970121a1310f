"""Weights from a file, put into a model."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import TYPE_CHECKING

from layergraph.diagnostics import GraphError, codes
from layergraph.targets.failures import failure

if TYPE_CHECKING:
    import keras


def load_weights(model: keras.Model, path: Path) -> None:
    """Put the weights of a `.weights.h5` or `.keras` file into a model.

    Raises:
        GraphError: where its weights do not fit the model.
    """
    with warnings.catch_warnings():
        # Of the optimizer's state, and of lists that Keras keeps beside the layers themselves.
        warnings.filterwarnings("ignore", "Skipping", UserWarning)
        try:
            model.load_weights(path)
        except (ValueError, OSError, KeyError) as error:
            raise _unfit(path, str(error)) from error


def check_weights_file(path: Path) -> None:
    """Refuse what is no weights file.

    Raises:
        GraphError: where it is not there, or its name says that it holds something else.
    """
    if not path.is_file():
        raise failure(codes.UNFIT_WEIGHTS, f"there is no weights file `{path}`")
    if not path.name.endswith((".weights.h5", ".keras")):
        raise failure(
            codes.UNFIT_WEIGHTS,
            f"`{path.name}` is no weights file",
            help="weights stand in a `.weights.h5` or a `.keras` file",
        )


def _unfit(path: Path, said: str) -> GraphError:
    return failure(
        codes.UNFIT_WEIGHTS,
        f"the weights of `{path}` do not fit the model",
        notes=tuple(f"Keras: {line}" for line in _lines(said)),
        help="compile the graph that they were saved from",
    )


def _lines(said: str, most: int = 3, width: int = 200) -> list[str]:
    """The first lines of what Keras says, without the values that it lists."""
    lines = [line.split("value=")[0].strip(" ,\t") for line in said.split("\n")]
    return [line[:width] for line in lines if line][:most]
