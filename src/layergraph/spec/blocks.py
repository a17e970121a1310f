"""Blocks: reusable subgraphs, read section by section."""

from __future__ import annotations

from layergraph.diagnostics import Diagnostics, Related, codes
from layergraph.objects.base import StrictModel
from layergraph.spec.binding import bind
from layergraph.spec.declarations import read_params
from layergraph.spec.entries import UNREAD, entries_of, hides_names, without_sections
from layergraph.spec.graph_spec import BlockSpec
from layergraph.spec.names import NAME, NAME_RULE, check_distinct
from layergraph.spec.place import Place
from layergraph.spec.references import OneTensor, Reference, parse_reference
from layergraph.syntax.tree import Entry, Mapping, plain

ONLY = ""
"""The name of the output of a block that names none."""


class _Output(StrictModel):
    output: OneTensor


def read_blocks(file: Place, diagnostics: Diagnostics) -> dict[str, BlockSpec | None]:
    """The blocks that a file declares; None is one that a mistake has spoilt."""
    places = entries_of(file, "blocks", diagnostics)
    named = [(name, place) for name, place in places.items() if place is not None]
    check_distinct(named, diagnostics, help="rename one of the blocks")
    return {name: _block(name, place, diagnostics) for name, place in named}


def _block(name: str, place: Place, diagnostics: Diagnostics) -> BlockSpec | None:
    from layergraph.spec.block_keys import BlockKeys

    if not isinstance(place.tree, Mapping):
        bind(BlockKeys, place, diagnostics, owner=f"block `{name}`", form="{inputs: […], …}")
        return None
    keys = bind(
        BlockKeys,
        without_sections(place, ("params", "layers", "merges", "outputs")),
        diagnostics,
        owner=f"block `{name}`",
    )
    params = read_params(place, diagnostics)
    if place.has("params") and hides_names(place.at("params").tree):
        params[UNREAD] = None
    nodes = entries_of(place, "layers", diagnostics) | entries_of(place, "merges", diagnostics)
    outputs = _outputs(name, place, diagnostics)
    inputs = _inputs(name, keys.inputs, place, diagnostics) if keys else None
    if keys is None or inputs is None or outputs is None:
        return None
    for node in _clashes(place, inputs, diagnostics):
        nodes |= {node: None} if node in nodes else {}
    _check_output_names(name, nodes, inputs, outputs, place, diagnostics)
    is_whole = not any(
        hides_names(place.at(section).tree)
        for section in ("layers", "merges")
        if place.has(section)
    )
    return BlockSpec(name, params, inputs, nodes, outputs, place, knows_all_names=is_whole)


def _inputs(
    block: str, names: tuple[str, ...], place: Place, diagnostics: Diagnostics
) -> tuple[str, ...] | None:
    sound = True
    for position, name in enumerate(names):
        if NAME.fullmatch(name) is None:
            at = place.at("inputs", position)
            diagnostics.report(
                codes.INVALID_NAME,
                f"`{name[:64]}` cannot be a name" if name else "a name cannot be empty",
                at.span,
                path=at.path,
                help=NAME_RULE,
            )
            sound = False
        elif name in names[:position]:
            at = place.at("inputs", position)
            first = place.at("inputs", names.index(name))
            diagnostics.report(
                codes.NAME_CLASH,
                f"block `{block}` has two inputs `{name}`",
                at.span,
                path=at.path,
                related=(Related("the first one stands here", first.span),),
                help="rename one",
            )
            sound = False
    return names if sound else None


def _outputs(name: str, place: Place, diagnostics: Diagnostics) -> dict[str, Reference] | None:
    """The references by the names of the outputs; None where a mistake has spoilt one."""
    if not place.has("outputs"):
        return {}
    at = place.at("outputs")
    if not isinstance(at.tree, Mapping):
        value = plain(at.tree)
        return {ONLY: parse_reference(value)} if isinstance(value, str) else None
    found: dict[str, Reference] = {}
    sound = True
    for output, one in entries_of(place, "outputs", diagnostics).items():
        assert one is not None
        bound = bind(_Output, _alone(one), diagnostics, owner=f"block `{name}`")
        if bound is None:
            sound = False
        else:
            found[output] = bound.output
    if not at.tree.entries:
        diagnostics.report(
            codes.NO_OUTPUTS,
            f"block `{name}` has no outputs",
            at.span,
            path=at.path,
            help="name the node whose value it gives: `outputs: out`",
        )
    return found if sound and found else None


def _alone(place: Place) -> Place:
    """A mapping that holds the value at a place under `output`."""
    entry = Entry("output", place.key_span, place.tree)
    return Place(Mapping({"output": entry}, place.span), place.path, place.key_span)


def _clashes(place: Place, inputs: tuple[str, ...], diagnostics: Diagnostics) -> frozenset[str]:
    named = [(name, _at(place, position)) for position, name in enumerate(inputs)]
    for section in ("layers", "merges"):
        at = place.at(section) if place.has(section) else None
        if at is not None and isinstance(at.tree, Mapping):
            named += [(name, at.at(name)) for name in at.tree.entries]
    help = "a block's inputs, layers and merges share one set of names: rename one"
    return check_distinct(named, diagnostics, help=help)


def _at(place: Place, position: int) -> Place:
    at = place.at("inputs", position)
    return at._replace(key_span=at.span)


def _check_output_names(
    block: str,
    nodes: dict[str, Place | None],
    inputs: tuple[str, ...],
    outputs: dict[str, Reference],
    place: Place,
    diagnostics: Diagnostics,
) -> None:
    """An output may have the name of the node that it gives, and of no other."""
    for name, reference in outputs.items():
        if (name not in nodes and name not in inputs) or str(reference) == name:
            continue
        if reference.path.partition(".")[0] not in (*nodes, *inputs):
            continue  # it gives nothing, which is said of every call
        at = place.at("outputs", name)
        diagnostics.report(
            codes.OUTPUT_NAME_TAKEN,
            f"output `{name}` of block `{block}` has the name of a node, but gives `{reference}`",
            at.key_span,
            path=at.path,
            help=f"give the output a name of its own, or write `{name}: {name}`",
        )
