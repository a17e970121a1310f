"""Documents: from a flat one to levels, and from levels with rules to a document."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from layergraph.importers.structure.chains import with_chains
from layergraph.importers.structure.defaults import default_of
from layergraph.importers.structure.items import Level, Ref, read_level, written
from layergraph.importers.structure.mining import mine, settle
from layergraph.importers.structure.ordering import in_reading_order
from layergraph.importers.structure.params import ABSENT
from layergraph.importers.structure.repeats import Entries, Place, reference_to, with_repeats
from layergraph.importers.structure.rules import Rule
from layergraph.importers.structure.windows import MOST_INPUTS, Search
from layergraph.spec.document import document_text
from layergraph.spec.names import NAME

_CLOSED = (Search(1, False, True), Search(1, True, True))
_OPEN = (Search(1, False), Search(1, True), Search(MOST_INPUTS, True))
_WAYS = (((*_CLOSED, *_OPEN), True), ((*_CLOSED, *_OPEN), False), (_OPEN, False))
"""Ways to look for blocks: which of them is best depends on the graph."""


def with_blocks(document: dict[str, Any]) -> dict[str, Any]:
    """A flat document with what repeats made blocks, where that is shorter."""
    found = [document, *(_with_blocks(document, *way) for way in _WAYS)]
    return min(found, key=lambda document: len(document_text(document)))


def _with_blocks(
    document: dict[str, Any], searches: tuple[Search, ...], by_names: bool
) -> dict[str, Any]:
    levels = {
        "": read_level(
            tuple(document["inputs"]),
            document.get("layers", {}),
            {key: output["from"] for key, output in document["outputs"].items()},
            {
                key: output["name"]
                for key, output in document["outputs"].items()
                if "name" in output
            },
        )
    }
    own: dict[str, Any] = document.get("blocks", {})
    for name, block in own.items():
        levels[name] = read_level(
            tuple(block["inputs"]), block.get("layers", {}), _outputs(block["outputs"])
        )
    for level in levels.values():
        level.items = in_reading_order(level)
    rules = mine(list(levels.values()), searches, by_names=by_names)
    _name(rules, own)
    known = {rule.name: rule for rule in rules}
    settle(rules, lambda rule: _shorten_body(rule, known))
    for level in levels.values():
        for item in level.items:
            if item.rule is not None:
                item.rule.instance(item.rule.rows.index(item.parts), item)
    found = {key: value for key, value in document.items() if key != "blocks"}
    blocks = {rule.name: rule.body for rule in rules}
    for name, block in own.items():
        layers, refs = _layers(levels[name], known)
        given = block["outputs"]
        outputs = refs[0] if isinstance(given, str) else dict(zip(given, refs, strict=True))
        blocks[name] = block | {"layers": layers, "outputs": outputs}
    layers, refs = _layers(levels[""], known)
    outputs = {
        name: output | {"from": ref}
        for (name, output), ref in zip(document["outputs"].items(), refs, strict=True)
    }
    result: dict[str, Any] = {}
    for key, value in found.items():
        if key == "inputs" and blocks:
            result["blocks"] = blocks
        changed = {"layers": layers, "outputs": outputs}
        result[key] = changed.get(key, value)
    return result


def _outputs(given: str | dict[str, str]) -> dict[str, str]:
    return {"": given} if isinstance(given, str) else given


def _name(rules: list[Rule], own: dict[str, Any]) -> None:
    """Give every rule a name of its own."""
    used = {name.lower() for name in own}
    for rule in rules:
        name, number = rule.name, 1
        while name.lower() in used or NAME.fullmatch(name) is None:
            number += 1
            name = f"{rule.name}_{number}"
        rule.name = name
        used.add(name.lower())


def _layers(level: Level, known: dict[str, Rule]) -> tuple[dict[str, Any], list[str]]:
    """The nodes of a level by key, and the references of its outputs."""
    keys = _keys(level)
    owner = {leaf: item for item in level.items for leaf in item.leaves}

    def text(ref: Ref) -> str:
        if ref.leaf not in owner:
            return ref.leaf + ref.rest
        item = owner[ref.leaf]
        return ".".join((keys[id(item)], *item.path_to(ref.leaf))) + ref.rest

    layers = {}
    for item in level.items:
        key = keys[id(item)]
        given = {**item.entry, "from": written(item.form, tuple(map(text, item.refs)))}
        if "use" in given:
            given["use"] = text(Ref(given["use"]))
        if item.name is not None and item.name != key and "use" not in given:
            given["name"] = item.name
        layers[key] = given | item.args
    fixed = frozenset(item.output for item in level.items if item.is_fixed)
    place = Place(level.reserved, fixed, False, *_facts(known))
    outputs = [text(ref) for ref in level.outputs]
    return _shortened(layers, place, outputs, outputs)


def _shortened(
    layers: Entries, place: Place, outputs: list[str], asked: list[str]
) -> tuple[Entries, list[str]]:
    """Nodes with `repeat` and chains, and what references to them have become."""
    repeated = with_repeats(layers, place)
    ends = [reference_to(text, repeated.references) for text in outputs]
    chained = with_chains(repeated.entries, place, tuple(ends))
    once = [reference_to(text, repeated.references) for text in asked]
    return chained.entries, [reference_to(text, chained.references) for text in once]


def _shorten_body(rule: Rule, known: dict[str, Rule]) -> None:
    """Write what repeats in a block once."""
    body = rule.body
    taken = frozenset(name.lower() for name in body["inputs"])
    place = Place(taken, frozenset(), True, *_facts(known))
    # A slot is named bare, and before what is in it: `.` tells the two apart.
    asked = [body["outputs"], *rule.keys, *(f"{key}." for key in rule.keys)]
    layers, (output, *names) = _shortened(body["layers"], place, [body["outputs"]], asked)
    rule.body = body | {"layers": layers, "outputs": output}
    count = len(rule.keys)
    rule.keys = tuple(names[:count])
    rule.paths = tuple(name.removesuffix(".") for name in names[count:])


def _facts(known: dict[str, Rule]) -> tuple[Callable[..., Any], Callable[..., bool]]:
    """What arguments are by default, and which entries have names that are not their key's."""

    def default(entry: Mapping[str, Any], name: str, given: list[Any]) -> Any:
        if entry.get("block") in known:
            found = known[entry["block"]].default(name)
            if found is ABSENT:
                raise LookupError
            return found
        of_type = default_of(entry.get("type", ""), name)
        if of_type is None:
            raise LookupError
        return of_type.beside(given)

    def is_free(entry: Mapping[str, Any]) -> bool:
        rule = known.get(entry.get("block", ""))
        return rule is not None and rule.prefixes[0] is None

    return default, is_free


def _keys(level: Level) -> dict[int, str]:
    used = {name.lower() for name in level.reserved}
    used |= {item.output.lower() for item in level.items if item.rule is None}
    found = {}
    for item in level.items:
        if item.rule is None:
            found[id(item)] = item.output
            continue
        stem = item.name or item.rule.name.partition("_")[0]
        key, number = item.name or f"{stem}_1", 1
        while key.lower() in used or NAME.fullmatch(key) is None:
            number += 1
            key = f"{stem[:50]}_{number}".replace(".", "_").lstrip("-")
        used.add(key.lower())
        found[id(item)] = key
    return found
