"""Weights from a file, put into a model."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from layergraph.diagnostics import codes
from layergraph.targets.failures import failure

if TYPE_CHECKING:
    import keras


def load_weights(model: keras.Model, path: Path) -> None:
    """Put the weights of a `.weights.h5` or `.keras` file into a model.

    Raises:
        GraphError: where there is no such file, or its weights do not fit the model.
    """
    if not path.is_file():
        raise failure(codes.UNFIT_WEIGHTS, f"there is no weights file `{path}`")
    if not path.name.endswith((".weights.h5", ".keras")):
        raise failure(
            codes.UNFIT_WEIGHTS,
            f"`{path.name}` is no weights file",
            help="weights stand in a `.weights.h5` or a `.keras` file",
        )
    try:
        model.load_weights(path)
    except (ValueError, OSError, KeyError) as error:
        first = str(error).strip().splitlines()[0]
        raise failure(
            codes.UNFIT_WEIGHTS, f"the weights of `{path}` do not fit the model: {first}"
        ) from error
