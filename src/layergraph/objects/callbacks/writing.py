"""Callbacks that write, as in `keras.callbacks`.

Paths are those of files in the run's folder: nothing is written outside of it. A name in braces
is one of the graph's own (`val_loss`, `age_mean_absolute_error`).
"""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath, PureWindowsPath
from string import Formatter
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, model_validator

from layergraph.diagnostics import codes, did_you_mean
from layergraph.diagnostics.values import cut, shown
from layergraph.objects.base import Checked, KerasObject, complaint
from layergraph.objects.callbacks.monitoring import Monitoring
from layergraph.objects.values import LARGEST_SIZE, NonNegativeInt

_FORMAT = re.compile(r"[<>=^]?[+ -]?0?[0-9]{0,2}(\.[0-9]{1,2})?[deEfFgG%]?")
"""How a number in a file's name may be written: `02d`, `.3f`; no more than two digits wide."""

RUN_FILES = frozenset(
    {
        *("run.json", "graph.yaml", "model.keras", "saved_model", "history.json", "history.csv"),
        *("metrics.json", "curves.svg", "tensorboard", "checkpoints"),
    }
)
"""The names that a run's folder has for files of its own."""

LOGS = "tensorboard"
"""The one of them in which there may be more: a folder of logs, one for each fit."""


def _inside(path: str) -> str:
    """A path in the run's folder.

    Raises:
        PydanticCustomError: where it names nothing, or something that is not inside.
    """
    help = "write one relative to the run's folder, such as `logs/one.csv`"
    if not path or not path.isprintable() or not PurePosixPath(path).parts:
        raise complaint(codes.OUT_OF_RANGE, f"must be a path, not {shown(path)}", help=help)
    windows = PureWindowsPath(path)
    parts = {*PurePosixPath(path).parts, *windows.parts}
    is_elsewhere = path[0] in "/\\~" or bool(windows.drive) or "://" in path
    if is_elsewhere or ".." in parts:
        predicate = f"is `{cut(path)}`, which is not inside of the run's folder"
        raise complaint(codes.OUT_OF_RANGE, predicate, help=help)
    first, *more = PurePosixPath(path).parts
    if first.casefold() in RUN_FILES and not (first == LOGS and more):
        raise complaint(
            codes.NAME_CLASH,
            f"is `{cut(path)}`, and `{first}` is a name that every run's folder has itself",
            help="choose another name",
        )
    return path


PathInRun = Annotated[str, AfterValidator(_inside)]


def placeholders(template: str) -> Iterator[str]:
    """The names in the braces of a file's name (`{epoch:02d}-{val_loss:.2f}.keras`).

    Raises:
        PydanticCustomError: where it is no such template, or a number in it is written otherwise
            than with a few digits.
    """
    try:
        parts = list(Formatter().parse(template))
    except ValueError as error:
        raise complaint(
            codes.OUT_OF_RANGE,
            f"is `{cut(template)}`, whose braces do not match",
            help="write `{epoch:02d}.keras`, and `{{` for a brace itself",
        ) from error
    for _, name, form, conversion in parts:
        if name is None:
            continue
        if not name.isidentifier() or conversion or _FORMAT.fullmatch(form or "") is None:
            raise complaint(
                codes.OUT_OF_RANGE,
                f"is `{cut(template)}`, where a number in braces is not a name and a short format",
                help="write `{epoch:02d}`, or `{val_loss:.2f}`",
            )
        yield name


def _template(path: str) -> str:
    tuple(placeholders(path))
    return _inside(path)


def _frequency(value: Any) -> int | str:
    return _each(value, ("epoch",))


def _frequency_or_batch(value: Any) -> int | str:
    return _each(value, ("epoch", "batch"))


def _each(value: Any, words: tuple[str, ...]) -> int | str:
    """One of the words, or every so many batches."""
    if isinstance(value, str) and value in words:
        return value
    if type(value) is not int:
        listed = "`, `".join(words)
        predicate = f"must be `{listed}` or a number of batches, not {shown(value)}"
        raise complaint(
            codes.NOT_A_CHOICE if isinstance(value, str) else codes.WRONG_TYPE,
            predicate,
            help=did_you_mean(value, words) if isinstance(value, str) else None,
        )
    if not 1 <= value <= LARGEST_SIZE:
        raise complaint(codes.OUT_OF_RANGE, f"must be at least 1, not {value}")
    return value


def _profiled(value: Any) -> int | tuple[int, ...]:
    if type(value) is int and 0 <= value <= LARGEST_SIZE:
        return value
    is_list = isinstance(value, list | tuple) and len(value) == 2
    if not is_list or not all(type(item) is int for item in value):
        raise complaint(
            codes.WRONG_TYPE,
            f"must be the number of a batch or a list of two, not {shown(value)}",
            help="write `[10, 20]`, the first and the last",
        )
    if not 0 < value[0] <= value[1] <= LARGEST_SIZE:
        predicate = "must be the first and the last batch to profile, from 1"
        raise complaint(codes.OUT_OF_RANGE, predicate)
    return tuple(value)


def _separator(text: str) -> str:
    if len(text) != 1 or text in '"\r\n':
        raise complaint(
            codes.OUT_OF_RANGE, f"must be a single character between values, not {shown(text)}"
        )
    return text


Profiled = Annotated[int | tuple[int, ...], Checked(_profiled, least=0, most=LARGEST_SIZE)]


class ModelCheckpoint(Monitoring):
    """Keeps the model, or its weights, in a file of the run's folder."""

    filepath: Annotated[str, AfterValidator(_template)]
    save_best_only: bool = False
    save_weights_only: bool = False
    save_freq: Annotated[int | Literal["epoch"], Checked(_frequency, least=1)] = "epoch"
    initial_value_threshold: float | None = None

    @model_validator(mode="after")
    def _check_ending(self) -> Self:
        endings = (".weights.h5",) if self.save_weights_only else (".keras", ".h5")
        if not self.filepath.endswith(endings):
            raise complaint(
                codes.CONFLICTING_ARGUMENTS,
                f"must end in `{'` or `'.join(endings)}`"
                + (" beside `save_weights_only`" if self.save_weights_only else ""),
                at=("filepath",),
                help=f"write `{cut(_stem(self.filepath))}{endings[0]}`",
            )
        return self


class CSVLogger(KerasObject):
    """Writes what every epoch measures as a line of a CSV file in the run's folder."""

    filename: PathInRun
    separator: Annotated[str, AfterValidator(_separator)] = ","
    append: bool = False


class TensorBoard(KerasObject):
    """Writes logs for TensorBoard into a folder in the run's folder."""

    log_dir: PathInRun = "logs"
    histogram_freq: NonNegativeInt = 0
    write_graph: bool = True
    write_images: bool = False
    write_steps_per_second: bool = False
    update_freq: Annotated[
        int | Literal["epoch", "batch"], Checked(_frequency_or_batch, least=1)
    ] = "epoch"
    profile_batch: Profiled = 0
    embeddings_freq: NonNegativeInt = 0
    embeddings_metadata: PathInRun | None = None


def _stem(path: str) -> str:
    return path.removesuffix(".h5").removesuffix(".weights").removesuffix(".keras")
