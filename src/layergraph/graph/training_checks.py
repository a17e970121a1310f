"""What `training` names of a graph: outputs to stratify by, and values that callbacks watch."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from layergraph.diagnostics import Diagnostics, codes, did_you_mean
from layergraph.diagnostics.values import cut
from layergraph.graph.graph import Output
from layergraph.graph.metric_names import VALIDATION, has_own_names, metric_names
from layergraph.graph.output_data import form_of
from layergraph.objects.base import KerasObject
from layergraph.objects.declared import CustomObject
from layergraph.spec.place import Place
from layergraph.spec.training_keys import Training

_MOST_LISTED = 12


def check_training(
    training: Training, place: Place, outputs: Mapping[str, Output], diagnostics: Diagnostics
) -> None:
    """Report what `training` names and the outputs have not.

    Args:
        training: the section.
        place: where it stands.
        outputs: the outputs by name, all of them sound.
        diagnostics: where it is reported.
    """
    _check_stratify(training, place, outputs, diagnostics)
    for position, callback in enumerate(training.callbacks):
        if not isinstance(callback, CustomObject):
            at = place.at("callbacks", position)
            _check_names(callback, at, outputs, diagnostics)
            _check_optimizer(callback, training.optimizer, at, diagnostics)


def _check_stratify(
    training: Training, place: Place, outputs: Mapping[str, Output], diagnostics: Diagnostics
) -> None:
    name = training.validation.stratify if training.validation else None
    if name is None:
        return
    at = place.at("validation", "stratify")
    with_classes = [n for n, output in outputs.items() if form_of(output).has_one_class]
    listed = "`, `".join(with_classes[:_MOST_LISTED])
    if name in with_classes:
        return
    if name in outputs:
        diagnostics.report(
            codes.NOT_A_CHOICE,
            f"`stratify` of `validation` is `{name}`, an output without one class a row",
            at.span,
            path=at.path,
            help=f"those that have one are `{listed}`" if with_classes else "drop it",
        )
        return
    diagnostics.report(
        codes.UNKNOWN_REFERENCE,
        f"`stratify` of `validation` is `{cut(name)}`, which is no output",
        at.span,
        path=at.path,
        help=did_you_mean(name, with_classes)
        or (f"there is `{listed}`" if with_classes else "no output has classes: drop it"),
    )


def _check_names(
    callback: KerasObject, place: Place, outputs: Mapping[str, Output], diagnostics: Diagnostics
) -> None:
    arguments: dict[str, Any] = callback.arguments()
    kind = type(callback).__name__
    if "monitor" in arguments:
        name = arguments["monitor"]
        if not _is_measured(name, outputs):
            _report_unknown(f"`monitor` of `{kind}`", name, "monitor", place, outputs, diagnostics)
    if "filepath" in arguments:
        from layergraph.objects.callbacks.writing import placeholders

        counts = ("epoch", "batch") if arguments["save_freq"] != "epoch" else ("epoch",)
        for name in placeholders(arguments["filepath"]):
            if name not in counts and not _is_measured(name, outputs):
                owner = f"`filepath` of `{kind}`"
                _report_unknown(owner, name, "filepath", place, outputs, diagnostics, counts)
                return


def _check_optimizer(
    callback: KerasObject, optimizer: str | KerasObject, place: Place, diagnostics: Diagnostics
) -> None:
    """Report a callback that Keras would stop at, as the optimizer lacks what it works on."""
    if isinstance(optimizer, CustomObject):
        return
    kind = type(callback).__name__
    arguments = {} if isinstance(optimizer, str) else optimizer.arguments()
    if any(key in arguments for key in ("inner_optimizer", "optimizer_map")):
        return  # whose parts have their own
    if kind == "SwapEMAWeights" and not arguments.get("use_ema"):
        message = "`SwapEMAWeights` needs the moving averages of an optimizer with `use_ema: true`"
        help = "write `optimizer: {type: …, use_ema: true}`"
    elif kind == "ReduceLROnPlateau" and isinstance(arguments.get("learning_rate"), KerasObject):
        message = "`ReduceLROnPlateau` cannot set a learning rate that follows a schedule"
        help = "drop it, or give the optimizer a number as its `learning_rate`"
    else:
        return
    diagnostics.report(codes.CONFLICTING_ARGUMENTS, message, place.span, path=place.path, help=help)


def _is_measured(name: str, outputs: Mapping[str, Output]) -> bool:
    """Whether training measures something of this name, or may do so."""
    measured = name.removeprefix(VALIDATION)
    if measured in metric_names(outputs.values()):
        return True
    return any(
        measured.startswith(f"{output.name}_")
        for output in outputs.values()
        if has_own_names(output)
    )


def _report_unknown(
    owner: str,
    name: str,
    key: str,
    place: Place,
    outputs: Mapping[str, Output],
    diagnostics: Diagnostics,
    also: tuple[str, ...] = (),
) -> None:
    known = metric_names(outputs.values())
    at = place.at(key) if place.has(key) else place
    if not known:
        diagnostics.report(
            codes.UNKNOWN_OBJECT,
            f"{owner} is `{cut(name)}`, and nothing is measured: no output has a loss",
            at.span,
            path=at.path,
            help="give an output a `task` or a `loss`",
        )
        return
    with_prefix = next((n for n in known if n.endswith(f"_{name.removeprefix(VALIDATION)}")), None)
    nearest = f"did you mean `{_as_asked(name, with_prefix)}`?" if with_prefix else None
    every = (*also, *known, *(f"{VALIDATION}{n}" for n in known))
    listed = "`, `".join((*also, *known)[:_MOST_LISTED])
    more = ", …" if len(known) > _MOST_LISTED else ""
    diagnostics.report(
        codes.UNKNOWN_OBJECT,
        f"{owner} {'is' if key == 'monitor' else 'has'} `{cut(name)}`, which nothing measures",
        at.span,
        path=at.path,
        help=nearest
        or did_you_mean(name, every)
        or f"there is `{listed}`{more}, and with `{VALIDATION}` before it what is held out",
    )


def _as_asked(name: str, found: str) -> str:
    return f"{VALIDATION}{found}" if name.startswith(VALIDATION) else found
