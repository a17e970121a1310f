"""Declarations of `custom`: layers and objects of the user's own."""

import re
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import Field, model_validator

from layergraph.diagnostics import codes
from layergraph.diagnostics.values import shown
from layergraph.objects.base import Checked, StrictModel, complaint
from layergraph.objects.declared import article
from layergraph.spec.shapes import checked_shape
from layergraph.tensors import DTYPES

_IMPORT = re.compile(r"[A-Za-z_][\w]*(\.[A-Za-z_][\w]*)*:[A-Za-z_][\w]*")


def _import(value: Any) -> str:
    if not isinstance(value, str) or _IMPORT.fullmatch(value) is None:
        raise complaint(
            codes.WRONG_TYPE,
            f"must be a module and a name in it, not {shown(value)}",
            help='write `import: "package.module:Name"`',
        )
    return value


def _custom_output(value: Any) -> Any:
    return "same" if value == "same" else checked_shape(value)


def _custom_outputs(value: Any) -> tuple[Any, ...]:
    if not isinstance(value, list | tuple) or not value:
        predicate = f"must be a list of outputs, not {shown(value)}"
        raise complaint(codes.WRONG_TYPE, predicate, help="write `[same, [null, 8]]`")
    found = []
    for position, item in enumerate(value):
        if item != "same" and not isinstance(item, list | tuple):
            predicate = f"must be `same` or a shape, not {shown(item)}"
            raise complaint(codes.WRONG_TYPE, predicate, at=(position,))
        found.append(_custom_output(item))
    return tuple(found)


CUSTOM_KINDS = (
    "layer",
    "activation",
    "initializer",
    "regularizer",
    "constraint",
    "loss",
    "metric",
    "optimizer",
    "callback",
)


class CustomKeys(StrictModel):
    """A layer or an object of the user's own: where it is, and what it gives."""

    noun: ClassVar[str] = "a declaration of `custom`"

    import_: Annotated[str, Checked(_import)] = Field(alias="import")
    kind: Literal[CUSTOM_KINDS] = "layer"  # type: ignore[valid-type]  # the tuple is a constant
    output: Annotated[Any, Checked(_custom_output)] = None
    outputs: Annotated[Any, Checked(_custom_outputs)] = None
    dtype: Literal[DTYPES] | None = None  # type: ignore[valid-type]  # the tuple is a constant

    @model_validator(mode="after")
    def _check_outputs(self) -> Self:
        given = [key for key in ("output", "outputs") if key in self.model_fields_set]
        if self.kind == "layer" and len(given) != 1:
            raise complaint(
                codes.MISSING_KEY if not given else codes.CONFLICTING_ARGUMENTS,
                "does not say what it gives" if not given else "gives both `output` and `outputs`",
                help="add `output: same`, or a shape without the batch"
                if not given
                else "drop one",
            )
        of_layers = [key for key in (*given, "dtype") if key in self.model_fields_set]
        if self.kind != "layer" and of_layers:
            raise complaint(
                codes.CONFLICTING_ARGUMENTS,
                f"means nothing to {article(self.kind)}",
                at=(of_layers[0],),
                help="drop it",
            )
        return self
