"""The nodes of a graph or a block → the statements of a function."""

from __future__ import annotations

from collections.abc import Mapping

from layergraph.spec.references import Reference, parse_from, parse_reference
from layergraph.syntax.tree import plain
from layergraph.targets.python_source.chain_code import without_when
from layergraph.targets.python_source.expressions import Translation, Unsayable
from layergraph.targets.python_source.layout import Text
from layergraph.targets.python_source.references import References
from layergraph.targets.python_source.scope import Feed, Given, Pieces, Scope, Task
from layergraph.targets.python_source.stands_for import One, Thing


def write_scope(
    scope: Scope, outputs: list[Reference], translation: Translation, prefix: Pieces
) -> list[Thing]:
    """Write the nodes that some outputs need, and give what those stand for.

    Args:
        scope: the nodes.
        outputs: the references of what is needed.
        translation: what writes the expressions of the nodes.
        prefix: what their Keras names begin with.

    Raises:
        Unsayable: where something has no form in Python.
    """
    return _Statements(scope, translation, prefix).write(outputs)


class _Statements:
    def __init__(self, scope: Scope, translation: Translation, prefix: Pieces) -> None:
        self._scope = scope
        self._translation = translation
        self._prefix = prefix

    def write(self, outputs: list[Reference]) -> list[Thing]:
        scope = self._scope
        scope.references = References(scope.nodes, outputs)
        group: list[str] = []
        for name in scope.references.order:
            if group and self._condition(group[0]) != self._condition(name):
                self._write_group(group)
                group = []
            group.append(name)
        if group:
            self._write_group(group)
        return [scope.find(reference) for reference in outputs]

    def _condition(self, name: str) -> str | None:
        """The `when` of a node, as far as it is to be tested by itself."""
        place = self._scope.nodes[name]
        if not place.has("when") or any(place.has(key) for key in ("repeat", "each")):
            return None
        return repr(plain(place.at("when").tree))

    def _write_group(self, group: list[str]) -> None:
        """Write nodes that are there under one condition."""
        scope, things = self._scope, self._scope.things
        if self._condition(group[0]) is None:
            for name in group:
                things[name] = self._write_node(name)
            return
        absent: dict[str, Text] = {}
        for name in group:
            absent[name] = self._absent(name, absent)
            if scope.references.into(name):
                raise Unsayable("a part of a node that may be left out")
        test = self._translation.condition(scope.nodes[group[0]].at("when"))
        with scope.out.block("if", test):
            for name in group:
                things[name] = One(self._write_node(name).one().text)
        outside = {path.partition(".")[0] for path in scope.references.paths(without=group)}
        wanted = [name for name in group if name in outside]
        if wanted:
            with scope.out.block("else"):
                for name in wanted:
                    scope.out.put(f"{things[name].one().text} = ", absent[name])

    def _absent(self, name: str, group: Mapping[str, Text]) -> Text:
        """The tensor that a node stands for where it is left out."""
        place = self._scope.nodes[name]
        if place.gives("else"):
            reference = parse_reference(plain(place.at("else").tree))
        else:
            (connection,) = parse_from(plain(place.at("from").tree))
            (reference,) = connection.references
        if reference.path in group:
            return group[reference.path]
        return self._scope.find(reference).one()

    def _write_node(self, name: str) -> Thing:
        scope = self._scope
        place = scope.nodes[name]
        is_shared = name in scope.references.used
        if is_shared and place.has("when"):
            raise Unsayable("a `use` of copies")
        task = Task(
            without_when(place) if self._condition(name) is not None else place,
            self._feed(name),
            [*self._prefix, name],
            scope.names.fresh(name, f"{name}_out"),
            self._translation,
            frozenset(scope.references.into(name)),
            is_shared,
        )
        return scope.write(task)

    def _feed(self, name: str) -> Feed:
        found = []
        for connection in parse_from(plain(self._scope.nodes[name].at("from").tree)):
            references = connection.references
            tensors = [t for one in references for t in self._scope.find(one).tensors()]
            found.append(Given(connection.argument, tuple(tensors), connection.is_list))
        return tuple(found)
