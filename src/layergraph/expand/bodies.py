"""What `block` names: a block of the file or of an import, or an imported graph."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from layergraph.diagnostics import Diagnostics, codes, did_you_mean
from layergraph.expand.files import LoadedFile
from layergraph.expand.scopes import Scope
from layergraph.layers.catalog import LAYERS
from layergraph.spec.entries import UNREAD
from layergraph.spec.graph_spec import BlockSpec, ParamSpec
from layergraph.spec.place import Place


class Body(NamedTuple):
    """What an instance calls: a block, or a whole graph, for which `block` is None."""

    name: str
    file: LoadedFile
    params: Mapping[str, ParamSpec | None]
    inputs: tuple[str, ...]
    nodes: Mapping[str, Place | None]
    place: Place
    is_whole: bool
    block: BlockSpec | None

    @classmethod
    def of_block(cls, name: str, file: LoadedFile, block: BlockSpec) -> Body:
        """A block of a file."""
        return cls(
            name,
            file,
            block.params,
            block.inputs,
            block.nodes,
            block.place,
            is_whole=block.knows_all_names,
            block=block,
        )

    @classmethod
    def of_graph(cls, alias: str, file: LoadedFile) -> Body:
        """A whole graph, by the name that it is imported under."""
        spec = file.spec
        return cls(
            alias,
            file,
            spec.params,
            tuple(spec.inputs),
            spec.nodes,
            spec.place,
            is_whole=spec.knows_all_names,
            block=None,
        )

    @property
    def called(self) -> str:
        """What messages call it."""
        return f"block `{self.name}`" if self.block else f"the graph `{self.name}`"

    @property
    def key(self) -> tuple[int, str]:
        """What tells it from all others."""
        return (id(self.file), self.name)


def find_body(
    named: str, owner: str, at: Place, scope: Scope, diagnostics: Diagnostics
) -> Body | None:
    """The body that a `block` names; None where there is none, or it is spoilt.

    Args:
        named: what stands there.
        owner: what messages call the instance.
        at: where it stands.
        scope: what the instance stands in.
        diagnostics: where a name of nothing is reported, and a block that holds itself.
    """
    body = _named(named, owner, at, scope.file, diagnostics)
    if body is None or body.key not in scope.blocks:
        return body
    names = [name for _, name in scope.blocks]
    way = [*names[names.index(body.name) :], body.name]
    diagnostics.report(
        codes.RECURSIVE_BLOCK,
        f"block `{body.name}` holds itself"
        + (f": {' → '.join(f'`{name}`' for name in way)}" if len(way) > 2 else ""),
        at.span,
        path=at.path,
        help="write copies with `repeat`, or give the inner block another name",
    )
    return None


def _named(
    named: str, owner: str, at: Place, file: LoadedFile, diagnostics: Diagnostics
) -> Body | None:
    alias, dot, name = named.partition(".")
    if not dot and named in file.spec.blocks:
        block = file.spec.blocks[named]
        return Body.of_block(named, file, block) if block else None
    known = [
        *file.spec.blocks,
        *(
            f"{alias}.{block}"
            for alias, imported in file.imports.items()
            if imported is not None
            for block in imported.spec.blocks
        ),
    ]
    if alias in file.spec.imports:
        imported = file.imports.get(alias)
        if imported is None:
            return None
        if not dot and not imported.spec.is_library:
            return Body.of_graph(alias, imported)
        if dot and name in imported.spec.blocks:
            block = imported.spec.blocks[name]
            return Body.of_block(name, imported, block) if block else None
        if dot and not imported.spec.blocks:
            _report_unknown(named, owner, at, f"write `{alias}`, the whole graph", diagnostics)
            return None
        known = [f"{alias}.{block}" for block in imported.spec.blocks]
    if UNREAD in file.spec.blocks:
        return None
    without_alias = next((one for one in known if one.endswith(f".{named}")), None)
    help = did_you_mean(without_alias or named, known) or _listed(known)
    if LAYERS.find(named) is not None:
        help = f"it is a layer: write `type: {named}`"
    _report_unknown(named, owner, at, help, diagnostics)
    return None


def _report_unknown(
    named: str, owner: str, at: Place, help: str | None, diagnostics: Diagnostics
) -> None:
    diagnostics.report(
        codes.UNKNOWN_BLOCK,
        f"{owner} is an instance of `{named[:64]}`, which is no block "
        "that this file has or imports",
        at.span,
        path=at.path,
        help=help,
    )


def _listed(names: list[str], most: int = 8) -> str | None:
    if not names:
        return "there are no blocks: declare it under `blocks`, or import a file that has it"
    if len(names) > most:
        return None
    return f"there {'is' if len(names) == 1 else 'are'} {', '.join(f'`{name}`' for name in names)}"
