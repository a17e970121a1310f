"""Items: the nodes of a level, and the instances of blocks that are found in their place.

A level is what has names of its own: the graph, or a model inside of it. Whatever is found, a
reference keeps naming a node of the flat level, its leaf, and is put into words at the end.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from layergraph.importers.structure.defaults import default_of
from layergraph.importers.structure.sizes import size_of_entry

if TYPE_CHECKING:
    from layergraph.importers.structure.rules import Rule


class Ref(NamedTuple):
    """A reference to a leaf; `rest` is what follows its key, such as a tensor's number."""

    leaf: str
    rest: str = ""


Form = int | tuple[Any, ...]
"""A `from` with its references numbered: a number, a tuple of numbers, or of (argument, form)."""


@dataclass(eq=False)
class Item:
    """A node of the flat level, or an instance of a rule that stands for several.

    Attributes:
        kind: what has to be the same in items that stand for each other.
        entry: the keys of the node that say what it is: its type, or its block and `nested`.
        form: its `from`, with the references numbered.
        refs: the references.
        args: arguments and `call`; of an instance, the params that it gives.
        name: its Keras name; of an instance, what the names in it begin with, where they have
            that in common.
        output: the leaf that it stands for.
        is_fixed: whether it has to stay a node of its level, under its key.
        rule: of an instance, what it is an instance of.
        parts: of an instance, its items by the slots of the rule; None where one is left out.
    """

    kind: Hashable
    entry: dict[str, Any]
    form: Form
    refs: tuple[Ref, ...]
    args: dict[str, Any]
    name: str | None
    output: str
    is_fixed: bool = False
    rule: Rule | None = None
    parts: tuple[Item | None, ...] = ()
    leaves: frozenset[str] = field(default_factory=frozenset)
    size: int = 0
    """About how many characters it takes in a file."""

    def measure(self) -> None:
        """Find its size."""
        given = {**self.entry, "from": written(self.form, tuple(ref.leaf for ref in self.refs))}
        key = self.name or f"{self.entry.get('block', '')}_10"
        self.size = size_of_entry(key, given | self.args)

    def path_to(self, leaf: str) -> tuple[str, ...]:
        """The keys that lead from the item to a leaf in it; none to the one that it stands for."""
        if leaf == self.output or self.rule is None:
            return ()
        for key, path, part in zip(self.rule.keys, self.rule.paths, self.parts, strict=True):
            if part is not None and leaf in part.leaves:
                inner = part.path_to(leaf)
                return (path, *inner) if inner else (key,)
        raise AssertionError


@dataclass
class Level:
    """Items in topological order, and what of them is named from outside."""

    inputs: tuple[str, ...]
    items: list[Item]
    outputs: tuple[Ref, ...]
    reserved: frozenset[str]
    """Names that its entries cannot have."""


def read_level(
    inputs: tuple[str, ...],
    layers: Mapping[str, Any],
    outputs: Mapping[str, str],
    names: Mapping[str, str] | None = None,
) -> Level:
    """The level of a graph, or of a model inside of one.

    Args:
        inputs: the names of its inputs.
        layers: its nodes by key.
        outputs: its references by the keys of its outputs.
        names: the names of outputs, where they are not their keys.
    """
    keys = frozenset(layers) | frozenset(inputs)
    used = {_ref(node["use"], keys).leaf for node in layers.values() if "use" in node}
    # An output of its node's name is the node itself: under another one it would be a copy.
    fixed = set(used)
    for key, reference in outputs.items():
        leaf = _ref(reference, keys).leaf
        own = {leaf, layers.get(leaf, {}).get("name", leaf)}
        if own & {key, (names or {}).get(key, key)}:
            fixed.add(leaf)
    items = [_item(key, node, keys, key in fixed) for key, node in layers.items()]
    refs = tuple(_ref(reference, keys) for reference in outputs.values())
    return Level(inputs, items, refs, frozenset(inputs) | frozenset(outputs))


def written(form: Form, refs: tuple[str, ...]) -> Any:
    """The value of a `from`, given its references as texts."""
    if isinstance(form, int):
        return refs[form]
    if form and isinstance(form[0], tuple) and isinstance(form[0][0], str):
        return {name: written(inner, refs) for name, inner in form}
    return [written(inner, refs) for inner in form]


def numbered(value: Any) -> tuple[Form, tuple[str, ...]]:
    """The form of a `from`, and its references."""
    found: list[str] = []

    def walk(value: Any) -> Form:
        if isinstance(value, str):
            found.append(value)
            return len(found) - 1
        if isinstance(value, Mapping):
            return tuple((name, walk(inner)) for name, inner in value.items())
        return tuple(walk(inner) for inner in value)

    return walk(value), tuple(found)


_OWN = ("type", "block", "use", "nested")
"""The keys that say what a node is."""


def _item(key: str, node: Mapping[str, Any], keys: frozenset[str], fixed: bool) -> Item:
    form, texts = numbered(node["from"])
    own = {k: v for k, v in node.items() if k in _OWN}
    args = {k: v for k, v in node.items() if k not in (*_OWN, "from", "name")}
    item = Item(
        kind=(*own.values(), form, *_peculiar(own.get("type"), args)),
        entry=own,
        form=form,
        refs=tuple(_ref(text, keys) for text in texts),
        args=args,
        name=node.get("name", key),
        output=key,
        is_fixed=fixed or "use" in node,
        leaves=frozenset([key]),
    )
    item.measure()
    return item


def _peculiar(kind: str | None, args: Mapping[str, Any]) -> Iterator[Hashable]:
    """What of the arguments no param could stand for."""
    for name, value in sorted(args.items()):
        if name == "call" or "${" in repr(value):
            yield name, repr(value)
        elif kind is None or default_of(kind, name) is None:
            yield name


def _ref(text: str, keys: frozenset[str]) -> Ref:
    """A reference, of which the longest key that begins it is the leaf."""
    if text in keys:
        return Ref(text)
    cut = min(at for at in (text.find("."), text.find(":"), len(text)) if at >= 0)
    return Ref(text[:cut], text[cut:])
