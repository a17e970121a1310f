"""A graph → an artefact: which one, the place of `out` says."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib.util import find_spec
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

from layergraph.diagnostics import Diagnostics, GraphError, codes, did_you_mean
from layergraph.graph.given_params import check_params
from layergraph.graph.graph import Graph
from layergraph.targets.custom import allowed, check_allowed
from layergraph.targets.failures import failure
from layergraph.targets.files import check_free, written
from layergraph.targets.weights import check_weights_file, load_weights

if TYPE_CHECKING:
    import keras


@dataclass(frozen=True)
class Target:
    """A form that a model can be written in.

    `suffix` is "" for a folder; `serves` says that what is written answers requests as it is.
    """

    name: str
    suffix: str
    save: Callable[[keras.Model, Graph, Path], None]
    serves: bool


@dataclass(frozen=True)
class SourceTarget:
    """A form that needs no model, but the graph alone: nothing is compiled for it."""

    name: str
    suffix: str
    text: Callable[[Graph], str]


def _save_saved_model(model: keras.Model, graph: Graph, out: Path) -> None:
    from layergraph.targets.saved_model import save_saved_model

    save_saved_model(model, graph, out)


def _save_keras_file(model: keras.Model, graph: Graph, out: Path) -> None:  # noqa: ARG001
    model.save(out)


def _save_weights(model: keras.Model, graph: Graph, out: Path) -> None:  # noqa: ARG001
    model.save_weights(out)


def _python_source(graph: Graph) -> str:
    from layergraph.targets.python_source.source import python_source

    return python_source(graph)


TARGETS: tuple[Target | SourceTarget, ...] = (
    Target("SavedModel", "", _save_saved_model, serves=True),
    Target("Keras file", ".keras", _save_keras_file, serves=True),
    Target("weights", ".weights.h5", _save_weights, serves=False),
    SourceTarget("Python module", ".py", _python_source),
)


def export(
    graph: Graph,
    out: str | PathLike[str],
    *,
    model: keras.Model | None = None,
    weights: str | PathLike[str] | None = None,
    partial_weights: bool = False,
    seed: int | None = None,
    force: bool = False,
    allow: Iterable[str] = (),
) -> Path:
    """Compile a graph and write the model, or a Python module that builds it.

    Args:
        graph: the graph.
        out: where to: a folder becomes a SavedModel, `.keras` and `.weights.h5` what they say,
            and `.py` a module of Python, for which nothing is compiled and nothing imported.
        model: the model to write, which `compile` made of the graph and which was adapted or
            trained since; without it the graph is compiled afresh.
        weights: a `.weights.h5` or `.keras` file with the weights to put in, each layer those that
            have its name.
        partial_weights: whether only those are put in that fit, and the others are left.
        seed: what random generators begin with, for the initial weights.
        force: whether what stands at `out` is replaced.
        allow: the modules that `custom` may import, with what is in them.

    Returns:
        The path of the artefact. A warning says which weights were not put in.

    Raises:
        GraphError: where the graph cannot be compiled, the weights do not fit, or `out` exists,
            cannot be written or has an ending that names no form.
    """
    if not isinstance(graph, Graph):
        raise TypeError(f"a Graph is exported, not {graph!r}: layergraph.load(path) reads one")
    place, notes = export_with_notes(
        graph,
        out,
        model=model,
        weights=weights,
        partial_weights=partial_weights,
        seed=seed,
        force=force,
        allow=allow,
    )
    for note in notes:
        warnings.warn(note, stacklevel=2)
    return place


def export_with_notes(
    graph: Graph,
    out: str | PathLike[str],
    *,
    model: keras.Model | None = None,
    weights: str | PathLike[str] | None = None,
    partial_weights: bool = False,
    seed: int | None = None,
    force: bool = False,
    allow: Iterable[str] = (),
) -> tuple[Path, tuple[str, ...]]:
    """The path of the artefact, and what is to be said of the weights; else like `export`.

    Raises:
        GraphError: as `export`.
    """
    allow = allowed(allow)
    target = check_export(
        graph,
        out,
        weights=weights,
        seed=seed,
        force=force,
        allow=allow,
        is_adapted=model is not None,
    )
    place = Path(out)
    if isinstance(target, SourceTarget):
        text = target.text(graph)
        with written(place) as beside:
            beside.write_text(text, encoding="utf-8", newline="\n")
        return place, ()
    from layergraph.targets.keras_model import compile_graph

    if model is None:
        model = compile_graph(graph, seed=seed, allow=allow)
    notes: tuple[str, ...] = ()
    if weights is not None:
        notes = load_weights(model, Path(weights), partial=partial_weights)
    with written(place) as beside:
        target.save(model, graph, beside)
    return place, notes


def check_export(
    graph: Graph,
    out: str | PathLike[str],
    *,
    weights: str | PathLike[str] | None = None,
    seed: int | None = None,
    force: bool = False,
    allow: Iterable[str] = (),
    is_adapted: bool = False,
) -> Target | SourceTarget:
    """Find out, before TensorFlow is started, whether a graph can be written to `out`.

    Args:
        graph: the graph.
        out: where to.
        weights: the file with the weights to put in.
        seed: what random generators are to begin with.
        force: whether what stands there is replaced.
        allow: the modules that `custom` may import, with what is in them.
        is_adapted: whether there is a model already, in which the layers that learn from data
            before training have done so.

    Raises:
        GraphError: where it cannot.
    """
    place = Path(out)
    target = _target(place)
    check_free(place, force=force)
    if isinstance(target, SourceTarget):
        check_params(graph)
        _check_no_weights(place, is_adapted, weights, seed)
        return target
    if not is_adapted:
        check_params(graph)
        check_allowed(graph, allowed(allow))
    check_tensorflow()
    if weights is not None:
        check_weights_file(Path(weights))
    if target.serves and not is_adapted:
        _check_state(graph)
    return target


def _check_no_weights(
    place: Path, has_model: bool, weights: str | PathLike[str] | None, seed: int | None
) -> None:
    """Refuse what says something of weights, which a module of Python does not hold."""
    given = {"model": has_model, "weights": weights is not None, "seed": seed is not None}
    for name, is_given in given.items():
        if is_given:
            raise failure(
                codes.SOURCE_WITHOUT_WEIGHTS,
                f"`{place.name}` is a module of Python, which holds no weights, and `{name}` "
                "says what they are",
                help=f"drop `{name}`; of the model that the module builds, load the weights with "
                "`model.load_weights(…)`",
            )


def _target(out: Path) -> Target | SourceTarget:
    for target in TARGETS:
        if target.suffix and out.name.endswith(target.suffix):
            return target
    if out.suffix and not out.is_dir():
        endings = [target.suffix for target in TARGETS if target.suffix]
        raise failure(
            codes.UNKNOWN_TARGET,
            f"`{out.name}` ends in `{out.suffix}`, which names no form that a model is written in",
            help=did_you_mean(out.suffix, endings)
            or f"a name without an ending is a SavedModel folder; else {', '.join(endings)}",
        )
    return TARGETS[0]


def check_tensorflow() -> None:
    """Find out, without importing them, whether TensorFlow and Keras are there.

    Raises:
        GraphError: tensorflow-missing.
    """
    missing = [name for name in ("tensorflow", "keras") if find_spec(name) is None]
    if missing:
        raise failure(
            codes.TENSORFLOW_MISSING,
            f"compiling needs {' and '.join(missing)}, and the core of layergraph does without",
            help="install it with `pip install 'layergraph[tensorflow]'`",
        )


def _check_state(graph: Graph) -> None:
    """Refuse to write a model that could not serve: lookups that know no word."""
    diagnostics = Diagnostics()
    for node in graph.nodes.values():
        if node.layer is None or node.path not in graph.in_model:
            continue
        if node.layer.needs_state and not node.layer.state_is_weights:
            diagnostics.report(
                codes.MISSING_STATE,
                f"`{node.path}` has learnt nothing from data yet, so the model could not serve",
                node.span,
                help=f"give its `{node.layer.state_argument}`; or adapt the layer of the model in "
                "Python, and give `export` that `model`",
            )
    if diagnostics.has_errors:
        raise GraphError(tuple(diagnostics))
