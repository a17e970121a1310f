"""A tree → a graph file's sections, each entry checked by itself.

Given the tree of a file, the stage reports what its sections may not hold, and hands on a
`GraphSpec` with None in place of every entry that a mistake has spoilt, so that one mistake
hides no other.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePath
from typing import TypeVar

from layergraph.diagnostics import Diagnostics, Source, Span, codes, nearest
from layergraph.diagnostics.values import shown
from layergraph.layers.catalog import LAYERS
from layergraph.spec.binding import bind
from layergraph.spec.graph_spec import ChainSpec, GraphSpec, InputSpec, NodeSpec, OutputSpec
from layergraph.spec.models import FileKeys, InputKeys, OutputKeys, Training
from layergraph.spec.names import NAME, check_distinct, check_name
from layergraph.spec.nodes import read_node, split
from layergraph.spec.place import Place
from layergraph.spec.tasks import TASKS, check_task_keys, head_arguments, loss_of
from layergraph.syntax.tree import Mapping, Spoiled, Tree, plain

T = TypeVar("T")

NAMING = ("inputs", "layers", "merges")
"""The sections whose names `from` may give."""

_MARKS = ("layergraph", *NAMING, "outputs")
"""The keys that make a mapping a graph file; others that it may have are anyone's."""

_EMPTY = {
    "inputs": (codes.NO_INPUTS, "name what the model is given: `image: {shape: [28, 28, 1]}`"),
    "outputs": (codes.NO_OUTPUTS, "name what the model gives: `digit: {from: …}`"),
}


def read_spec(tree: Tree, diagnostics: Diagnostics) -> GraphSpec | None:
    """Read the sections of a graph file.

    Returns:
        The sections that are there; None where the text is no graph file at all.
    """
    file = Place(tree, (), tree.span)
    source = tree.span.source
    if not isinstance(tree, Mapping):
        _report_no_graph(
            f"a graph file is a mapping, and this is {shown(plain(tree))}", tree.span, diagnostics
        )
        return None
    if not any(nearest(key, _MARKS) for key in tree.entries):
        first = next((entry.key_span for entry in tree.entries.values()), tree.span)
        _report_no_graph("this file has no section of a graph file", first, diagnostics)
        return None
    keys = bind(FileKeys, _without_sections(file), diagnostics, owner="")
    inputs = _section(file, "inputs", _read_input, diagnostics)
    layers = _section(file, "layers", _read_layer, diagnostics)
    merges = _section(file, "merges", _read_merge, diagnostics)
    outputs = _section(file, "outputs", _read_output, diagnostics)
    nodes = layers | merges
    for name in _ambiguous_names(file, diagnostics):
        inputs |= {name: None} if name in inputs else {}
        nodes |= {name: None} if name in nodes else {}
    return GraphSpec(
        source,
        (keys.name if keys else None) or model_name(source),
        keys.description if keys else None,
        inputs,
        nodes,
        outputs,
        _read_training(file, diagnostics),
        knows_all_names=bool(inputs) and _is_whole(file),
    )


def model_name(source: Source) -> str:
    """A model's name where the file gives none: the file's stem, as far as it can be a name."""
    stem = PurePath(source.name).name.split(".")[0]
    cleaned = "".join(c if NAME.fullmatch(c) or c == "-" else "_" for c in stem).lstrip("-")[:64]
    return cleaned or "model"


def _without_sections(file: Place) -> Place:
    """The file with every section emptied: sections are bound entry by entry."""
    assert isinstance(file.tree, Mapping)
    entries = {
        key: entry._replace(value=Mapping({}, entry.value.span))
        if isinstance(entry.value, Mapping) and key in FileKeys.model_fields
        else entry
        for key, entry in file.tree.entries.items()
    }
    return Place(Mapping(entries, file.tree.span), (), file.key_span)


def _report_no_graph(message: str, span: Span, diagnostics: Diagnostics) -> None:
    diagnostics.report(codes.NOT_A_GRAPH, message, span, help="begin with `layergraph: 1`")


def _is_whole(file: Place) -> bool:
    """Whether every section is one that names can be read from, and no key may be another one."""
    assert isinstance(file.tree, Mapping)
    return all(
        isinstance(entry.value, Mapping) if key in NAMING else key in FileKeys.model_fields
        for key, entry in file.tree.entries.items()
    )


