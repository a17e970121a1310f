"""What the nodes of a scope name: which are needed, in which order, and what is used again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from layergraph.expand.expressions import holds_expression
from layergraph.spec.place import Place
from layergraph.spec.references import Reference, parse_from, parse_reference
from layergraph.syntax.tree import Mapping as MappingTree
from layergraph.syntax.tree import Sequence, plain
from layergraph.targets.python_source.expressions import Unsayable


class References:
    """The references of the nodes of a scope.

    Args:
        nodes: their places.
        outputs: what the scope gives.

    Raises:
        Unsayable: where an expression gives a reference.
    """

    def __init__(self, nodes: Mapping[str, Place], outputs: Iterable[Reference]) -> None:
        self._nodes = nodes
        self._of: dict[str, list[str]] = {}
        self.used: set[str] = set()
        """The paths that a `use` names."""
        self.outputs = [reference.path for reference in outputs]
        waiting = [path.partition(".")[0] for path in self.outputs]
        while waiting:
            name = waiting.pop()
            if name in self._of or name not in nodes:
                continue
            self._of[name] = list(self._in(nodes[name]))
            waiting += [path.partition(".")[0] for path in self._of[name]]

    def _in(self, place: Place) -> Iterator[str]:
        """The paths that a node names, also within its chain."""
        for key in ("from", "else", "use"):
            if not place.gives(key):
                continue
            value = plain(place.at(key).tree)
            if "${" in repr(value):
                raise Unsayable(f"an expression in `{key}`")
            if key == "from":
                for connection in parse_from(value):
                    yield from (reference.path for reference in connection.references)
            else:
                path = parse_reference(value).path
                if key == "use":
                    self.used.add(path)
                yield path
        if place.has("chain") and isinstance(place.at("chain").tree, Sequence):
            for number in range(len(plain(place.at("chain").tree))):
                item = place.at("chain", number)
                if isinstance(item.tree, MappingTree):
                    yield from self._in(item)

    @property
    def order(self) -> list[str]:
        """The nodes that are needed, each after those that it names."""
        found: dict[str, None] = {}

        def visit(name: str, above: tuple[str, ...]) -> None:
            if name in found or name not in self._of or name in above:
                return
            for path in self._of[name]:
                visit(path.partition(".")[0], (*above, name))
            found[name] = None

        for name in self._nodes:
            visit(name, ())
        return list(found)

    def paths(self, without: Iterable[str] = ()) -> Iterator[str]:
        """All paths that are named by outputs, and by nodes but for some."""
        left_out = set(without)
        yield from self.outputs
        for name, paths in self._of.items():
            if name not in left_out:
                yield from paths

    def into(self, name: str) -> set[str]:
        """The rests of paths that lead into a node: of `stage.2.out`, "2.out"."""
        named = (path for path in (*self.paths(), *self.used) if path.startswith(f"{name}."))
        return {path.partition(".")[2] for path in named}


def is_expression(place: Place) -> bool:
    """Whether there is an expression at a place itself."""
    value = plain(place.tree)
    return isinstance(value, str) and holds_expression(value)
