"""Chains, as statements one after another, and what is used again."""

from __future__ import annotations

from layergraph.diagnostics import Diagnostics
from layergraph.ops.base import Op
from layergraph.spec.chains import items_of
from layergraph.spec.node_keys import COPYING
from layergraph.spec.nodes import split
from layergraph.spec.place import Place
from layergraph.spec.references import parse_reference
from layergraph.syntax.tree import Mapping, plain
from layergraph.targets.python_source.expressions import Unsayable, f_string
from layergraph.targets.python_source.flat_code import flattened
from layergraph.targets.python_source.layer_calls import arguments
from layergraph.targets.python_source.layout import Text, listed
from layergraph.targets.python_source.scope import Feed, Given, Scope, Task
from layergraph.targets.python_source.stands_for import One, Parts, Several, Thing


def write_chain(scope: Scope, task: Task) -> Thing:
    """Write a chain: its items into one variable, or into their own where they are named."""
    if task.is_shared:
        return _write_shared(scope, task)
    parts: dict[str, Thing] = {}
    items = items_of("", task.place.at("chain"), Diagnostics())
    last: Thing = One(task.target)
    feed = task.feed
    for number, (step, item) in enumerate(items, start=1):
        assert item is not None
        rests = [member.partition(".") for member in task.members]
        into = {rest for first, _, rest in rests if first in (step, str(number))}
        is_own = bool(into) and number < len(items)
        part = Task(
            item,
            feed,
            [*task.name, f"_{step}"],
            scope.names.fresh(f"{task.target}_{step}") if is_own else task.target,
            task.translation,
            frozenset(into - {""}),
        )
        parts[step] = parts[str(number)] = last = _write_item(scope, part)
        if number < len(items):
            feed = (Given(None, tuple(last.tensors())),)
    return Parts(parts, last)


def _write_item(scope: Scope, task: Task) -> Thing:
    """Write an item; one that may be left out leaves the variable as it is."""
    item = task.place
    if not item.has("when") or item.has("repeat") or item.has("each"):
        return scope.write(task)
    if item.gives("else") or len(task.feed) != 1 or len(task.feed[0].tensors) != 1:
        raise Unsayable("an `else` in a chain")
    (before,) = task.feed[0].tensors
    if before.text != task.target:
        scope.out.put(f"{task.target} = ", before)
    with scope.out.block("if", task.translation.condition(item.at("when"))):
        scope.write(task._replace(place=without_when(item))).one()
    return One(task.target)


def without_when(place: Place) -> Place:
    """A node without the condition, which is tested already."""
    assert isinstance(place.tree, Mapping)
    return place._replace(tree=split(place.tree, ("when",))[1])


def _write_shared(scope: Scope, task: Task) -> Thing:
    """Write the layers of a chain that is used again, and call them."""
    made = []
    for step, item in items_of("", task.place.at("chain"), Diagnostics()):
        assert item is not None
        if not item.has("type") or any(item.has(key) for key in (*COPYING, "call")):
            raise Unsayable("a `use` of a chain of other things than layers")
        node = scope.concrete(item, task.translation)
        if isinstance(node.layer, Op) or len(node.outputs) > 1:
            raise Unsayable("a `use` of a chain of other things than layers")
        assert node.layer is not None
        written = task.translation.written(item.tree)
        shown = f_string([*task.name, f"_{step}"])
        made.append(scope.objects.layer(node.layer, shown, written, node.given))
    layers = scope.names.fresh(f"{task.target}_layers")
    scope.out.put(f"{layers} = ", listed(made))
    thing = _call_each(scope, layers, task.feed, task.target)
    thing.again, thing.again_each = Text(layers), True
    return thing


def _call_each(scope: Scope, layers: str, feed: Feed, target: str) -> Thing:
    if len(feed) != 1 or len(feed[0].tensors) != 1 or feed[0].argument is not None:
        raise Unsayable("a chain on several tensors")
    scope.out.put(f"{target} = ", feed[0].tensors[0])
    layer = scope.names.inner().fresh("layer")
    with scope.out.block(f"for {layer} in {layers}"):
        scope.out.line(f"{target} = {layer}({target})")
    return One(target)


def write_use(scope: Scope, task: Task) -> Thing:
    """Write a call of what is used again."""
    path = parse_reference(plain(task.place.at("use").tree)).path
    used = scope.things.get(path)
    if used is None or used.again is None:
        raise Unsayable(f"a `use` of {_kind(scope, path)}")
    if used.again_each:
        thing = _call_each(scope, used.again.text, task.feed, task.target)
    else:
        origin = scope.nodes[path]
        while origin.has("use"):
            origin = scope.nodes[parse_reference(plain(origin.at("use").tree)).path]
        if task.place.has("call") or origin.has("call"):
            raise Unsayable("a `use` of a layer with a `call`")
        node = scope.concrete(origin, task.translation)
        assert node.layer is not None
        given = arguments(node.layer, task.feed)
        called = scope.objects.called(node.layer, used.again, given, ())
        scope.out.put(f"{task.target} = ", flattened(node, called))
        thing = Several(task.target) if len(node.outputs) > 1 else One(task.target)
    thing.again, thing.again_each = used.again, used.again_each
    return thing


def _kind(scope: Scope, path: str) -> str:
    """What a `use` names, for a message."""
    return f"`{path}`" if path in scope.nodes else f"a part, `{path}`"
