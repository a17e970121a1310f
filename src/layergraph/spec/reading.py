"""A tree → a graph file's sections, each entry checked by itself.

Given the tree of a file, the stage reports what its sections may not hold, and hands on a
`GraphSpec` with None in place of every entry that a mistake has spoilt, so that one mistake
hides no other.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePath
from typing import TypeVar

from layergraph.diagnostics import Diagnostics, Source, codes
from layergraph.layers.catalog import LAYERS
from layergraph.spec.binding import bind, shown
from layergraph.spec.graph_spec import ChainSpec, GraphSpec, InputSpec, NodeSpec, OutputSpec
from layergraph.spec.models import FileKeys, InputKeys, OutputKeys, Training
from layergraph.spec.names import NAME, check_distinct, check_name
from layergraph.spec.nodes import read_node, split
from layergraph.spec.place import Place
from layergraph.spec.tasks import TASKS, check_task_keys, head_arguments, loss_of
from layergraph.syntax.tree import Mapping, Spoiled, Tree, plain

T = TypeVar("T")


def read_spec(tree: Tree, diagnostics: Diagnostics) -> GraphSpec | None:
    """Read the sections of a graph file.

    Returns:
        The sections that are there; None where the text is no graph file at all.
    """
    file = Place(tree, (), tree.span)
    source = tree.span.source
    if not isinstance(tree, Mapping):
        diagnostics.report(
            codes.NOT_A_GRAPH,
            f"a graph file is a mapping, and this is {shown(plain(tree))}",
            tree.span,
            help="begin with `layergraph: 1`",
        )
        return None
    heads = bind(FileKeys, _without_sections(file), diagnostics, owner="")
    inputs = _section(file, "inputs", _read_input, diagnostics)
    layers = _section(file, "layers", _read_layer, diagnostics)
    merges = _section(file, "merges", _read_merge, diagnostics)
    outputs = _section(file, "outputs", _read_output, diagnostics)
    _check_names(file, diagnostics)
    training: Training | None = Training()
    if file.has("training"):
        training = bind(Training, file.at("training"), diagnostics, owner="`training`")
    return GraphSpec(
        source,
        (heads.name if heads else None) or model_name(source),
        heads.description if heads else None,
        inputs,
        layers | merges,
        outputs,
        training,
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
        code = codes.NO_INPUTS if section == "inputs" else codes.NO_OUTPUTS
        diagnostics.report(code, f"the graph has no {section}", place.span, path=place.path)
    return found


def _read_input(name: str, place: Place, diagnostics: Diagnostics) -> InputSpec | None:
    keys = bind(InputKeys, place, diagnostics, owner=f"`{name}`")
    return InputSpec(keys, place) if keys else None


def _read_layer(name: str, place: Place, diagnostics: Diagnostics) -> NodeSpec | ChainSpec | None:
    return read_node(name, place, diagnostics)


def _read_merge(name: str, place: Place, diagnostics: Diagnostics) -> NodeSpec | ChainSpec | None:
    node = read_node(name, place, diagnostics)
    if node is None or (isinstance(node, NodeSpec) and node.type in LAYERS.families["merging"]):
        return node
    at = place.at("type")
    diagnostics.report(
        codes.NOT_A_CHOICE,
        f"`{name}` joins nothing: `merges` holds {', '.join(LAYERS.families['merging'])}",
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
    has_head = place.has("type") or place.has("task")
    if isinstance(own, Mapping) and has_head:
        of_output = tuple(
            key for key in OutputKeys.key_names() if not (key == "units" and place.has("type"))
        )
        own, head_keys = split(own, of_output)
    keys = bind(
        OutputKeys, Place(own, place.path, place.key_span), diagnostics, owner=f"output `{name}`"
    )
    if keys is None or not check_task_keys(keys, name, place, diagnostics):
        return None
    loss = keys.loss if "loss" in keys.model_fields_set else loss_of(keys)
    metrics = keys.metrics
    if metrics is None:
        metrics = (TASKS[keys.task].metric,) if keys.task else ()
    head = _head(keys, head_keys, place) if head_keys is not None else None
    return OutputSpec(keys, head, loss, metrics, place)


def _head(keys: OutputKeys, given: Mapping, place: Place) -> NodeSpec:
    arguments = given if keys.type else head_arguments(keys, given, place)
    return NodeSpec(keys.type or "Dense", None, arguments, None, place, keys.name)


def _check_names(file: Place, diagnostics: Diagnostics) -> None:
    """Inputs, layers and merges share one namespace; outputs have one of their own."""
    for sections in (("inputs", "layers", "merges"), ("outputs",)):
        places = [file.at(section) for section in sections if file.has(section)]
        named = [
            (name, place.at(name))
            for place in places
            if isinstance(place.tree, Mapping)
            for name in place.tree.entries
        ]
        check_distinct(named, diagnostics)
