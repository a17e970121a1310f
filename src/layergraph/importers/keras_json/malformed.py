"""What is wrong with the JSON of an architecture, and where."""

from __future__ import annotations

from typing import Any

Path = tuple[str | int, ...]


class Malformed(Exception):
    """The JSON is no architecture; the message says so of what stands at `path`."""

    def __init__(self, path: Path, predicate: str) -> None:
        steps = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
        super().__init__(f"{f'`{steps[1:]}`' if steps else 'it'} {predicate}")


def a_dict(value: Any, path: Path) -> dict[str, Any]:
    """The value, which has to be an object.

    Raises:
        Malformed: where it is none.
    """
    if not isinstance(value, dict):
        raise Malformed(path, f"must be an object, not {_shown(value)}")
    return value


def a_list(value: Any, path: Path) -> list[Any]:
    """The value, which has to be a list.

    Raises:
        Malformed: where it is none.
    """
    if not isinstance(value, list):
        raise Malformed(path, f"must be a list, not {_shown(value)}")
    return value


def a_text(value: Any, path: Path) -> str:
    """The value, which has to be text.

    Raises:
        Malformed: where it is none.
    """
    if not isinstance(value, str) or not value:
        raise Malformed(path, f"must be a name, not {_shown(value)}")
    return value


def at(values: dict[str, Any], key: str, path: Path) -> Any:
    """What stands at a key.

    Raises:
        Malformed: where there is nothing.
    """
    if key not in values:
        raise Malformed(path, f"has no `{key}`")
    return values[key]


def _shown(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 40 else f"{text[:37]}..."
