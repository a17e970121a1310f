"""A tree → a file's sections, each entry at its place.

Given the tree of a file, the stage reports what its sections may not hold, and hands on a
`FileSpec` with None in place of every entry that a mistake has spoilt, so that one mistake
hides no other. `read_input`, `read_output` and `read_training` read an entry whose expressions
have their values.
"""

from __future__ import annotations

from pathlib import PurePath

from layergraph.diagnostics import Diagnostics, Source, Span, codes, did_you_mean, nearest
from layergraph.diagnostics.values import shown
from layergraph.layers.catalog import LAYERS
from layergraph.objects.base import StrictModel
from layergraph.objects.declared import is_declared
from layergraph.spec.binding import bind
from layergraph.spec.blocks import read_blocks
from layergraph.spec.declarations import read_custom, read_params
from layergraph.spec.entries import (
    NAMING,
    UNREAD,
    ambiguous_names,
    entries_of,
    hides_names,
    without_sections,
)
from layergraph.spec.file_keys import FileKeys
from layergraph.spec.graph_spec import FileSpec, HeadSpec, InputSpec, OutputSpec
from layergraph.spec.input_keys import InputKeys
from layergraph.spec.names import NAME, check_distinct
from layergraph.spec.nodes import split
from layergraph.spec.output_keys import OutputKeys
from layergraph.spec.place import Place
from layergraph.spec.tasks import TASKS, check_task_keys, head_arguments, loss_of
from layergraph.spec.training_keys import Training
from layergraph.syntax.tree import Mapping, Spoiled, Tree, plain

_MARKS = ("layergraph", *NAMING, "outputs", "blocks")
"""The keys that make a mapping a graph file; others that it may have are anyone's."""

OF_A_GRAPH = (*NAMING, "outputs", "training", "params")
"""The sections that a file of blocks does not have."""

_EMPTY = {
    "inputs": (codes.NO_INPUTS, "name what the model is given: `image: {shape: [28, 28, 1]}`"),
    "outputs": (codes.NO_OUTPUTS, "name what the model gives: `digit: {from: …}`"),
}


