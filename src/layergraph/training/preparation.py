"""What is known before any data is read: that the graph can be trained, and with which settings."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from typing import Any

from layergraph.diagnostics import codes
from layergraph.graph.given_params import check_params
from layergraph.graph.graph import Graph
from layergraph.spec.training_keys import Validation
from layergraph.targets.custom import check_allowed
from layergraph.targets.export import check_tensorflow
from layergraph.targets.failures import failure
from layergraph.training.adaptation import adaptable_layers
from layergraph.training.callbacks import check_modes
from layergraph.training.packages import check_package
from layergraph.training.reading.table import MEMORY


@dataclass(frozen=True)
class Settings:
    """What the caller says beside the graph and the data; None is what the file says."""

    epochs: int | None = None
    folds: int | None = None
    seed: int | None = None
    resume: bool = False
    force: bool = False
    allow: tuple[str, ...] = ()
    devices: tuple[str, ...] | None = None
    memory: int = MEMORY


def prepared(graph: Graph, settings: Settings, *, has_validation_data: bool) -> Graph:
    """The graph whose `training` is what the caller and the file say, with a seed.

    Raises:
        GraphError: where it cannot be trained, or something that training needs is not there.
    """
    check_params(graph)
    if not any(output.loss is not None for output in graph.heads.values()):
        raise failure(
            codes.NOTHING_TO_TRAIN,
            f"no output of `{graph.name}` has a loss",
            help="give one a `task`, or a `loss`",
        )
    check_allowed(graph, settings.allow, in_training=True)
    adaptable_layers(graph)
    check_modes(graph)
    training = graph.training.model_copy(update=_updates(graph, settings, has_validation_data))
    check_tensorflow()
    check_package("matplotlib", "the picture of the curves")
    check_package("tensorboard", "the log for TensorBoard")
    if training.validation is not None:
        check_package("sklearn", "`validation`")
    return replace(graph, training=training)


def _updates(graph: Graph, settings: Settings, has_validation_data: bool) -> dict[str, Any]:
    found: dict[str, Any] = {}
    validation = graph.training.validation
    if settings.epochs is not None:
        found["epochs"] = settings.epochs
    if settings.folds is not None:
        of_file = validation.model_dump(include={"stratify", "shuffle"}) if validation else {}
        validation = found["validation"] = Validation(folds=settings.folds, **of_file)
    if has_validation_data and validation is not None:
        if validation.folds is not None:
            raise failure(
                codes.UNSPLITTABLE_DATA,
                f"there are {validation.folds} folds to validate on, and validation data as well",
                help="drop one of the two",
            )
        found["validation"] = None
    if settings.seed is not None:
        found["seed"] = settings.seed
    elif graph.training.seed is None:
        found["seed"] = secrets.randbelow(2**32)
    return found
