"""A graph with its file's structure → `build`, whose arguments are the file's params."""

from __future__ import annotations

from layergraph.graph.graph import Node, Output
from layergraph.spec.place import Place
from layergraph.spec.references import parse_reference
from layergraph.spec.tasks import TASKS
from layergraph.syntax.tree import Entry, plain
from layergraph.syntax.tree import Mapping as MappingTree
from layergraph.targets.python_source.copies_code import write_node
from layergraph.targets.python_source.expressions import Translation, Unsayable
from layergraph.targets.python_source.layout import Expression, Text, Writer
from layergraph.targets.python_source.literals import literal, prose
from layergraph.targets.python_source.mask_names import write_mask_names
from layergraph.targets.python_source.model_code import write_model
from layergraph.targets.python_source.module import Module
from layergraph.targets.python_source.param_values import default_of
from layergraph.targets.python_source.scope import Scope
from layergraph.targets.python_source.scope_code import write_scope
from layergraph.targets.python_source.signatures import annotation, docstring, signature, wrapped
from layergraph.targets.python_source.stands_for import One, Thing
from layergraph.targets.python_source.structure import Structure


def write_structured(module: Module) -> None:
    """Write `build` and the functions that it calls.

    Raises:
        Unsayable: where something in the file has no form in Python.
    """
    if module.graph.file is None:
        raise Unsayable("no structure of its own")
    _Build(module).write()


class _Build:
    def __init__(self, module: Module) -> None:
        assert module.graph.file is not None
        self._module = module
        self._graph = module.graph
        self._file = module.graph.file
        self._names = module.names.inner()
        self._params = {name: self._names.fresh(name) for name in self._file.spec.params}
        self._out = Writer(depth=1)
        self._translation = Translation(self._params, self._graph.values, module.objects.use)
        self._structure = Structure(module)
        self._is_trained = any(output.loss is not None for output in self._graph.heads.values())

    def write(self) -> None:
        spec, graph = self._file.spec, self._graph
        write_mask_names(graph, self._out)
        things: dict[str, Thing] = {}
        inputs: dict[str, Expression] = {}
        for name, place in spec.inputs.items():
            assert place is not None
            variable = self._names.fresh(name)
            things[name] = One(variable)
            node = graph.nodes[name]
            self._out.put(f"{variable} = ", self._input(node, place))
            inputs[node.keras_name] = Text(variable)
        self._out.line()
        places = {name: place for name, place in spec.outputs.items() if place is not None}
        references = [parse_reference(plain(p.at("from").tree)) for p in places.values()]
        if any("${" in str(reference) for reference in references):
            raise Unsayable("an expression in `from` of an output")
        scope = Scope(
            self._structure, self._file, spec.nodes, self._names, self._out, things, write_node
        )
        exposed = write_scope(scope, references, self._translation, [])
        self._refuse_other_order(scope.references.order)
        self._out.line()
        outputs: dict[str, Expression] = {}
        for output, place, thing in zip(
            graph.heads.values(), places.values(), exposed, strict=True
        ):
            outputs[output.name] = self._output(output, place, thing.one())
        training = spec.training
        model = self._names.fresh("model")
        by_name = dict(zip(graph.heads, places.values(), strict=True))
        write_model(
            self._module,
            self._out,
            model,
            inputs,
            outputs,
            self._translation.written(training.tree) if training is not None else None,
            lambda output: self._translation.written(by_name[output.name].tree),
        )
        self._declare()

    def _refuse_other_order(self, written: list[str]) -> None:
        """Refuse calls of a shared layer that are written in another order than they are made in.

        The layer is made where its own node stands, and the others come after it.
        """
        places = {name: number for number, name in enumerate(written)}
        last: dict[str, int] = {}
        for path, node in self._graph.nodes.items():
            owner, entry = node.shares or path, path.partition(".")[0]
            if path not in self._graph.in_model or entry not in places:
                continue
            if places[entry] < last.get(owner, 0):
                raise Unsayable("a layer that is called again before it stands in the file")
            last[owner] = places[entry]

    def _input(self, node: Node, place: Place) -> Expression:
        for key in ("batch_size", "dtype", "sparse", "ragged", "optional"):
            if place.has(key) and "${" in repr(plain(place.at(key).tree)):
                raise Unsayable(f"an expression for the `{key}` of an input")
        written = self._translation.written(place.tree).part("shape")
        shape = self._module.objects.value(tuple(node.outputs[0].shape[1:]), written)
        return self._module.input_of(node, shape, self._name(node.keras_name, place))

    def _name(self, name: str, place: Place) -> Expression:
        """Keras' name for an input or an output, which is also the key of a dict."""
        if place.gives("name") and "${" in str(plain(place.at("name").tree)):
            raise Unsayable("an expression for the name of an input or an output")
        return literal(name)

    def _output(self, output: Output, place: Place, tensor: Text) -> Expression:
        """The tensor of an output: that of its head, where it has one."""
        name = self._name(output.name, place)
        if output.head is None:
            return tensor
        node = self._graph.nodes[output.head]
        assert node.layer is not None
        written = self._translation.written(_head_tree(place))
        variable = self._names.fresh(output.name, f"{output.name}_output")
        made = self._module.objects.layer(node.layer, name, written, node.given)
        called = self._module.objects.called(node.layer, made, {node.arguments[0].name: tensor}, ())
        self._out.put(f"{variable} = ", called)
        return Text(variable)

    def _declare(self) -> None:
        module, spec = self._module, self._file.spec
        arguments, about = [], []
        for name, variable in self._params.items():
            value = self._graph.values[name]
            shown = default_of(module.build, name, value, module)
            kind = annotation(value)
            arguments.append(f"{variable}{kind} = {shown}" if kind else f"{variable}={shown}")
            param = spec.params[name]
            if param is not None and param.keys.doc:
                first, *others = wrapped(f"{variable}: {prose(param.keys.doc)}", 12)
                about += [f"    {first}", *(f"        {line}" for line in others)]
        head = signature(module.build, arguments, [], "keras.Model")
        does = "Build the model and compile it." if self._is_trained else "Build the model."
        text = docstring(does, 4, ["Args:", *about] if about else ())
        module.functions.append([*head, *text, *self._out.lines])


def _head_tree(place: Place) -> MappingTree:
    """The tree of an output, with the units of its head, which a task may call `classes`."""
    assert isinstance(place.tree, MappingTree)
    if not place.gives("task"):
        return place.tree
    task = TASKS[str(plain(place.at("task").tree))]
    if task.size is None or not place.gives(task.size):
        return place.tree
    units = Entry("units", place.tree.span, place.at(task.size).tree)
    return MappingTree({"units": units, **place.tree.entries}, place.tree.span)
