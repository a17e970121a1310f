"""Nodes with their copies, as loops."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from layergraph.spec.node_keys import COPYING
from layergraph.spec.place import Place
from layergraph.syntax.tree import plain
from layergraph.targets.python_source.chain_code import write_chain, write_use
from layergraph.targets.python_source.expressions import Translation, Unsayable
from layergraph.targets.python_source.instance_code import body_of, write_instance
from layergraph.targets.python_source.layer_calls import write_layer
from layergraph.targets.python_source.layout import Operation, Text
from layergraph.targets.python_source.literals import literal
from layergraph.targets.python_source.references import is_expression
from layergraph.targets.python_source.scope import Scope, Task
from layergraph.targets.python_source.stands_for import One, Parts, Several, Thing


def write_node(scope: Scope, task: Task) -> Thing:
    """Write a node, in a loop where it has copies."""
    place = task.place
    if task.is_shared and any(place.has(key) for key in COPYING):
        raise Unsayable("a `use` of copies")
    if place.has("repeat"):
        return _write_repeated(scope, task)
    if place.has("each"):
        return _write_side_by_side(scope, task)
    return _write_once(scope, task)


def _write_once(scope: Scope, task: Task) -> Thing:
    """Write one copy of a node."""
    place = task.place
    if place.has("chain"):
        return write_chain(scope, task)
    if place.has("block"):
        return write_instance(scope, task)
    if task.members:
        raise Unsayable(f"a reference to `{min(task.members)}`")
    return write_use(scope, task) if place.has("use") else write_layer(scope, task)


def _write_repeated(scope: Scope, task: Task) -> Thing:
    """Write a loop in which each copy is called on what the one before gives."""
    if not all(step.isdigit() for step in task.members):
        raise Unsayable("a part of a copy")
    target, feed = task.target, task.feed
    number = _handed_on(scope, task)
    first, *others = feed[number].tensors
    if first.text.startswith("*"):
        raise Unsayable("copies on several tensors")
    kept = scope.names.fresh(f"{target}_copies") if task.members else None
    if kept:
        scope.out.line(f"{kept} = []")
    if first.text != target:
        scope.out.put(f"{target} = ", first)
    given = feed[number]._replace(tensors=(Text(target), *others))
    fed = (*feed[:number], given, *feed[number + 1 :])
    with scope.counted() as (counter, _):
        head = f"for {counter} in {_range(task.place.at('repeat'), task.translation)}"
        with scope.out.block(head):
            inner = task.translation.also({"i": counter}, {"i": 1})
            with _tested(scope, task.place, inner):
                name = [*task.name, Text(counter)]
                copy = task._replace(feed=fed, name=name, translation=inner, members=frozenset())
                _write_once(scope, copy).one()
            if kept:
                scope.out.line(f"{kept}.append({target})")
    parts = {step: One(f"{kept}[{int(step) - 1}]") for step in task.members}
    return Parts(parts, One(target))


def _range(place: Place, translation: Translation) -> str:
    if not is_expression(place):
        return f"range(1, {plain(place.tree) + 1})"
    count = translation.expression(str(plain(place.tree)))
    is_loose = isinstance(count, Operation) and any(
        sign in ("if", "else", "and", "or") for sign, _ in count.parts
    )
    return f"range(1, ({count.flat}) + 1)" if is_loose else f"range(1, {count.flat} + 1)"


def _handed_on(scope: Scope, task: Task) -> int:
    """Which argument copies hand on: the first input, wherever the file names it."""
    if len(task.feed) == 1:
        return 0
    names = [given.argument for given in task.feed]
    if task.place.has("block"):
        first = body_of(scope.file, task.place).inputs[0]
    else:
        layer = scope.concrete(task.place, task.translation).layer
        assert layer is not None
        first = layer.tensor_arguments()[0].name
    return names.index(first) if first in names else 0


def _write_side_by_side(scope: Scope, task: Task) -> Thing:
    """Write a loop that collects what its copies give."""
    target, translation = task.target, task.translation
    items = task.place.at("each")
    value = plain(items.tree)
    if is_expression(items):
        shown = translation.expression(str(value))
        value = translation.value(str(value))
    elif "${" in repr(value):
        raise Unsayable("expressions in the items of `each`")
    else:
        shown = literal(value)
    if task.members and not all(step.isdigit() for step in task.members):
        raise Unsayable("a part of a copy")
    scope.out.line(f"{target} = []")
    with scope.counted() as (counter, item), scope.out.loop(counter, item, shown):
        inner = translation.also({"i": counter, "item": item}, {"i": 1, "item": value[0]})
        branch = scope.names.fresh(f"{target}_branch", f"{target}_one")
        with _tested(scope, task.place, inner):
            copy = Task(task.place, task.feed, [*task.name, Text(counter)], branch, inner)
            _write_once(scope, copy).one()
        scope.out.line(f"{target}.append({branch})")
    return Several(target, are_copies=True)


@contextmanager
def _tested(scope: Scope, place: Place, translation: Translation) -> Iterator[None]:
    """What is written meanwhile is there under the condition of a node with copies."""
    if not place.has("when"):
        yield
        return
    if place.has("each") or place.gives("else"):
        raise Unsayable("copies with an `else`, or side by side, that may be left out")
    with scope.out.block("if", translation.condition(place.at("when"))):
        yield
