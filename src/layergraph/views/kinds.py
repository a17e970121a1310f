"""What the rows of a summary are: a node, or a group of nodes whose paths begin alike."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable
from typing import NamedTuple

from layergraph.diagnostics import Call
from layergraph.graph.graph import Node
from layergraph.ops.base import Op


class Kind(NamedTuple):
    """What a row is: an input, a layer, a function, a model, a block, a chain; or copies of one.

    `type` is that of a node, `block` the name of the block that a model or a group is made of.
    """

    name: str
    type: str | None = None
    block: str | None = None
    copies: int | None = None

    def __str__(self) -> str:
        text = f"block {self.block}" if self.block else self.type or self.name
        return f"{text} ×{self.copies}" if self.copies not in (None, 1) else text


class _Entered(NamedTuple):
    """A kind, and how many calls of blocks lead to what stands in it."""

    kind: Kind
    calls: int


def kind_of_node(node: Node) -> Kind:
    """What a node is."""
    if node.input is not None:
        return Kind("input", node.type)
    if node.inner is not None:
        return Kind("model", node.type, node.inner.block)
    return Kind("function" if isinstance(node.layer, Op) else "layer", node.type)


class Groups:
    """The groups of nodes of a graph, or of a model inside of one.

    Args:
        nodes: the nodes.
        calls: how many calls of blocks lead to it.
    """

    def __init__(self, nodes: Iterable[Node], calls: int) -> None:
        self._calls = calls
        self._members: dict[str, list[Node]] = defaultdict(list)
        for node in nodes:
            steps = node.path.split(".")
            for end in range(1, len(steps) + 1):
                self._members[".".join(steps[:end])].append(node)
        self._known: dict[str, _Entered] = {}

    def kind(self, path: str) -> Kind:
        """What stands at a path, which nodes have or begin with."""
        steps = path.split(".")
        for end in range(1, len(steps) + 1):  # from the outermost, as each needs the one around it
            self._entered(".".join(steps[:end]))
        return self._known[path].kind

    def _entered(self, path: str) -> _Entered:
        if path not in self._known:
            used = self._used(path)
            if used is not None:
                self.kind(used)
            self._known[path] = self._known[used] if used is not None else self._found(path)
        return self._known[path]

    def _used(self, path: str) -> str | None:
        """The group that one calls again: its nodes carry the calls of blocks of that one."""
        members = self._members[path]
        sharing = next((node for node in members if node.shares is not None), None)
        if sharing is None or sharing.path == path:
            return None
        assert sharing.shares is not None
        inside = sharing.path[len(path) :]
        used = sharing.shares.removesuffix(inside)
        if used in (sharing.shares, path) or used not in self._members:
            return None
        ours = [node.path[len(path) :] for node in members]
        others = [node.path[len(used) :] for node in self._members[used]]
        return used if sorted(ours) == sorted(others) else None

    def _found(self, path: str) -> _Entered:
        members = self._members[path]
        around = path.rpartition(".")[0]
        calls = self._known[around].calls if around else self._calls
        if members[0].path == path:
            return _Entered(kind_of_node(members[0]), calls)
        is_scope = any(_scope(node) == path for node in members)
        parts = {_step(node, path): None for node in members}
        if not is_scope and self._are_copies(path, tuple(parts), calls):
            first = f"{path}.{next(iter(parts))}"
            self._known[path] = _Entered(Kind("copies"), calls)  # which the first copy stands in
            return _Entered(self.kind(first)._replace(copies=len(parts)), calls)
        called = {_call(node, calls) for node in members}
        (call, *others) = called
        if call is None or others:
            return _Entered(Kind("chain"), calls)
        return _Entered(Kind("block", block=call.block), calls + 1)

    def _are_copies(self, path: str, steps: tuple[str, ...], calls: int) -> bool:
        if not all(step.isdecimal() for step in steps):
            return False
        made_of = [_origins(self._members[f"{path}.{step}"], calls) for step in steps]
        if len(made_of) == 1:
            (first,) = (self._members[f"{path}.{step}"][0] for step in steps)
            return _call(first, calls) is not None or "chain" not in first.in_file[-2:-1]
        return all(origins & made_of[0] for origins in made_of)


def _step(node: Node, path: str) -> str:
    """The step that leads from a group to a node in it."""
    return node.path[len(path) + 1 :].partition(".")[0]


def _scope(node: Node) -> str:
    """The path of the instance that a node stands in."""
    return node.path[: len(node.path) - len(node.local)].rstrip(".")


def _call(node: Node, calls: int) -> Call | None:
    """The call of a block that comes after so many on the way to a node."""
    return node.calls[-1 - calls] if calls < len(node.calls) else None


def _origins(nodes: Iterable[Node], calls: int) -> frozenset[Hashable]:
    """What of the file a copy, or an item of a chain, is made of."""
    return frozenset(_call(node, calls) or (node.span.source.name, node.in_file) for node in nodes)
