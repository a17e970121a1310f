"""The sections of blocks, and of files that hold blocks alone: a Pydantic model each."""

from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field

from layergraph.diagnostics import codes
from layergraph.diagnostics.values import shown
from layergraph.objects.base import Checked, StrictModel, complaint
from layergraph.spec.file_keys import VERSION, check_version


class LibraryKeys(StrictModel):
    """The sections of a file of blocks."""

    noun: ClassVar[str] = "a file of blocks"

    layergraph: Annotated[Literal[VERSION], Checked(check_version)]  # type: ignore[valid-type]  # so is this
    description: str | None = None
    imports: dict[str, Any] = {}
    blocks: dict[str, Any]
    custom: dict[str, Any] = {}


def _block_outputs(value: Any) -> Any:
    if not isinstance(value, str | dict):
        raise complaint(
            codes.WRONG_TYPE,
            f"must be the name of a node, not {shown(value)}",
            help="write `outputs: out`, or `outputs: {main: out, aux: …}` for several",
        )
    return value


class BlockKeys(StrictModel):
    """A block's declaration. What its sections hold has models of its own."""

    noun: ClassVar[str] = "a block"

    description: str | None = None
    params: dict[str, Any] = {}
    inputs: Annotated[tuple[str, ...], Field(strict=False, min_length=1)]
    layers: dict[str, Any] = {}
    merges: dict[str, Any] = {}
    outputs: Annotated[Any, Checked(_block_outputs)]
