"""Lints: what is no error, and yet wrong. One file each, in one tuple."""

from __future__ import annotations

from collections.abc import Callable

from layergraph.checks.unused_node import unused_node
from layergraph.diagnostics import Diagnostics
from layergraph.graph.graph import Graph

CHECKS: tuple[Callable[[Graph, Diagnostics], None], ...] = (unused_node,)
