"""What an output asks of data, against the sizes of the tensor that it gives."""

from __future__ import annotations

from layergraph.diagnostics import Diagnostics, codes
from layergraph.graph.graph import Output
from layergraph.graph.target_forms import NUMBER, TargetForm, target_form
from layergraph.spec.class_weights import check_classes
from layergraph.spec.output_keys import OutputKeys
from layergraph.spec.place import Place


def form_of(output: Output) -> TargetForm:
    """What the targets of an output have to be."""
    return target_form(
        output.spec,
        output.loss,
        output.metrics,
        task=output.task,
        labels=output.labels,
        classes=output.classes,
    )


def check_output_data(
    output: Output, keys: OutputKeys, place: Place, diagnostics: Diagnostics
) -> None:
    """Report labels, columns and weights that do not fit an output's tensor or its loss.

    Args:
        output: the output.
        keys: what the file says of it.
        place: where it stands.
        diagnostics: where it is reported.
    """
    form = form_of(output)
    if _classes_fit(output, form, place, diagnostics):
        _check_class_weight(output, keys, form, place, diagnostics)
    if keys.columns is not None:
        _check_columns(output, len(keys.columns), form, place, diagnostics)


def _classes_fit(output: Output, form: TargetForm, place: Place, diagnostics: Diagnostics) -> bool:
    """Whether the labels of an output are as many as it tells apart."""
    labels, at = output.classes, place.at("classes")
    if labels is None:
        return True
    subject = f"`classes` of output `{output.name}`"
    if form.form == NUMBER:
        diagnostics.report(
            codes.CONFLICTING_ARGUMENTS,
            f"{subject} mean nothing to its loss, which takes numbers",
            at.key_span,
            path=at.path,
            help="drop them, or choose a loss of classes, such as "
            "`sparse_categorical_crossentropy`",
        )
        return False
    if form.count is None or form.count == len(labels):
        return True
    size = f"the last axis of {output.spec}"
    wanted = f"{size} is {form.count}"
    if form.is_binary:
        wanted = f"{size} is 1, which tells two apart"
    diagnostics.report(
        codes.ARGUMENT_MISFIT,
        f"{subject} {_are(len(labels))}, and {wanted}",
        at.span,
        path=at.path,
        help=f"name {form.count} classes, or give the head as many units as there are classes",
    )
    return False


def _check_class_weight(
    output: Output, keys: OutputKeys, form: TargetForm, place: Place, diagnostics: Diagnostics
) -> None:
    if keys.class_weight is None or form.is_open:
        return
    at = place.at("class_weight")
    if not form.has_one_class:
        diagnostics.report(
            codes.CONFLICTING_ARGUMENTS,
            f"`class_weight` of output `{output.name}` means nothing to it: a row has not one "
            "class of its own",
            at.key_span,
            path=at.path,
            help="`sample_weight` names a column with a weight for every row",
        )
    elif isinstance(keys.class_weight, dict) and keys.classes is None and form.count is not None:
        check_classes(keys.class_weight, range(form.count), output.name, at, diagnostics)


def _check_columns(
    output: Output, number: int, form: TargetForm, place: Place, diagnostics: Diagnostics
) -> None:
    at = place.at("columns")
    if not form.shape:
        if number == 1:
            return
        diagnostics.report(
            codes.ARGUMENT_MISFIT,
            f"`columns` of output `{output.name}` are {number}, and a row has one class",
            at.span,
            path=at.path,
            help="name one `column`"
            + (", or write `labels: one_hot`" if output.task == "multiclass" else ""),
        )
        return
    size = form.shape[-1]
    if size is not None and size != number:
        diagnostics.report(
            codes.ARGUMENT_MISFIT,
            f"`columns` of output `{output.name}` {_are(number)}, and the last axis of "
            f"{output.spec} is {size}",
            at.span,
            path=at.path,
            help=f"name {size}, side by side, or one `column`",
        )


def _are(number: int) -> str:
    return "is 1" if number == 1 else f"are {number}"
