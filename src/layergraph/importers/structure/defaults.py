"""What an argument is where it is not given."""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

from layergraph.layers.catalog import LAYERS
from layergraph.ops.catalog import OPS
from layergraph.spec.nodes import OP_PREFIX


class Default(NamedTuple):
    """The value that an argument has by default, as a file would give it."""

    value: Any

    def beside(self, given: list[Any]) -> Any:
        """The value as one would write it beside others: 1 beside 2, for what is [1, 1].

        Where Keras takes a number, it stands for the same along every axis.
        """
        value = self.value
        is_list = isinstance(value, list) and len(set(value)) == 1
        return value[0] if is_list and all(type(other) is int for other in given) else value


@cache
def default_of(kind: str, argument: str) -> Default | None:
    """The default of an argument; None where it has none that a file could give."""
    is_op = kind.startswith(OP_PREFIX)
    described = (OPS if is_op else LAYERS).find(kind.removeprefix(OP_PREFIX))
    if described is None:
        return None
    for name, field in described.model_fields.items():
        if argument == (field.alias or name):
            return None if field.is_required() else _plain(field.get_default())
    return None


def _plain(value: Any) -> Default | None:
    if value is None or type(value) in (bool, int, float, str):
        return Default(value)
    if isinstance(value, tuple) and all(type(item) in (bool, int, float, str) for item in value):
        return Default(list(value))
    return None
