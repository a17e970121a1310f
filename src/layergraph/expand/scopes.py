"""Scopes: the names that references and expressions see, in a graph or in one call of a block."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from layergraph.diagnostics import Call, Diagnostics, codes, did_you_mean
from layergraph.diagnostics.nearest import search_is_over
from layergraph.expand.feeding import Feed
from layergraph.expand.files import LoadedFile
from layergraph.expand.flat import FlatModel, Models
from layergraph.expand.lookup import Unresolved, find
from layergraph.expand.things import Named, Thing
from layergraph.spec.graph_spec import Values
from layergraph.spec.names import NAME
from layergraph.spec.place import Place
from layergraph.spec.references import Reference
from layergraph.syntax.tree import Mapping as MappingTree

SECTIONS = ("inputs", "layers", "merges")
CALLED_ON = "is called on"


class Draft(NamedTuple):
    """A node whose references are not looked up yet."""

    path: str
    local: str
    keras_name: str
    type: str
    arguments: MappingTree
    call: Place | None
    place: Place
    feed: Feed | None
    scope: Scope
    shares: str | None
    inner: FlatModel | None = None
    models: Models = ()


class Spot(NamedTuple):
    """Where a node is to stand: its path, Keras' name for it, and whose weights it uses."""

    path: str
    local: str
    keras_name: str
    shares: str | None = None

    def part(self, step: str) -> Spot:
        """The spot of an item of a chain."""
        shares = f"{self.shares}.{step}" if self.shares else None
        return Spot(
            f"{self.path}.{step}", f"{self.local}.{step}", f"{self.keras_name}_{step}", shares
        )

    def copy(self, number: int) -> Spot:
        """The spot of a copy."""
        shares = f"{self.shares}.{number}" if self.shares else None
        return Spot(
            f"{self.path}.{number}",
            f"{self.local}.{number}",
            f"{self.keras_name}{number}",
            shares,
        )


class Scope:
    """The names of a graph, or of one call of a block.

    Args:
        file: the file that it is written in.
        nodes: the places of its nodes.
        values: what expressions may name.
        drafts: where nodes are added.
        spot: where it stands; None for a model of its own.
        calls: the calls that led to it.
        blocks: the blocks that it is in, the outermost first.
        is_whole: whether all its names are known.
        entries: the places of the nodes of its model, by path; where they are added.
        prefix: what stands before the paths of its model, where that is in another one.
    """

    def __init__(
        self,
        file: LoadedFile,
        nodes: Mapping[str, Place | None],
        values: Values,
        drafts: list[Draft],
        *,
        spot: Spot | None = None,
        calls: tuple[Call, ...] = (),
        blocks: tuple[tuple[int, str], ...] = (),
        is_whole: bool = True,
        entries: dict[str, Place] | None = None,
        prefix: str = "",
    ) -> None:
        self.file = file
        self.nodes = nodes
        self.values = values
        self.drafts = drafts
        self.spot = spot
        self.calls = calls
        self.blocks = blocks
        self.is_whole = is_whole
        self.entries = {} if entries is None else entries
        self.prefix = prefix
        self.things: dict[str, Thing] = {}
        self.outputs: frozenset[str] = frozenset()
        self.expand: Callable[[str], Thing] | None = None

    @property
    def path(self) -> str:
        """The path that tells it from all others."""
        return (self.prefix + self.spot.path) if self.spot else self.prefix.rstrip(".")

    def spot_of(self, name: str, keras_name: str | None = None) -> Spot:
        """Where a node of this scope is to stand."""
        if self.spot is None:
            return Spot(name, name, keras_name or name)
        shares = f"{self.spot.shares}.{name}" if self.spot.shares else None
        return Spot(
            f"{self.spot.path}.{name}",
            name,
            keras_name or f"{self.spot.keras_name}_{name}",
            shares,
        )

    def get(self, name: str) -> Thing | None:
        """What a name stands for, expanded now if it was not yet."""
        thing = self.things.get(name)
        if thing is None and name in self.nodes and self.expand is not None:
            thing = self.expand(name)
        return thing

    def look_up(
        self,
        reference: Reference,
        asked_by: str,
        place: Place,
        diagnostics: Diagnostics,
        verb: str = CALLED_ON,
    ) -> Thing | None:
        """What a reference names; None where that is nothing, which is reported.

        Args:
            reference: what is looked up.
            asked_by: what messages call the node whose `from` it stands in ("`conv2`").
            place: the value of that `from`.
            diagnostics: where a reference to nothing is reported.
            verb: what it does with the reference.
        """
        try:
            return find(reference, self.get, is_whole=self.is_whole)
        except Unresolved as problem:
            at = place.at(*reference.steps)
            if not reference.has_form:
                named = f"`{reference.path[:64]}`" if reference.path else "an empty name"
                diagnostics.report(
                    codes.INVALID_NAME,
                    f"{asked_by} {verb} {named}, which is no reference",
                    at.span,
                    path=at.path,
                    help="write `node`, `chain.item` or `node:1`",
                )
                return None
            help = problem.help
            if problem.code is codes.UNKNOWN_REFERENCE:
                help = help or self.help_for(reference.path, asked_by)
            diagnostics.report(
                problem.code,
                f"{asked_by} {verb} `{reference.path}`, {problem.predicate}",
                at.span,
                path=at.path,
                help=help,
            )
            return None

    def named(
        self,
        reference: Reference,
        asked_by: str,
        place: Place,
        diagnostics: Diagnostics,
        *,
        left_out: bool = False,
        verb: str = CALLED_ON,
        spot: Spot | None = None,
    ) -> Named:
        """What a reference stands for, looked up later; `spot` is that of the node that asks."""
        copy = f"{self.prefix}{spot.path}" if spot else self.path

        def look(reference: Reference) -> Thing | None:
            with diagnostics.inside(copy, self.calls):
                return self.look_up(reference, asked_by, place, diagnostics, verb)

        return Named(reference, look, place, left_out=left_out, copy=copy, calls=self.calls)

    def help_for(self, path: str, asked_by: str) -> str | None:
        """What is to be said to one who names a path that there is not."""
        if path in self.outputs:
            return f"`{path}` is an output: make its layer a node of `layers`"
        section, _, rest = path.partition(".")
        if section in SECTIONS and rest in self.things:
            return f"write `{rest}`: a reference leaves the section out"
        if self.blocks and (section in self.file.spec.nodes or section in self.file.spec.inputs):
            return f"a block sees its own nodes alone: give it `{section}` as an input"
        if search_is_over():
            return None
        others = [name for name in self._paths() if not asked_by.endswith(f"`{name}`")]
        return did_you_mean(path, others) or _listed(others, "block" if self.blocks else "graph")

    def _paths(self) -> list[str]:
        """The names, and the parts of chains, that a misspelt one may mean."""
        found = []
        for name, thing in self.things.items():
            found.append(name)
            found += [f"{name}.{part}" for part in thing.parts]
        return found


def _listed(names: list[str], holder: str, most: int = 8) -> str | None:
    in_scope = [name for name in names if NAME.fullmatch(name)]
    if not 0 < len(in_scope) <= most:
        return None
    return f"the {holder} has {', '.join(f'`{name}`' for name in in_scope)}"
