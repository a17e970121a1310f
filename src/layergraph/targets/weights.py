"""Weights from a file, put into a model by the names of its layers."""

from __future__ import annotations

import tempfile
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile, ZipFile

from layergraph.diagnostics import codes
from layergraph.targets.failures import failure
from layergraph.targets.files import writing
from layergraph.targets.saved_weights import LAYERS, LayerPair, has_names, paired

if TYPE_CHECKING:
    import keras

_IN_KERAS_FILE = "model.weights.h5"

_BY_POSITION = "the weights go by position: the file has none of the names of the graph's layers"
_PARTLY = (
    "call layers what they are called in the file, or take what fits with `--partial-weights`, "
    "`partial_weights=True` in Python"
)
_ALL_OTHERS = "take the weights that were saved from this graph"


def load_weights(model: keras.Model, path: Path, *, partial: bool = False) -> tuple[str, ...]:
    """Put the weights of a `.weights.h5` or `.keras` file into a model, by the names of its layers.

    What the file holds is written over what Keras would save of the model, and Keras loads that:
    so the layers' own ways of loading are heeded. The optimizer keeps its state.

    A file without the names goes by position, as Keras has it, and so does one that has no name
    of the model's, where all shapes are the same.

    Args:
        model: the model.
        path: the file.
        partial: whether layers may keep their weights where the file has none that fit, and weights
            of the file may be left.

    Returns:
        What was not put in, and that positions counted: a line each.

    Raises:
        GraphError: where its weights do not fit the model; nothing was put in.
    """
    try:
        with (
            tempfile.TemporaryDirectory() as folder,
            _opened(path) as given,
            warnings.catch_warnings(),
        ):
            # Of the optimizer's state, and of lists that Keras keeps beside the layers themselves.
            warnings.filterwarnings("ignore", "Skipping", UserWarning)
            if LAYERS not in given:  # as in those of Keras 2
                model.load_weights(path)
                return (_BY_POSITION,)
            laid_out = Path(folder) / _IN_KERAS_FILE
            with writing(laid_out):
                model.save_weights(laid_out)
            notes = _filled(laid_out, given, path, told=_told_its_state(model), partial=partial)
            model.load_weights(laid_out)
            return notes
    except (ValueError, OSError, KeyError, BadZipFile) as error:
        raise failure(
            codes.UNFIT_WEIGHTS,
            f"the weights of `{path}` cannot be read",
            notes=_lines(str(error)),
            help="weights are what `model.save_weights`, `layergraph import` or `compile` wrote",
        ) from error


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


@contextmanager
def _opened(path: Path) -> Iterator[Any]:
    """The HDF5 file of the weights, which a `.keras` file has in it."""
    import h5py

    if path.name.endswith(".keras"):
        with (
            ZipFile(path) as archive,
            archive.open(_IN_KERAS_FILE) as weights,
            h5py.File(weights, "r") as file,
        ):
            yield file
    else:
        with h5py.File(path, "r") as file:
            yield file


def _filled(
    laid_out: Path, given: Any, path: Path, *, told: frozenset[str], partial: bool
) -> tuple[str, ...]:
    """Write the weights that are given over those of a file that Keras wrote of the model."""
    import h5py

    with h5py.File(laid_out, "r+") as wanted:
        pairs, by_name = _paired(given, wanted)
        left = {name: pair for name, pair in pairs.items() if not pair.fits}
        unfit = {name: pair for name, pair in left.items() if pair.wanted or name not in told}
        if unfit and not (partial and by_name and len(left) < len(pairs)):
            raise failure(
                codes.UNFIT_WEIGHTS,
                f"the weights of `{path}` do not fit the model",
                notes=_at_most(f"`{name}`: {pair}" for name, pair in unfit.items()),
                help=_PARTLY if by_name and len(left) < len(pairs) else _ALL_OTHERS,
            )
        for name in pairs.keys() - left.keys():
            pairs[name].copy()
        notes = tuple(_left(name, pair) for name, pair in left.items())
        return notes if by_name else (_BY_POSITION, *notes)


def _told_its_state(model: keras.Model, within: str = "") -> frozenset[str]:
    """The layers that have as arguments what else they would have as weights, by name."""
    import keras

    found: set[str] = set()
    for layer in model.layers:
        if isinstance(layer, keras.Model):
            found |= _told_its_state(layer, f"{within}{layer.name}.")
        elif isinstance(layer, keras.layers.Normalization) and layer.input_mean is not None:
            found.add(f"{within}{layer.name}")
    return frozenset(found)


def _paired(given: Any, wanted: Any) -> tuple[dict[str, LayerPair], bool]:
    """The layers of both files, and whether they go by their names."""
    by_position = paired(given, wanted, by_name=False)
    if not has_names(given):
        return by_position, False
    named = paired(given, wanted, by_name=True)
    has_common = any(pair.given and pair.wanted for pair in named.values())
    if named and not has_common and all(pair.fits for pair in by_position.values()):
        return by_position, False
    return named, True


def _left(name: str, pair: LayerPair) -> str:
    """What is said of a layer whose weights were not put in."""
    if pair.wanted:
        return f"`{name}` keeps its initial weights: {pair}"
    return f"the weights of `{name}` are left out: {pair}"


def _at_most(notes: Iterable[str], most: int = 20) -> tuple[str, ...]:
    """Notes of layers, as many as a person reads."""
    lines = tuple(notes)
    return lines if len(lines) <= most else (*lines[:most], f"and {len(lines) - most} more layers")


def _lines(said: str, most: int = 3, width: int = 200) -> tuple[str, ...]:
    """The first lines of what Keras or HDF5 says, without the values that it lists."""
    lines = [line.split("value=")[0].strip(" ,\t") for line in said.split("\n")]
    return tuple(line[:width] for line in lines if line)[:most]
