"""Packages of the extra `layergraph[train]`, which a part of training needs."""

from __future__ import annotations

from importlib.util import find_spec

from layergraph.diagnostics import codes
from layergraph.targets.failures import failure


def check_package(name: str, purpose: str) -> None:
    """Find out whether a package can be imported, without importing it.

    Args:
        name: the package.
        purpose: what needs it, as the subject of a sentence ("a .parquet file").

    Raises:
        GraphError: missing-package.
    """
    if find_spec(name) is None:
        raise failure(
            codes.MISSING_PACKAGE,
            f"{purpose} needs {name}, which is not installed",
            help="install it with `pip install 'layergraph[train]'`",
        )
