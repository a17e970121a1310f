"""The canonical order of keys: of sections, and in the mappings that have keys of their own.

Whatever a person names (nodes, params, arguments) keeps its order.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from layergraph.syntax.formatting.document import Alias, Collection, Entry, Node, Text, nodes_in
from layergraph.syntax.unfinished import MERGE


class Form(NamedTuple):
    """The order of a mapping's keys: `first`, any others as they stand, and `last`.

    `inside` are the forms of the values of some keys, `others` is that of all others, and `items`
    that of the items of a list, each by its name in `FORMS`.
    """

    first: tuple[str, ...] = ()
    last: tuple[str, ...] = ()
    inside: dict[str, str] = {}
    others: str = ""
    items: str = ""


_COPIES = ("repeat", "each")
_KIND = ("when", "else", "type", "block", "use", "from", "call", "nested", *_COPIES)
_DATA_OF_NODE = {"chain": "chain", "from": "", "call": "", "each": ""}

FORMS: Final[dict[str, Form]] = {
    "": Form(),
    "file": Form(
        first=(
            *("layergraph", "name", "description", "params", "imports", "blocks", "custom"),
            *("inputs", "layers", "merges", "outputs", "training"),
        ),
        inside={
            "params": "params",
            "blocks": "blocks",
            "custom": "declarations",
            "inputs": "inputs",
            "layers": "nodes",
            "merges": "nodes",
            "outputs": "outputs",
            "training": "training",
        },
    ),
    "params": Form(others="param"),
    "param": Form(
        first=("default", "doc", "min", "max", "choices", "example"),
        inside={"default": "", "choices": "", "example": ""},
    ),
    "blocks": Form(others="block"),
    "block": Form(
        first=("description", "params", "inputs", "layers", "merges", "outputs"),
        inside={"params": "params", "layers": "nodes", "merges": "nodes"},
    ),
    "declarations": Form(others="declaration"),
    "declaration": Form(first=("import", "kind", "output", "outputs", "dtype")),
    "inputs": Form(others="input"),
    "input": Form(
        first=(
            *("shape", "dtype", "batch_size", "sparse", "ragged", "optional", "name"),
            *("column", "columns", "decode", "missing"),
        )
    ),
    "nodes": Form(others="node"),
    "node": Form(first=(*_KIND, "name"), last=("chain",), inside=_DATA_OF_NODE, others="argument"),
    "chain": Form(items="item"),
    "item": Form(first=("name", *_KIND), last=("chain",), inside=_DATA_OF_NODE, others="argument"),
    "argument": Form(first=("type", "block"), others="argument", items="argument"),
    "outputs": Form(others="output"),
    "output": Form(
        first=("from", "name", "task", "classes", "labels", "type"),
        last=(
            *("loss", "loss_weight", "metrics"),
            *("column", "columns", "class_weight", "sample_weight"),
        ),
        inside={"classes": "", "class_weight": ""},
        others="argument",
    ),
    "training": Form(
        first=(
            *("optimizer", "epochs", "batch_size", "seed", "samples", "validation"),
            *("precision", "callbacks"),
        ),
        inside={"validation": "validation"},
        others="argument",
    ),
    "validation": Form(first=("fraction", "folds", "stratify", "shuffle")),
}


def put_in_order(node: Node, form: str = "file") -> None:
    """Sort the entries of a mapping, and of all in it.

    A mapping stays as it is where an alias in it would no longer stand for the same value.
    """
    if not isinstance(node, Collection):
        return
    if not node.is_mapping:
        for item in node.entries:
            put_in_order(item.value, FORMS[form].items)
        return
    for entry in node.entries:
        put_in_order(entry.value, form_inside(form, _key(entry)))
    written = node.entries
    ranked = sorted(written, key=lambda entry: rank(form, _key(entry)))
    if ranked == written:
        return
    meant = _resolved(node)
    node.entries = ranked
    if _resolved(node) != meant:
        node.entries = written


def form_inside(form: str, key: str) -> str:
    """The name of the form of the value of a key."""
    return FORMS[form].inside.get(key, FORMS[form].others)


def is_sorted(form: str) -> bool:
    """Whether the keys of a mapping have an order of their own."""
    return bool(FORMS[form].first)


def rank(form: str, key: str) -> int:
    """Where a key stands in a mapping; those of one rank keep their order."""
    first, last = FORMS[form].first, FORMS[form].last
    if key == MERGE and first:
        return -1
    if key in first:
        return first.index(key)
    return len(first) + (1 + last.index(key) if key in last else 0)


def _key(entry: Entry) -> str:
    return entry.key.value if isinstance(entry.key, Text) else ""


def _resolved(node: Node) -> tuple[dict[int, int | None], dict[str, int]]:
    """What each alias inside of a value stands for, of the anchors inside; and one behind it."""
    anchors: dict[str, int] = {}
    found: dict[int, int | None] = {}
    for part in nodes_in(node):
        if isinstance(part, Alias):
            found[id(part)] = anchors.get(part.name)
        elif part.anchor is not None:
            anchors[part.anchor] = id(part)
    return found, anchors
