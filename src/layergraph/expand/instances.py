"""Instances: blocks and imported graphs, expanded where they are called."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from layergraph.diagnostics import Call, Diagnostics, codes, did_you_mean
from layergraph.expand.feeding import NO_FEED, Feed, Source
from layergraph.expand.files import LoadedFile
from layergraph.expand.flat import MODEL, Expected, FlatModel, Tensors
from layergraph.expand.heads import add_head
from layergraph.expand.linking import Linking
from layergraph.expand.nodes import Asked, Nodes
from layergraph.expand.params import Caller, example_values
from layergraph.expand.scopes import Draft, Scope, Spot
from layergraph.expand.things import SPOILT, Given, Instance, Made, Thing
from layergraph.spec.blocks import ONLY
from layergraph.spec.graph_spec import (
    BlockSpec,
    InputSpec,
    NodeSpec,
    OutputSpec,
    ParamSpec,
    Values,
)
from layergraph.spec.place import Place
from layergraph.spec.reading import read_input, read_output
from layergraph.spec.references import Reference
from layergraph.syntax.tree import Mapping as MappingTree


class Body(NamedTuple):
    """What an instance calls: a block, or a whole graph."""

    name: str
    file: LoadedFile
    params: Mapping[str, ParamSpec | None]
    inputs: tuple[str, ...]
    nodes: Mapping[str, Place | None]
    place: Place
    is_whole: bool
    block: BlockSpec | None

    @property
    def called(self) -> str:
        """What messages call it."""
        return f"block `{self.name}`" if self.block else f"the graph `{self.name}`"


class Instances:
    """Expands instances of blocks, with the nodes in them."""

    def __init__(self, nodes: Nodes, diagnostics: Diagnostics) -> None:
        self._nodes = nodes
        self._diagnostics = diagnostics
        self._values: dict[str, Values] = {}
        self._called: set[int] = set()

    def instance(self, spot: Spot, spec: NodeSpec, asked: Asked, feed: Feed | None) -> Thing:
        """Expand one instance."""
        scope = asked.scope
        body = self._body(spot, spec, scope)
        if body is None:
            return SPOILT
        caller = Caller(body.called, body.params)
        values = caller.values(spec.arguments, spec.place, f"`{spot.local}`", self._diagnostics)
        if body.block is not None:
            self._called.add(id(body.block))
        user = asked.used_by or spec
        call = Call(body.name, user.place.key_span)
        keras_name = spec.name or spot.keras_name
        drafts: list[Draft] = []
        inner = Scope(
            body.file,
            body.nodes,
            self._shared(values),
            drafts,
            spot=None if spec.nested else spot._replace(keras_name=keras_name),
            calls=(call, *scope.calls),
            blocks=(*scope.blocks, (id(body.file), body.name)),
            is_whole=body.is_whole,
        )
        given = self._inputs(spot, body, feed, user)
        if spec.nested:
            return self._nested(spot, spec, asked, body, inner, given, keras_name)
        specs = self._read_inputs(body, inner)
        for name in body.inputs:
            inner.things[name] = self._input(name, body, given, specs, user)
        self._nodes.expand_all(inner)
        outputs = self._outputs(body, inner)
        scope.drafts += drafts
        return Instance(outputs, inner.get, _only(outputs))

    def expand_uncalled(self, file: LoadedFile) -> list[Draft]:
        """Look into the blocks of a file that nothing calls: their inputs may be anything."""
        drafts: list[Draft] = []
        for name, block in file.spec.blocks.items():
            if block is None or id(block) in self._called:
                continue
            body = _block_body(name, file, block)
            values = self._shared(example_values(block))
            inner = Scope(
                file,
                body.nodes,
                values,
                [],
                spot=Spot(f"block {name}", "", name),
                blocks=((id(file), name),),
                is_whole=body.is_whole,
            )
            inner.things.update(dict.fromkeys(body.inputs, SPOILT))
            self._nodes.expand_all(inner)
            for thing in self._outputs(body, inner).values():
                thing.needs()
            drafts += inner.drafts
        return drafts

    def _shared(self, values: dict[str, Any]) -> Values:
        """The same values for all calls that give the same, so that what is read is shared."""
        return self._values.setdefault(repr(values), values)

    def _body(self, spot: Spot, spec: NodeSpec, scope: Scope) -> Body | None:
        body = self._find(spot, spec, scope)
        if body is None or (id(body.file), body.name) not in scope.blocks:
            return body
        names = [name for _, name in scope.blocks]
        way = [*names[names.index(body.name) :], body.name]
        at = spec.place.at("block")
        self._diagnostics.report(
            codes.RECURSIVE_BLOCK,
            f"block `{body.name}` holds itself"
            + (f": {' → '.join(f'`{name}`' for name in way)}" if len(way) > 2 else ""),
            at.span,
            path=at.path,
            help="write copies with `repeat`, or give the inner block another name",
        )
        return None

    def _find(self, spot: Spot, spec: NodeSpec, scope: Scope) -> Body | None:
        """The body that a `block` names; None where there is none, or it is spoilt."""
        file, named = scope.file, spec.named
        alias, dot, name = named.partition(".")
        if not dot and named in file.spec.blocks:
            block = file.spec.blocks[named]
            return _block_body(named, file, block) if block else None
        if alias in file.spec.imports:
            imported = file.imports.get(alias)
            if imported is None:
                return None
            if not dot and not imported.spec.is_library:
                return _graph_body(alias, imported)
            if dot and name in imported.spec.blocks:
                block = imported.spec.blocks[name]
                return _block_body(name, imported, block) if block else None
            known = [f"{alias}.{block}" for block in imported.spec.blocks]
            help = did_you_mean(named, known) or _listed(known)
        else:
            known = [
                *file.spec.blocks,
                *(
                    f"{alias}.{block}"
                    for alias, imported in file.imports.items()
                    if imported is not None
                    for block in imported.spec.blocks
                ),
            ]
            help = did_you_mean(named, known) or _listed(known)
        at = spec.place.at("block")
        self._diagnostics.report(
            codes.UNKNOWN_BLOCK,
            f"`{spot.local}` is an instance of `{named[:64]}`, which is no block that this file "
            "has or imports",
            at.span,
            path=at.path,
            help=help,
        )
        return None

    def _inputs(
        self, spot: Spot, body: Body, feed: Feed | None, user: NodeSpec
    ) -> dict[str, tuple[Thing, ...]] | None:
        """What each input is given, by name; None where a mistake has spoilt the call."""
        if feed is None or feed is NO_FEED:
            return None
        place = feed.place or user.place
        given: dict[str, tuple[Source, ...]] = {}
        sound = True
        for argument in feed.arguments:
            if argument.name is not None:
                if argument.name in body.inputs:
                    given[argument.name] = argument.sources
                    continue
                at = place.at(argument.name)
                self._report_unknown(spot, body, argument.name, at)
                sound = False
            elif body.block is None and len(body.inputs) > 1:
                self._report_positions(spot, body, place)
                sound = False
            elif len(argument.sources) > len(body.inputs):
                self._report_too_many(spot, body, len(argument.sources), place)
                sound = False
            else:
                given |= {
                    name: (source,)
                    for name, source in zip(body.inputs, argument.sources, strict=False)
                }
        missing = [name for name in body.inputs if name not in given]
        if missing and sound:
            self._diagnostics.report(
                codes.MISSING_CALL_ARGUMENT,
                f"`{spot.local}` is not given `{missing[0]}`, which {body.called} is called on",
                place.span if feed.place else place.key_span,
                path=place.path,
                help=f"write `from: {{{', '.join(f'{name}: …' for name in body.inputs)}}}`",
            )
            sound = False
        if not sound:
            return None
        owner = f"`{spot.local}`"
        return {
            name: tuple(self._nodes.thing_of(source, owner, place) for source in sources)
            for name, sources in given.items()
        }

    def _report_unknown(self, spot: Spot, body: Body, name: str, at: Place) -> None:
        self._diagnostics.report(
            codes.UNKNOWN_CALL_ARGUMENT,
            f"`from` of `{spot.local}` names `{name}`, which is no input of {body.called}",
            at.key_span,
            path=at.path,
            help=did_you_mean(name, body.inputs)
            or f"it is called on {', '.join(f'`{input}`' for input in body.inputs)}",
        )

    def _report_positions(self, spot: Spot, body: Body, place: Place) -> None:
        self._diagnostics.report(
            codes.MISSING_CALL_ARGUMENT,
            f"`{spot.local}` gives {body.called} its inputs by position, and a graph has no order",
            place.span,
            path=place.path,
            help=f"name them: `from: {{{', '.join(f'{name}: …' for name in body.inputs)}}}`",
        )

    def _report_too_many(self, spot: Spot, body: Body, count: int, place: Place) -> None:
        inputs = ", ".join(f"`{name}`" for name in body.inputs)
        several = "s" if len(body.inputs) > 1 else ""
        self._diagnostics.report(
            codes.WRONG_NUMBER_OF_TENSORS,
            f"`{spot.local}` is called on {count} tensors, and {body.called} has "
            f"{len(body.inputs)} input{several}: {inputs}",
            place.span,
            path=place.path,
            help="join them first, in a node of `merges`, or name the input that is given the "
            f"list: `from: {{{body.inputs[0]}: […]}}`",
        )

    def _read_inputs(self, body: Body, inner: Scope) -> dict[str, InputSpec | None]:
        """What an imported graph declares of its inputs; a block declares nothing."""
        if body.block is not None:
            return {}
        found: dict[str, InputSpec | None] = {}
        with self._diagnostics.inside(inner.spot.path if inner.spot else "", inner.calls):
            for name, place in body.file.spec.inputs.items():
                known = place and self._nodes.substitution.into(place, inner.values)
                found[name] = read_input(name, known, self._diagnostics) if known else None
        return found

    def _input(
        self,
        name: str,
        body: Body,
        given: dict[str, tuple[Thing, ...]] | None,
        specs: dict[str, InputSpec | None],
        user: NodeSpec,
    ) -> Thing:
        if given is None:
            return SPOILT
        make: Callable[[Tensors], Tensors] | None = None
        if body.block is None:
            declared = specs[name]
            if declared is None:
                return SPOILT
            at = user.place.at("from") if user.place.has("from") else user.place
            expected = Expected(name, declared, body.name, at, [])

            def make(tensors: Tensors) -> Tensors:
                return Tensors((tensors,), None, expected)

        return Given(given[name], make)

    def _outputs(self, body: Body, inner: Scope) -> dict[str, Thing]:
        """The things that the outputs name; a graph's heads are made."""
        if body.block is None:
            return self._graph_outputs(body, inner)
        outputs: dict[str, Thing] = {}
        for name, reference in body.block.outputs.items():
            at = body.place.at("outputs", *([name] if name != ONLY else []))
            owner = f"output `{name}` of block `{body.name}`" if name else f"block `{body.name}`"
            outputs[name] = inner.named(reference, owner, at, self._diagnostics)
        return outputs

    def _graph_outputs(self, body: Body, inner: Scope) -> dict[str, Thing]:
        outputs: dict[str, Thing] = {}
        for name, place in body.file.spec.outputs.items():
            output = None
            if place is not None:
                with self._diagnostics.inside(inner.spot.path if inner.spot else "", inner.calls):
                    known = self._nodes.substitution.into(place, inner.values)
                    output = read_output(name, known, self._diagnostics)
            outputs[name] = self._graph_output(name, output, body, inner)
        return outputs

    def _graph_output(
        self, name: str, output: OutputSpec | None, body: Body, inner: Scope
    ) -> Thing:
        if output is None:
            return SPOILT
        if output.head is None:
            at = output.place.at("from")
            return inner.named(output.keys.from_, f"output `{name}`", at, self._diagnostics)
        spot = inner.spot_of(name, output.keys.name)
        if name in body.nodes or name in body.inputs:
            return SPOILT  # which validating the graph itself says
        return add_head(spot, output, inner)

    def _nested(
        self,
        spot: Spot,
        spec: NodeSpec,
        asked: Asked,
        body: Body,
        inner: Scope,
        given: dict[str, tuple[Thing, ...]] | None,
        keras_name: str,
    ) -> Thing:
        """A model of its own: its inputs are its own nodes, and what is in it stays inside."""
        specs = self._read_inputs(body, inner)
        for name in body.inputs:
            inner.things[name] = Made(Tensors(name), is_input=True)
        self._nodes.expand_all(inner)
        things = self._outputs(body, inner)
        copy = spot.path

        def link() -> FlatModel:
            linking = Linking(self._diagnostics, prefix=copy)
            with self._diagnostics.inside(copy, inner.calls):
                outputs = {name: linking.one_tensor(thing) for name, thing in things.items()}
            nodes = linking.link(inner.drafts)
            inputs = {name: specs.get(name) for name in body.inputs}
            return FlatModel(inputs, nodes, outputs, spec.place)

        feed = None
        if given is not None:
            feed = Feed.of_things(
                [(Reference(name), Given(given[name], None)) for name in body.inputs],
                asked.feed.place
                if asked.feed
                else (spec.place.at("from") if spec.place.has("from") else None),
            )
        asked.scope.drafts.append(
            Draft(
                path=spot.path,
                local=spot.local,
                keras_name=keras_name,
                type=MODEL,
                arguments=MappingTree({}, spec.place.span),
                call=None,
                place=spec.place,
                feed=feed,
                scope=asked.scope,
                shares=spot.shares,
                custom=None,
                inner=link,
            )
        )
        whole = Made(Tensors(spot.path))
        outputs: dict[str, Thing] = {
            name: Made(Tensors(spot.path, number)) if len(things) > 1 else whole
            for number, name in enumerate(things)
        }
        return Instance(outputs, lambda _: None, _only(outputs))


def _block_body(name: str, file: LoadedFile, block: BlockSpec) -> Body:
    return Body(
        name, file, block.params, block.inputs, block.nodes, block.place,
        is_whole=block.knows_all_names, block=block,
    )  # fmt: skip


def _graph_body(alias: str, file: LoadedFile) -> Body:
    spec = file.spec
    return Body(
        alias, file, spec.params, tuple(spec.inputs), spec.nodes, spec.place,
        is_whole=spec.knows_all_names, block=None,
    )  # fmt: skip


def _only(outputs: Mapping[str, Thing]) -> str | None:
    return next(iter(outputs)) if len(outputs) == 1 else None


def _listed(names: list[str], most: int = 8) -> str | None:
    if not 0 < len(names) <= most:
        return None
    return f"there are {', '.join(f'`{name}`' for name in names)}"
