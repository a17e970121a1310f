"""What is said where a folder is no run, or one that cannot be read."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from layergraph.diagnostics import GraphError, codes, nearest
from layergraph.targets.failures import failure
from layergraph.training.run_state import FORMAT, NEWEST, RunState

STATE_FILE = "run.json"
GRAPH_FILE = "graph.yaml"
SHOWN_RUNS = 5
_PUT_BACK = "put the file back as it was, or train anew"


def is_run(folder: Path) -> bool:
    """Whether `train` wrote a folder, which may be damaged since."""
    try:
        return f'"{FORMAT}"' in (folder / STATE_FILE).read_text("utf-8", errors="replace")
    except OSError:
        return False


def missing(folder: Path, file: str) -> GraphError:
    """The error for a folder in which there is no file of a name."""
    if is_run(folder):
        is_lost = file == GRAPH_FILE or _is_finished(folder)
        help = _PUT_BACK if is_lost else "train it to its end, with `--resume`"
        return failure(codes.NO_RUN, f"the run `{folder}` has no {file}", help=help)
    reason = f"there is no {file} in it"
    if not folder.is_dir():
        reason = "a run is a folder" if folder.exists() else "nothing is there"
    return failure(codes.NO_RUN, f"`{folder}` is no run: {reason}", help=_meant(folder))


def unreadable(file: Path, error: OSError) -> GraphError:
    """The error for a file that the system does not let us read."""
    return failure(codes.NO_RUN, f"cannot read `{file}`: {error.strerror or error}")


def damaged(file: Path, error: Exception) -> GraphError:
    """The error for a file that holds something else than we wrote."""
    said = str(error)
    if isinstance(error, ValidationError):
        first = error.errors(include_url=False)[0]
        said = f"{'.'.join(map(str, first['loc']))}: {first['msg']}"
    elif isinstance(error, KeyError):
        said = f"{error.args[0]} is missing"
    return failure(
        codes.NO_RUN,
        f"`{file}` is damaged ({said})",
        help=_PUT_BACK,
    )


def from_newer(folder: Path, content: Mapping[str, Any]) -> GraphError:
    """The error for a run in a form that a later layergraph writes."""
    versions = content.get("versions")
    version = versions.get("layergraph") if isinstance(versions, dict) else None
    return failure(
        codes.NO_RUN,
        f"`{folder}` is a run in form {content[FORMAT]}, and this layergraph reads form {NEWEST}",
        help=f"install layergraph {version}, which wrote it, or a newer one"
        if version
        else "install a newer layergraph",
    )


def _is_finished(folder: Path) -> bool:
    try:
        state = RunState.model_validate_json((folder / STATE_FILE).read_bytes())
    except (OSError, ValueError):
        return False
    return state.status == "finished"


def _meant(folder: Path) -> str:
    """The runs that are likely to be meant: the folder around, one beside, those inside."""
    above = [around for around in folder.parents if is_run(around)]
    if above:
        return f"did you mean `{above[0]}`?"
    inside = [str(run) for run in _runs_in(folder)]
    if len(inside) > 1:
        more = ", …" if len(inside) > SHOWN_RUNS else ""
        return f"name a run: {', '.join(f'`{run}`' for run in inside[:SHOWN_RUNS])}{more}"
    meant = nearest(folder.name, [run.name for run in _runs_in(folder.parent)])
    if inside or meant:
        return f"did you mean `{inside[0] if inside else folder.with_name(meant or '')}`?"
    return "name the folder that `layergraph train` wrote, which its `-o` says"


def _runs_in(folder: Path) -> list[Path]:
    found: list[Path] = []
    with suppress(OSError):
        found = sorted(path for path in folder.iterdir() if is_run(path))
    return found
