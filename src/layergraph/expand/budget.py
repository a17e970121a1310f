"""How much a file may expand to."""

from __future__ import annotations

from layergraph.diagnostics import Diagnostics, codes
from layergraph.spec.place import Place

DEEPEST = 64
"""How many chains, copies and blocks may stand in each other."""


class Stopped(Exception):
    """Expanding goes no further; the reason has been reported."""


class Budget:
    """What has been made so far: every node, copy and instance counts."""

    def __init__(self, nodes: int, diagnostics: Diagnostics) -> None:
        self._most = nodes
        self._diagnostics = diagnostics
        self.made = 0
        self._depth = 0

    def spend(self, name: str, place: Place, nodes: int = 1) -> None:
        """Count nodes before they are made.

        Raises:
            Stopped: when they are too many.
        """
        self.foresee(name, place, nodes)
        self.made += nodes

    def foresee(self, name: str, place: Place, nodes: int) -> None:
        """Refuse nodes that are to be made, without counting them.

        Raises:
            Stopped: when they are too many.
        """
        if self.made + nodes > self._most:
            self._diagnostics.report(
                codes.TOO_MANY_NODES,
                f"the graph has more than {self._most:,} nodes once `{name}` is expanded",
                place.key_span,
                path=place.path,
                help="repeat less, or raise the limit with `--max-nodes`",
            )
            raise Stopped

    def enter(self, name: str, place: Place) -> None:
        """Go one level down.

        Raises:
            Stopped: when that is too deep.
        """
        self._depth += 1
        if self._depth > DEEPEST:
            self._diagnostics.report(
                codes.TOO_DEEP,
                f"`{name}` stands in more than {DEEPEST} chains, copies and blocks",
                place.key_span,
                path=place.path,
                help="put less inside of each other",
            )
            raise Stopped

    def leave(self) -> None:
        """Come back from a level."""
        self._depth -= 1
