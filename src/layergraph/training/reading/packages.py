"""Packages that some forms of data need, imported when such data are read."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from layergraph.training.packages import check_package


def package(name: str, purpose: str) -> Any:
    """A module of a package of the extra `train`.

    Args:
        name: the module.
        purpose: what needs it, as the subject of a sentence.

    Raises:
        GraphError: missing-package.
    """
    check_package(name.partition(".")[0], purpose)
    return import_module(name)
