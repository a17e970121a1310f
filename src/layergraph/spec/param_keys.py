"""The keys of a param."""

from typing import Annotated, Any, ClassVar

from pydantic import Field

from layergraph.diagnostics import codes
from layergraph.diagnostics.values import shown
from layergraph.objects.base import Checked, StrictModel, complaint
from layergraph.spec.wording import is_number


def _bound(value: Any) -> int | float:
    if type(value) is not int and type(value) is not float:
        help = f"write it without quotes: {value}" if is_number(value) else None
        raise complaint(codes.WRONG_TYPE, f"must be a number, not {shown(value)}", help=help)
    return value


Bound = Annotated[int | float, Checked(_bound)]


class ParamKeys(StrictModel):
    """A param in its long form. Of `default` and `example`, null is a value like any other."""

    noun: ClassVar[str] = "a param"

    default: Any = None
    doc: str | None = None
    min: Bound | None = None
    max: Bound | None = None
    choices: Annotated[tuple[Any, ...] | None, Field(strict=False, min_length=1)] = None
    example: Any = None

    @property
    def is_required(self) -> bool:
        """Whether a caller has to give a value."""
        return "default" not in self.model_fields_set
