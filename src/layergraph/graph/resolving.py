"""References → the paths of the nodes that they name."""

from __future__ import annotations

from itertools import count

from layergraph.diagnostics import Diagnostics, codes, did_you_mean
from layergraph.expand.flat import FlatGraph
from layergraph.spec.names import NAME
from layergraph.spec.place import Place
from layergraph.spec.references import Reference

SECTIONS = ("inputs", "layers", "merges")


def resolve(
    reference: Reference, asked_by: str, place: Place, flat: FlatGraph, diagnostics: Diagnostics
) -> str | None:
    """The path of the node that a reference names; None where there is none, or it is spoilt.

    Args:
        reference: what is looked up.
        asked_by: what messages call the node whose `from` it stands in ("`conv2`").
        place: the value of that `from`.
        flat: the graph.
        diagnostics: where a reference to nothing is reported.
    """
    path = reference.path
    if path in flat.stands_for:
        return flat.stands_for[path]
    at = place.at(*reference.steps)
    if _may_be_spoilt(path, flat):
        return None
    if not reference.has_form:
        named = f"`{path[:64]}`" if path else "an empty name"
        diagnostics.report(
            codes.INVALID_NAME,
            f"{asked_by} is called on {named}, which is no reference",
            at.span,
            path=at.path,
            help="write `node`, `chain.item` or `node:1`",
        )
        return None
    diagnostics.report(
        codes.UNKNOWN_REFERENCE,
        f"{asked_by} is called on `{path}`, which does not exist",
        at.span,
        path=at.path,
        help=_help(path, asked_by, flat),
    )
    return None


def _may_be_spoilt(path: str, flat: FlatGraph) -> bool:
    """Whether a mistake that is reported already has hidden the node of this path."""
    if not flat.spec.knows_all_names and path.partition(".")[0] not in flat.spec.nodes:
        return True
    steps = path.split(".")
    holders = {".".join(steps[:end]) for end in range(1, len(steps))}
    return any(
        stands_for is None and (name in holders or name.rpartition(".")[0] in holders)
        for name, stands_for in flat.stands_for.items()
    )


def _help(path: str, asked_by: str, flat: FlatGraph) -> str | None:
    if path in flat.outputs:
        return f"`{path}` is an output: make its layer a node of `layers`"
    section, _, rest = path.partition(".")
    if section in SECTIONS and rest in flat.stands_for:
        return f"write `{rest}`: a reference leaves the section out"
    node, _, step = path.rpartition(".")
    if step.isdigit() and node in flat.stands_for:
        if node in flat.nodes:
            return f"`{node}` is no chain; `{node}:1` is the second tensor of a layer"
        if node in flat.spec.inputs:
            return f"`{node}` is an input, which has no items: write `{node}`"
        items = next(n for n in count() if f"{node}.{n + 1}" not in flat.stands_for)
        return f"the last item of `{node}` is `{node}.{items}`" if items else None
    others = [name for name in flat.stands_for if f"`{name}`" != asked_by]
    return did_you_mean(path, others) or _listed(others)


def _listed(names: list[str], most: int = 8) -> str | None:
    in_file = [name for name in names if NAME.fullmatch(name)]
    if not 0 < len(in_file) <= most:
        return None
    return f"the graph has {', '.join(f'`{name}`' for name in in_file)}"
