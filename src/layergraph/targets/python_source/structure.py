"""A file's own structure in Python: a function for each block."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from layergraph.expand.bodies import Body
from layergraph.expand.files import LoadedFile
from layergraph.graph.graph import Node
from layergraph.spec.place import Place
from layergraph.syntax.tree import plain
from layergraph.targets.keras_model import opened
from layergraph.targets.python_source.absent_nodes import absent_node
from layergraph.targets.python_source.copies_code import write_node
from layergraph.targets.python_source.expressions import Translation, Unsayable
from layergraph.targets.python_source.identifiers import Identifiers
from layergraph.targets.python_source.layout import (
    WIDTH,
    Brackets,
    Expression,
    Named,
    Text,
    Writer,
    call,
    listed,
)
from layergraph.targets.python_source.literals import literal, prose
from layergraph.targets.python_source.module import Module
from layergraph.targets.python_source.param_values import default_of, known_value, param_value
from layergraph.targets.python_source.scope import BlockCall, Pieces, Scope, Surroundings
from layergraph.targets.python_source.scope_code import write_scope
from layergraph.targets.python_source.signatures import annotation, docstring, signature
from layergraph.targets.python_source.stands_for import One, Outputs, Several, Thing


class _Function(NamedTuple):
    """The function of a block, while it is written and once it is.

    `inputs` and `params` are the names of its arguments, by those that the block has for them;
    `outputs` says of each output whether it is several tensors.
    """

    name: str
    body: Body
    is_nested: bool
    inputs: Mapping[str, str]
    params: Mapping[str, str]
    name_argument: str
    outputs: Mapping[str, bool] = {}


class Structure(Surroundings):
    """Writes the functions of blocks, each when it is first called.

    Args:
        module: the module that they stand in.

    Raises:
        Unsayable: where a nested model takes tensors of several sizes.
    """

    def __init__(self, module: Module) -> None:
        self.module = module
        self._functions: dict[tuple[tuple[int, str], bool], _Function] = {}
        self._nodes: dict[tuple[str, tuple[str | int, ...]], Node] = {}
        for node in _every_node(module.graph.nodes):
            self._nodes.setdefault((node.span.source.name, node.in_file), node)
        _check_models(module.graph.nodes)

    def concrete(self, file: LoadedFile, place: Place, translation: Translation) -> Node:
        """A node of the graph that an entry of a file has become, or would become."""
        found = self._nodes.get((file.spec.source.name, place.path))
        return found or absent_node(file, place, translation)

    def called(self, wanted: BlockCall, out: Writer) -> Thing:
        """Write the call of a block, and give what it stands for."""
        body, translation = wanted.body, wanted.translation
        key = (body.key, wanted.is_nested)
        if key not in self._functions:
            values = {n: p.keys.default for n, p in body.params.items() if p is not None}
            for param, at in wanted.arguments.items():
                values[param] = known_value(plain(at.tree), translation)
            self._functions[key] = self._function(body, values, is_nested=wanted.is_nested)
        function = self._functions[key]
        named = [
            Named(function.params[param], param_value(at, translation, self.module))
            for param, at in wanted.arguments.items()
        ]
        tensors = [wanted.given[name] for name in body.inputs]
        made = call(function.name, *tensors, *named, **{function.name_argument: wanted.name})
        if wanted.is_nested:
            model = f"{wanted.target}_model"
            out.put(f"{model} = ", made)
            made = call(model, _one_or_list(tensors))
        if wanted.targets:
            out.put(f"{', '.join(wanted.targets.values())} = ", made)
            variables = dict(wanted.targets)
        else:
            out.put(f"{wanted.target} = ", made)
            variables = {name: f"{wanted.target}[{n}]" for n, name in enumerate(function.outputs)}
            if len(variables) == 1:
                variables = dict.fromkeys(variables, wanted.target)
        return Outputs(
            {
                name: Several(variables[name]) if is_several else One(variables[name])
                for name, is_several in function.outputs.items()
            }
        )

    def _function(self, body: Body, values: dict[str, Any], *, is_nested: bool) -> _Function:
        """Write the function of a block, whose params have some values in its first call."""
        assert body.block is not None
        wanted = f"{body.name}_model" if is_nested else body.name
        name = self.module.names.fresh(wanted, f"{body.name}_block")
        names = self.module.names.inner()
        function = _Function(
            name,
            body,
            is_nested,
            {given: names.fresh(given) for given in body.inputs},
            {param: names.fresh(param, f"{param}_value") for param in body.params},
            names.fresh("name"),
        )
        out = Writer(depth=1)
        things = self._write_body(function, names, values, out)
        kinds = self._write_return(function, things, out)
        self._declare(function, values, out)
        return function._replace(outputs=kinds)

    def _write_body(
        self, function: _Function, names: Identifiers, values: dict[str, Any], out: Writer
    ) -> list[Thing]:
        body = function.body
        assert body.block is not None
        prefix: Pieces = [] if function.is_nested else [Text(function.name_argument), "_"]
        if function.is_nested:
            for given, variable in function.inputs.items():
                shape, dtype = Text(f"{variable}.shape[1:]"), Text(f"{variable}.dtype")
                made = call("keras.Input", shape=shape, dtype=dtype, name=literal(given))
                out.put(f"{variable} = ", made)
        things: dict[str, Thing] = {given: One(name) for given, name in function.inputs.items()}
        scope = Scope(self, body.file, body.nodes, names, out, things, write_node)
        translation = Translation(function.params, values, self.module.objects.use)
        return write_scope(scope, list(body.block.outputs.values()), translation, prefix)

    def _write_return(
        self, function: _Function, things: list[Thing], out: Writer
    ) -> dict[str, bool]:
        """Write what a function returns, and give which of its outputs are several tensors."""
        assert function.body.block is not None
        outputs = function.body.block.outputs
        if function.is_nested:
            inputs = [Text(variable) for variable in function.inputs.values()]
            made = call(
                "keras.Model",
                inputs=_one_or_list(inputs),
                outputs=_one_or_list([thing.one() for thing in things]),
                name=Text(function.name_argument),
            )
            out.put("return ", made)
            return dict.fromkeys(outputs, False)
        tensors = [_together(thing) for thing in things]
        flat = ", ".join(tensor.flat for tensor, _ in tensors)
        if len(tensors) == 1:
            out.give(flat)
        elif len(f"    return {flat}") <= WIDTH:
            out.line(f"return {flat}")
        else:
            out.put("return ", Brackets("(", tuple(tensor for tensor, _ in tensors), ")"))
        return {name: several for name, (_, several) in zip(outputs, tensors, strict=True)}

    def _declare(self, function: _Function, values: Mapping[str, Any], out: Writer) -> None:
        """Add a function to the module, with its head."""
        body, tensor = function.body, "keras.KerasTensor"
        assert body.block is not None
        required = [f"{variable}: {tensor}" for variable in function.inputs.values()]
        optional = []
        for param, variable in function.params.items():
            spec = body.params[param]
            assert spec is not None
            if spec.keys.is_required:
                required.append(variable + annotation(values.get(param)))
                continue
            shown = default_of(function.name, param, spec.keys.default, self.module)
            kind = annotation(spec.keys.default)
            optional.append(f"{variable}{kind} = {shown}" if kind else f"{variable}={shown}")
        gives = tensor if len(body.block.outputs) == 1 else "tuple"
        head = signature(
            function.name,
            [*required, *optional],
            [f"{function.name_argument}: str"],
            "keras.Model" if function.is_nested else gives,
        )
        about = f"The block `{body.name}`."
        if body.place.has("description"):
            about = str(plain(body.place.at("description").tree))
        if function.is_nested:
            about += " A model of its own, for tensors like those given."
        self.module.functions.append([*head, *docstring(prose(about), 4), *out.lines])


def _together(thing: Thing) -> tuple[Expression, bool]:
    """What a function returns for an output, and whether that is a list."""
    tensors = thing.tensors()
    if len(tensors) > 1:
        return listed(tensors), True
    (tensor,) = tensors
    return Text(tensor.text.removeprefix("*")), tensor.text.startswith("*")


def _one_or_list(items: list[Text]) -> Expression:
    return items[0] if len(items) == 1 else listed(items)


def _every_node(nodes: Mapping[str, Node]) -> Iterator[Node]:
    for node in nodes.values():
        yield node
        if node.inner is not None:
            yield from _every_node(node.inner.nodes)


def _check_models(nodes: Mapping[str, Node]) -> None:
    """Refuse models inside that are called on tensors of several sizes."""
    for node in nodes.values():
        if node.inner is None:
            continue
        owner = node.shares or node.path
        calls = [
            other.inner
            for other in nodes.values()
            if other.inner is not None and (other.shares or other.path) == owner
        ]
        if [n.outputs for n in opened(calls)] != [n.outputs for n in calls[0].nodes.values()]:
            raise Unsayable("a nested model that is called on tensors of several sizes")
        _check_models(node.inner.nodes)