def _section(
    file: Place,
    section: str,
    read: Callable[[str, Place, Diagnostics], T],
    diagnostics: Diagnostics,
) -> dict[str, T]:
    if not file.has(section):
        return {}
    place = file.at(section)
    if not isinstance(place.tree, Mapping):
        return {}
    found: dict[str, T] = {}
    for name in place.tree.entries:
        at = place.at(name)
        check_name(name, at, diagnostics)
        found[name] = read(name, at, diagnostics)
    if not found and section in ("inputs", "outputs"):
        code, help = _EMPTY[section]
        diagnostics.report(
            code, f"the graph has no {section}", place.span, path=place.path, help=help
        )
    return found


def _read_input(name: str, place: Place, diagnostics: Diagnostics) -> InputSpec | None:
    keys = bind(InputKeys, place, diagnostics, owner=f"`{name}`", form="{shape: […]}")
    return InputSpec(keys, place) if keys else None


def _read_layer(name: str, place: Place, diagnostics: Diagnostics) -> NodeSpec | ChainSpec | None:
    return read_node(name, place, diagnostics)


def _read_merge(name: str, place: Place, diagnostics: Diagnostics) -> NodeSpec | ChainSpec | None:
    node = read_node(name, place, diagnostics)
    joining = LAYERS.families["merging"]
    if node is None or (
        isinstance(node, NodeSpec) and (node.type in joining or LAYERS.find(node.type) is None)
    ):
        return node
    at = place.at("type")
    diagnostics.report(
        codes.NOT_A_CHOICE,
        f"`{name}` joins nothing: `merges` holds {', '.join(joining)}",
        at.span,
        path=at.path,
        help="move it to `layers`",
    )
    return node


def _read_output(name: str, place: Place, diagnostics: Diagnostics) -> OutputSpec | None:
    if isinstance(place.tree, Spoiled):
        return None
    head_keys: Mapping | None = None
    own: Tree = place.tree
    has_head = any(
        place.has(key) and plain(place.at(key).tree) is not None for key in ("type", "task")
    )
    if isinstance(own, Mapping) and has_head:
        own, head_keys = split(own, _keys_of_output(own))
    keys = bind(
        OutputKeys,
        Place(own, place.path, place.key_span),
        diagnostics,
        owner=f"output `{name}`",
        form="{from: …}",
    )
    if keys is None or not check_task_keys(keys, name, place, diagnostics):
        return None
    loss = keys.loss if "loss" in keys.model_fields_set else loss_of(keys)
    metrics = keys.metrics
    if metrics is None:
        metrics = (TASKS[keys.task].metric,) if keys.task else ()
    head = _head(keys, head_keys, place) if head_keys is not None else None
    return OutputSpec(keys, head, loss, metrics, place)


def _keys_of_output(output: Mapping) -> tuple[str, ...]:
    """The keys of an output with a head that are not its head's: also those meant for one."""
    kind = output.entries.get("type")
    named = (plain(kind.value) if kind else None) or "Dense"
    head = LAYERS.find(named) if isinstance(named, str) else None
    arguments = head.key_names() if head else ()
    own = tuple(key for key in OutputKeys.key_names() if not (key == "units" and kind))
    misspelt = tuple(
        key
        for key in output.entries
        if key not in (*own, *arguments) and nearest(key, (*own, *arguments)) in own
    )
    return own + misspelt


def _read_training(file: Place, diagnostics: Diagnostics) -> Training | None:
    if not file.has("training"):
        return Training()
    place = file.at("training")
    if not isinstance(place.tree, Mapping):
        return None  # which is said of the file's sections
    return bind(Training, place, diagnostics, owner="`training`")


def _head(keys: OutputKeys, given: Mapping, place: Place) -> NodeSpec:
    arguments = given if keys.type else head_arguments(keys, given, place)
    return NodeSpec(keys.type or "Dense", None, arguments, None, place, keys.name)


def _ambiguous_names(file: Place, diagnostics: Diagnostics) -> frozenset[str]:
    """The names that two nodes have. Outputs have a namespace of their own."""
    check_distinct(
        _named(file, ("outputs",)), diagnostics, help="rename one: case alone tells no two apart"
    )
    help = "inputs, layers and merges share one set of names: rename one"
    return check_distinct(_named(file, NAMING), diagnostics, help=help)


def _named(file: Place, sections: tuple[str, ...]) -> list[tuple[str, Place]]:
    places = [file.at(section) for section in sections if file.has(section)]
    return [
        (name, place.at(name))
        for place in places
        if isinstance(place.tree, Mapping)
        for name in place.tree.entries
    ]
