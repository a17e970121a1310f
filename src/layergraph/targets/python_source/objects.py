"""Described layers and objects → the expressions of Python that make them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from layergraph.graph.graph import InnerModel
from layergraph.graph.nested_model import NestedModel
from layergraph.layers.base import POSITIONAL, Layer, Operation
from layergraph.layers.custom_layer import CustomLayer
from layergraph.layers.inner_layers import names_of
from layergraph.objects.base import KerasObject
from layergraph.objects.declared import CustomObject
from layergraph.ops.base import Op
from layergraph.ops.constants import Array
from layergraph.ops.index_notation import parsed_index
from layergraph.spec.graph_spec import CustomSpec
from layergraph.targets.python_source.expressions import Unsayable
from layergraph.targets.python_source.identifiers import Identifiers
from layergraph.targets.python_source.layout import (
    Brackets,
    Call,
    Expression,
    Named,
    Text,
    call,
    listed,
)
from layergraph.targets.python_source.literals import literal
from layergraph.targets.python_source.written import Written, part

ModelFunction = Callable[[list[InnerModel], Expression], Expression]
"""What makes a model inside: the expression that calls the function for it, with its name."""


class Objects:
    """Writes layers, initializers and so on, and keeps what the module has to import for them.

    Args:
        names: the names of the module.
        model: writes a model that is an argument.
    """

    def __init__(self, names: Identifiers, model: ModelFunction) -> None:
        self._names = names
        self._model = model
        self._custom: dict[str, str] = {}
        self.imports: set[str] = set()
        """Of `layers`, `ops`, `np` and `math`, those that are used."""

    @property
    def custom_imports(self) -> list[str]:
        """The lines that import the user's own."""
        lines = []
        for imported, name in self._custom.items():
            module, _, original = imported.partition(":")
            alias = "" if original == name else f" as {name}"
            lines.append(f"from {module} import {original}{alias}")
        return sorted(lines)

    def use(self, module: str, path: str) -> Text:
        """Something of `layers`, `ops`, `np` or `math`."""
        self.imports.add(module)
        return Text(f"{module}.{path}")

    def value(self, value: Any, written: Written | None = None) -> Expression:
        """The expression for a checked value, at any depth, and for what the file writes for it."""
        live = written.expression(value) if written is not None else None
        if live is not None:
            return live
        if isinstance(value, NestedModel):
            if written is not None and written.holds_expression:
                raise Unsayable("an expression for a block that is an argument")
            return self._model([value.model], literal(value.default_name()))
        if isinstance(value, CustomLayer | Layer):
            return self.layer(value, literal(value.default_name()), written)
        if isinstance(value, CustomObject):
            return self._own(value, written)
        if isinstance(value, KerasObject):
            return Call(self._class(type(value)), self.arguments(value, written))
        if isinstance(value, Array):
            return self.array(value)
        if isinstance(value, list) and value and all(isinstance(v, Operation) for v in value):
            names = names_of(value)
            each = enumerate(zip(value, names, strict=True))
            return listed([self._in_list(*one, part(written, number)) for number, one in each])
        if isinstance(value, tuple | list):
            opening, closing = ("(", ")") if isinstance(value, tuple) else ("[", "]")
            items = (self.value(item, part(written, n)) for n, item in enumerate(value))
            return Brackets(opening, tuple(items), closing)
        if isinstance(value, dict):
            entries = (
                Named(literal(key).flat, self.value(item, part(written, key)), ": ")
                for key, item in value.items()
            )
            return Brackets("{", tuple(entries), "}")
        return literal(value)

    def _in_list(self, item: Operation, name: str, written: Written | None) -> Expression:
        if isinstance(item, Layer):
            return self.layer(item, literal(name), written)
        return self.value(item, written)

    def layer(
        self,
        layer: Operation,
        name: Expression,
        written: Written | None = None,
        order: tuple[str, ...] = (),
    ) -> Call:
        """The call that makes a layer of a name, its arguments in the order of the file."""
        if isinstance(layer, CustomLayer):
            given = self._given(layer.given, written)
            return Call(self.custom(layer.declared), (*given, Named("name", name)))
        assert isinstance(layer, Layer)
        arguments = self.arguments(layer, written, order)
        return Call(self._class(type(layer)), (*arguments, Named("name", name)))

    def arguments(
        self,
        described: KerasObject,
        written: Written | None = None,
        order: tuple[str, ...] = (),
    ) -> tuple[Named, ...]:
        """The arguments that were given, as Keras' constructor takes them."""
        given = dict.fromkeys(described.withheld) | described.arguments_set()
        given = {name: given[name] for name in order if name in given} | given
        return tuple(
            Named(name, self.argument(described, name, value, part(written, name)))
            for name, value in given.items()
        )

    def argument(
        self, described: KerasObject, name: str, value: Any, written: Written | None = None
    ) -> Expression:
        """One argument."""
        if isinstance(described, Op):
            return self._of_function(name, value, written)
        if isinstance(described, Layer):
            found = self.value(value, written)
            is_array = name in described.arrays
            return call(self.use("np", "asarray"), found) if is_array else found
        if isinstance(value, tuple) and name not in described.tuples:
            return self.value(list(value), written)
        return self.value(value, written)

    def _given(self, given: dict[str, Any], written: Written | None) -> tuple[Named, ...]:
        return tuple(Named(k, self.value(v, part(written, k))) for k, v in given.items())

    def called(
        self,
        layer: Operation,
        made: Expression,
        given: dict[str, Expression],
        further: tuple[Named, ...],
    ) -> Call:
        """A call of a layer.

        Args:
            layer: the layer.
            made: the expression for it.
            given: what each of its tensor arguments is given.
            further: the arguments of the call that are no tensors.
        """
        given = dict(given)
        if isinstance(layer, CustomLayer):
            positional = [given.pop(POSITIONAL)] if POSITIONAL in given else []
        else:
            positional = [given.pop(next(iter(given)))]
        named = (Named(name, value) for name, value in given.items())
        return Call(made, (*positional, *named, *further))

    def operation(
        self, op: Op, given: dict[str, Expression], arguments: dict[str, Expression]
    ) -> Call:
        """A call of a function of `keras.ops`."""
        function = self.use("ops", op.function())
        if "operands" in given:
            operands = given["operands"]
            assert isinstance(operands, Brackets)
            return Call(function, (arguments["subscripts"], *operands.items))
        first = [argument.name for argument in op.declared_tensor_arguments()][: len(given)]
        in_order = list(given) == first
        tensors = given.values() if in_order else (Named(*item) for item in given.items())
        return Call(function, (*tensors, *(Named(*item) for item in arguments.items())))

    def _of_function(self, name: str, value: Any, written: Written | None) -> Expression:
        if name == "key" and isinstance(value, str):
            items = tuple(map(self._index, parsed_index(value)))
            return Brackets("(", items, ")")
        return self.value(value, written)

    def _index(self, item: Any) -> Expression:
        if not isinstance(item, slice):
            return Text(repr(item) if item is not ... else "...")
        bounds = [literal(bound) for bound in (item.start, item.stop, item.step)]
        if item.step is None:
            bounds = bounds[1:2] if item.start is None else bounds[:2]
        return call("slice", *bounds)

    def array(self, constant: Array) -> Expression:
        """An array of NumPy, or of a dtype of TensorFlow's that NumPy lacks."""
        values = self.value(_lists(constant.values))
        if constant.dtype == "bfloat16":
            tensor = call(self.use("ops", "convert_to_tensor"), values, literal("bfloat16"))
            return call(self.use("ops", "convert_to_numpy"), tensor)
        made = call(self.use("np", "array"), values, literal(constant.dtype))
        if 0 not in constant.shape:
            return made
        return call(Text(f"{made.flat}.reshape"), literal(constant.shape))

    def custom(self, declared: CustomSpec) -> Text:
        """The name that something of the user's own is imported under."""
        imported = declared.keys.import_
        if imported not in self._custom:
            self._custom[imported] = self._names.fresh(imported.partition(":")[2], keeps_case=True)
        return Text(self._custom[imported])

    def _own(self, value: CustomObject, written: Written | None) -> Expression:
        """A class is called, and a function is not: names of classes begin with a capital."""
        name = self.custom(value.declared)
        given = self._given(value.given, written)
        is_class = value.declared.keys.import_.partition(":")[2][:1].isupper()
        return Call(name, given) if given or is_class else name

    def _class(self, described: type[KerasObject]) -> Text:
        if issubclass(described, Layer):
            return self.use("layers", described.__name__)
        kind = described.__module__.split(".")[2]
        module = "optimizers.schedules" if kind == "schedules" else kind
        return Text(f"keras.{module}.{described.__name__}")


def _lists(values: Any) -> Any:
    return [_lists(item) for item in values] if isinstance(values, tuple) else values


def nested(items: list[Any]) -> Brackets:
    """A list of expressions, in which lists may nest."""
    return listed([nested(i) if isinstance(i, list) else i for i in items])