def read_spec(tree: Tree, diagnostics: Diagnostics) -> FileSpec | None:
    """Read the sections of a graph file, or of a file of blocks.

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
    is_library = file.has("blocks") and not any(file.has(key) for key in OF_A_GRAPH)
    model: type[StrictModel] = FileKeys
    if is_library:
        from layergraph.spec.block_keys import LibraryKeys

        model = LibraryKeys
    keys = bind(model, without_sections(file, model.key_names()), diagnostics, owner="")
    inputs = entries_of(file, "inputs", diagnostics)
    nodes = entries_of(file, "layers", diagnostics) | entries_of(file, "merges", diagnostics)
    outputs = entries_of(file, "outputs", diagnostics)
    for section, found in (("inputs", inputs), ("outputs", outputs)):
        _check_not_empty(section, found, file, diagnostics)
    for name in ambiguous_names(file, diagnostics):
        inputs |= {name: None} if name in inputs else {}
        nodes |= {name: None} if name in nodes else {}
    spoilt = _spoilt(file)

    def unread(*sections: str) -> dict[str, None]:
        return {UNREAD: None} if spoilt.intersection(sections) else {}

    return FileSpec(
        source,
        getattr(keys, "name", None) or model_name(source),
        getattr(keys, "description", None),
        read_params(file, diagnostics) | unread("params"),
        _imports(file, diagnostics),
        read_blocks(file, diagnostics) | unread("blocks", "imports"),
        read_custom(file, diagnostics) | unread("custom"),
        inputs,
        nodes,
        outputs | unread("outputs"),
        file.at("training") if file.has("training") else None,
        file,
        is_library=is_library,
        knows_all_names=(bool(inputs) or is_library) and not spoilt.intersection(NAMING),
    )


def model_name(source: Source) -> str:
    """A model's name where the file gives none: the file's stem, as far as it can be a name."""
    stem = PurePath(source.name).name.split(".")[0]
    cleaned = "".join(c if NAME.fullmatch(c) or c == "-" else "_" for c in stem).lstrip("-")[:64]
    return cleaned or "model"


def read_input(name: str, place: Place, diagnostics: Diagnostics) -> InputSpec | None:
    """The input at a place; None where a mistake has spoilt it."""
    keys = bind(InputKeys, place, diagnostics, owner=f"`{name}`", form="{shape: […]}")
    return InputSpec(keys, place) if keys else None


def read_training(place: Place | None, diagnostics: Diagnostics) -> Training | None:
    """The section `training`; None where a mistake has spoilt it."""
    if place is None:
        return Training()
    if not isinstance(place.tree, Mapping):
        return None  # which is said of the file's sections
    return bind(Training, place, diagnostics, owner="`training`")


def _imports(file: Place, diagnostics: Diagnostics) -> dict[str, Place]:
    found = entries_of(file, "imports", diagnostics)
    named = [(name, place) for name, place in found.items() if place is not None]
    check_distinct(named, diagnostics, help="rename one of the imports")
    return {name: place for name, place in named if NAME.fullmatch(name)}


def _check_not_empty(
    section: str, found: dict[str, Place | None], file: Place, diagnostics: Diagnostics
) -> None:
    if found or not file.has(section):
        return
    place = file.at(section)
    if isinstance(place.tree, Mapping) and place.tree.is_whole:
        code, help = _EMPTY[section]
        diagnostics.report(
            code, f"the graph has no {section}", place.span, path=place.path, help=help
        )


def _report_no_graph(message: str, span: Span, diagnostics: Diagnostics) -> None:
    diagnostics.report(codes.NOT_A_GRAPH, message, span, help="begin with `layergraph: 1`")


def _spoilt(file: Place) -> frozenset[str]:
    """The sections of which a mistake may have spoilt the whole, or a key of theirs.

    Where a key is none of a graph file's, it may be meant for a section that is not there.
    """
    assert isinstance(file.tree, Mapping)
    entries = file.tree.entries
    missing = [key for key in FileKeys.model_fields if key not in entries]
    found = set(missing) if not file.tree.is_whole else set()
    for key, entry in entries.items():
        if key not in FileKeys.model_fields:
            meant = nearest(key, missing)
            found |= {meant} if meant else set(missing)
        elif hides_names(entry.value):
            found.add(key)
    return frozenset(found)


def read_output(name: str, place: Place, diagnostics: Diagnostics) -> OutputSpec | None:
    """The output at a place; None where a mistake has spoilt it."""
    if isinstance(place.tree, Spoiled):
        return None
    head_keys: Mapping | None = None
    own: Tree = place.tree
    if isinstance(own, Mapping) and _reports_type(own, place, name, diagnostics):
        return None
    has_head = any(place.gives(key) for key in ("type", "task"))
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


def _reports_type(output: Mapping, place: Place, name: str, diagnostics: Diagnostics) -> bool:
    """Report a misspelt `type`, without which the arguments of the head are none either."""
    keys = OutputKeys.key_names()
    for key in split(output, keys)[1].entries:
        if "type" not in output.entries and nearest(key, keys) == "type":
            at = place.at(key)
            diagnostics.report(
                codes.UNKNOWN_KEY,
                f"output `{name}` has `{key}`, which is no key of an output",
                at.key_span,
                path=at.path,
                help=did_you_mean(key, keys),
            )
            return True
    return False


def _keys_of_output(output: Mapping) -> tuple[str, ...]:
    """The keys of an output with a head that are not its head's: also those meant for one."""
    kind = output.entries.get("type")
    named = (plain(kind.value) if kind else None) or "Dense"
    head = LAYERS.find(named) if isinstance(named, str) else None
    arguments = head.key_names() if head else ()
    own = tuple(key for key in OutputKeys.key_names() if not (key == "units" and kind))
    if is_declared(named):
        return own  # any other may be an argument of the user's own layer
    misspelt = tuple(
        key
        for key in output.entries
        if key not in (*own, *arguments) and nearest(key, (*own, *arguments)) in own
    )
    return own + misspelt


def _head(keys: OutputKeys, given: Mapping, place: Place) -> HeadSpec:
    arguments = given if keys.type else head_arguments(keys, given, place)
    return HeadSpec(keys.type or "Dense", arguments)
