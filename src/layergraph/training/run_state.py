"""What run.json holds: what a run was given, and how far it came."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

FORMAT = "layergraph"
"""The key of run.json that tells the version of its form, as in graph files."""

NEWEST = 1
"""The newest version of the form that can be read."""

Status = Literal["running", "interrupted", "finished"]
Count = Annotated[int, Field(ge=0)]


class _Kept(BaseModel):
    """A mapping of run.json. A key that is not known is one that a later layergraph added."""

    model_config = ConfigDict(strict=True, extra="ignore", frozen=True, defer_build=True)


class DataState(_Kept):
    """The data of a run: what it was called, its rows, and the digest of its content.

    Of a dataset that gives its batches by itself, neither is known.
    """

    name: str
    rows: Count | None
    sha256: str | None


class ValidationState(_Kept):
    """How rows were set aside: `training.validation` of the graph file, with its defaults."""

    fraction: float | None = None
    folds: int | None = None
    stratify: str | None = None
    shuffle: bool = True


class RunState(_Kept):
    """What run.json holds.

    `seconds` is the time spent on fitting so far, over all resumptions; `missing` counts targets
    that are not in the data, by output; `dropped_rows` are those that `missing: drop` left out.
    """

    layergraph: Literal[1] = 1
    status: Status
    seed: Count
    epochs: Count
    batch_size: Count
    precision: str = "float32"
    validation: ValidationState | None = None
    data: DataState
    validation_data: DataState | None = None
    missing: dict[str, Count] = {}
    dropped_rows: Count = 0
    devices: tuple[str, ...] = ()
    versions: dict[str, str]
    started: AwareDatetime
    seconds: float = 0.0

    def to_json(self) -> str:
        """The text of run.json."""
        return self.model_dump_json(indent=2) + "\n"


def now() -> datetime:
    """The time, as runs take it down: to the second, with its zone."""
    return datetime.now().astimezone().replace(microsecond=0)
