"""The sections of a graph file, as a Pydantic model."""

from typing import Annotated, Any, ClassVar, Literal

from layergraph.diagnostics import codes
from layergraph.diagnostics.values import shown
from layergraph.objects.base import Checked, StrictModel, complaint
from layergraph.spec.names import ModelName

VERSION = 1


def check_version(value: Any) -> int:
    """The version of the language, of which there is one.

    Raises:
        PydanticCustomError: unknown-version.
    """
    if type(value) is not int or value != VERSION:
        raise complaint(
            codes.UNKNOWN_VERSION,
            f"is {shown(value)}, and this layergraph reads version {VERSION}",
            help=f"write `layergraph: {VERSION}`",
        )
    return VERSION


class FileKeys(StrictModel):
    """The sections of a graph file. What the sections hold has models of its own."""

    noun: ClassVar[str] = "a graph file"

    layergraph: Annotated[Literal[VERSION], Checked(check_version)]  # type: ignore[valid-type]  # so is this
    name: ModelName | None = None
    description: str | None = None
    params: dict[str, Any] = {}
    imports: dict[str, Any] = {}
    blocks: dict[str, Any] = {}
    custom: dict[str, Any] = {}
    inputs: dict[str, Any]
    layers: dict[str, Any] = {}
    merges: dict[str, Any] = {}
    outputs: dict[str, Any]
    training: dict[str, Any] = {}
