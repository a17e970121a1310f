"""The module that is written: its imports, its functions, and what they share."""

from __future__ import annotations

from layergraph.graph.graph import Graph, InnerModel, Node
from layergraph.targets.custom import declared_in
from layergraph.targets.keras_model import opened
from layergraph.targets.python_source.identifiers import Identifiers
from layergraph.targets.python_source.layout import (
    Call,
    Expression,
    Named,
    Text,
    Writer,
    call,
    listed,
)
from layergraph.targets.python_source.literals import literal, prose
from layergraph.targets.python_source.objects import Objects

_NAMED = '''\
def {name}(name, outputs):
    """Give the operation that made some tensors its name in the model."""
    keras.tree.flatten(outputs)[0]._keras_history.operation.name = name
    return outputs'''

_MAIN = """\
if __name__ == "__main__":
    {build}().summary()"""


class Module:
    """Collects functions, each with those that it calls before it."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.names = Identifiers()
        self.build = self.names.fresh("build")
        self._named_as = self.names.fresh("named")
        self.objects = Objects(self.names, self.model)
        for declared in declared_in(graph):
            self.objects.custom(declared)
        self.functions: list[list[str]] = []
        self.constants: list[str] = []
        self._models: dict[str, str] = {}
        self._uses_named = False

    def text(self, title: str) -> str:
        """The whole of it, with a title."""
        heads = [line for line in (self._imports(), *map(_joined, [self.constants])) if line]
        helpers = [_NAMED.format(name=self._named_as)] if self._uses_named else []
        functions = [*helpers, *map(_joined, self.functions)]
        main = _MAIN.format(build=self.build)
        return "\n\n\n".join(["\n\n".join([title, *heads]), *functions, main]) + "\n"

    def _imports(self) -> str:
        used = self.objects.imports
        lines = ["import math"] if "math" in used else []
        third = ["import keras", *(["import numpy as np"] if "np" in used else [])]
        parts = [name for name in ("layers", "ops") if name in used]
        third += [f"from keras import {', '.join(parts)}"] if parts else []
        groups = [lines, third, self.objects.custom_imports]
        return "\n\n".join("\n".join(group) for group in groups if group)

    def named(self, name: Expression, made: Expression) -> Call:
        """The call of a function of `keras.ops`, under the name that it has in the model."""
        self._uses_named = True
        return call(self._named_as, name, made)

    def input(self, node: Node, name: Expression) -> Call:
        """An input."""
        assert node.input is not None
        shape = node.outputs[0].shape[1:]
        return self.input_of(node, literal(tuple(shape)), name)

    def input_of(self, node: Node, shape: Expression, name: Expression) -> Call:
        """An input of a shape."""
        assert node.input is not None
        keys, given = node.input, [Named("shape", shape)]
        if keys.batch_size is not None:
            given.append(Named("batch_size", literal(keys.batch_size)))
        if keys.dtype != "float32":
            given.append(Named("dtype", literal(keys.dtype)))
        flags = (name for name in ("sparse", "ragged", "optional") if getattr(keys, name))
        given += [Named(flag, literal(True)) for flag in flags]
        return Call(Text("keras.Input"), (*given, Named("name", name)))

    def model(self, calls: list[InnerModel], name: Expression) -> Expression:
        """The call of the function that makes a model inside, for calls of it."""
        from layergraph.targets.python_source.flat_code import FlatCode, outputs_of

        inner = calls[0]
        names = self.names.inner()
        parameter = names.fresh("name")
        out = Writer(depth=1)
        code = FlatCode(self, names, out)
        code.write(opened(calls))
        inputs = tuple(code.tensor_of(path) for path in inner.inputs)
        made = call(
            "keras.Model",
            inputs=inputs[0] if len(inputs) == 1 else listed(inputs),
            outputs=outputs_of(inner, code),
            name=Text(parameter),
        )
        out.put("return ", made)
        body = "\n".join(out.lines)
        if body not in self._models:
            function = self.names.fresh(f"{inner.block}_model", f"make_{inner.block}")
            self._models[body] = function
            head = f"def {function}({parameter}: str) -> keras.Model:"
            about = f'    """The block `{prose(inner.block)}`, as a model of its own."""'
            self.functions.append([head, about, *out.lines])
        return call(self._models[body], name)


def _joined(lines: list[str]) -> str:
    return "\n".join(lines)
