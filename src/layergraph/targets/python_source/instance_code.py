"""Instances of blocks, as calls of the blocks' functions."""

from __future__ import annotations

from layergraph.expand.bodies import Body
from layergraph.expand.files import LoadedFile
from layergraph.spec.node_keys import COPYING, InstanceKeys
from layergraph.spec.place import Place
from layergraph.syntax.tree import Mapping, plain
from layergraph.targets.python_source.expressions import Unsayable
from layergraph.targets.python_source.layout import Text
from layergraph.targets.python_source.scope import BlockCall, Feed, Scope, Task
from layergraph.targets.python_source.stands_for import Thing


def write_instance(scope: Scope, task: Task) -> Thing:
    """Write the call of a block."""
    if task.is_shared:
        raise Unsayable("a `use` of an instance")
    place = task.place
    body = body_of(scope.file, place)
    assert body.block is not None
    assert isinstance(place.tree, Mapping)
    own = (*InstanceKeys.key_names(), *COPYING)
    steps = {member.partition(".")[0] for member in task.members}
    outputs = body.block.outputs
    is_unpacked = len(outputs) > 1 and bool(steps)
    wanted = BlockCall(
        body,
        _given(body, task.feed),
        {key: place.at(key) for key in place.tree.entries if key not in own},
        task.keras_name(),
        task.target,
        {
            output: scope.names.fresh(f"{task.target}_{output}") if output in steps else "_"
            for output in outputs
            if is_unpacked
        },
        task.translation,
        is_nested=place.has("nested") and plain(place.at("nested").tree) is not False,
    )
    return scope.around.called(wanted, scope.out)


def _given(body: Body, feed: Feed) -> dict[str, Text]:
    """The tensor that each input of a block is given."""
    given: dict[str, Text] = {}
    for argument, tensors, _ in feed:
        is_one = not any(tensor.text.startswith("*") for tensor in tensors)
        if is_one and argument is not None and len(tensors) == 1:
            given[argument] = tensors[0]
        elif is_one and argument is None and len(tensors) <= len(body.inputs):
            given |= dict(zip(body.inputs, tensors, strict=False))
        else:
            raise Unsayable("several tensors for an input of a block")
    return given


def body_of(file: LoadedFile, place: Place) -> Body:
    """The block that an instance calls."""
    named = str(plain(place.at("block").tree))
    alias, dot, name = named.partition(".")
    if not dot and named in file.spec.blocks:
        block = file.spec.blocks[named]
        assert block is not None
        return Body.of_block(named, file, block)
    home = file.imports.get(alias)
    block = home.spec.blocks.get(name) if home is not None and dot else None
    if home is None or block is None:
        raise Unsayable(f"`{named}`, a whole graph that is called as a block")
    return Body.of_block(name, home, block)
