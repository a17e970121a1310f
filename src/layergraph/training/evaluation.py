"""A run + data → losses and metrics, or predictions."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from os import PathLike
from typing import TYPE_CHECKING, Any

from layergraph.diagnostics import codes
from layergraph.targets.custom import allowed, check_allowed, import_custom
from layergraph.targets.export import check_tensorflow
from layergraph.targets.failures import failure
from layergraph.training.fields import fields_of, targets_of
from layergraph.training.preparation import Settings
from layergraph.training.run import Run

if TYPE_CHECKING:
    import keras
    import numpy as np

    from layergraph.training.sources import Source


def evaluate(
    run: Run | str | PathLike[str],
    data: Any,
    *,
    allow: Iterable[str] = (),
    on_checked: Callable[[], None] = lambda: None,
) -> dict[str, float]:
    """Measure the model of a run on some data.

    Args:
        run: the run, or its folder.
        data: what `layergraph.train` takes, with the columns of inputs and of outputs.
        allow: the modules that `custom` and `data` may import, with what is in them.
        on_checked: called when all is checked, before TensorFlow is needed.

    Returns:
        The losses and metrics by name: `loss`, `<output>_loss`, `<output>_<metric>`. Targets that
        are missing are left out of the loss and the metrics of their output.

    Raises:
        GraphError: where there is no such run, or the data do not fit it.
    """
    run = _run(run)
    modules = allowed(allow)
    source = _source(run, data, modules, has_targets=True)
    on_checked()
    from layergraph.targets.keras_model import compile_model, measured_part
    from layergraph.training.batches import errors_of_reading
    from layergraph.training.log_names import log_names

    model = measured_part(load_model(run, modules), run.graph)
    compile_model(model, run.graph, import_custom(run.graph, modules), gaps=source.gaps)
    size = run.graph.training.batch_size
    with errors_of_reading():
        found = model.evaluate(source.in_order(source.rows, size), verbose=0, return_dict=True)
    name = log_names(run.graph)
    return {name(known): float(value) for known, value in found.items()}


def predict(
    run: Run | str | PathLike[str],
    data: Any,
    *,
    allow: Iterable[str] = (),
    on_checked: Callable[[], None] = lambda: None,
) -> dict[str, np.ndarray]:
    """What the model of a run gives for some data.

    Args:
        run: the run, or its folder.
        data: what `layergraph.train` takes; columns of outputs need not be there.
        allow: the modules that `custom` and `data` may import, with what is in them.
        on_checked: called when all is checked, before TensorFlow is needed.

    Returns:
        An array by output, (rows, …), in the order of the data. Rows that an input's
        `missing: drop` leaves out are NaN.

    Raises:
        GraphError: where there is no such run, or the data do not fit it.
    """
    import numpy as np

    from layergraph.training.batches import errors_of_reading

    run = _run(run)
    modules = allowed(allow)
    source = _source(run, data, modules, has_targets=False)
    on_checked()
    model = load_model(run, modules)
    size = run.graph.training.batch_size
    parts: dict[str, list[np.ndarray]] = {name: [] for name in run.graph.heads}
    with errors_of_reading():
        for inputs in source.inputs(source.rows, size):
            for name, values in model.predict_on_batch(inputs).items():
                parts[name].append(np.asarray(values))
    found = {name: np.concatenate(values) for name, values in parts.items()}
    if len(source.numbers) == source.length:
        return found
    return {
        name: _among_all(values, source.numbers, source.length) for name, values in found.items()
    }


def _among_all(values: np.ndarray, numbers: np.ndarray, length: int) -> np.ndarray:
    """Rows at their places among all rows of the data, NaN elsewhere."""
    import numpy as np

    dtype = values.dtype if values.dtype.kind in "fc" else np.float64
    found = np.full((length, *values.shape[1:]), np.nan, dtype)
    found[numbers] = values
    return found


def load_model(run: Run, allow: Iterable[str]) -> keras.Model:
    """The trained model of a run.

    Raises:
        GraphError: no-run, where it is not there yet, or cannot be loaded.
    """
    import keras

    run.check_model()
    own = import_custom(run.graph, allowed(allow))
    objects = {getattr(thing, "__name__", name): thing for (name, _), thing in own.items()}
    try:
        found: keras.Model = keras.saving.load_model(
            run.folder.model, custom_objects=objects, compile=False
        )
    except (ValueError, OSError, TypeError, KeyError) as error:
        raise failure(
            codes.NO_RUN,
            f"`{run.folder.model}` cannot be loaded",
            notes=(f"Keras: {str(error).splitlines()[0]}",),
            help="put the file back as it was, or train anew",
        ) from error
    return found


def _run(run: Run | str | PathLike[str]) -> Run:
    return run if isinstance(run, Run) else Run(run)


def _source(run: Run, data: Any, allow: tuple[str, ...], *, has_targets: bool) -> Source:
    run.check_model()
    check_allowed(run.graph, allow)
    check_tensorflow()
    from layergraph.training.loading import load_source

    fields = fields_of(run.graph)
    targets = targets_of(run.graph) if has_targets else ()
    return load_source(data, fields, targets, Settings(allow=allow))
