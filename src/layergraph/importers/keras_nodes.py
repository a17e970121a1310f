"""The calls of a Keras model, or of a model inside of one, as the entries of a flat document."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import count
from typing import Any, NamedTuple, Protocol

from layergraph.graph.flat_names import Keys
from layergraph.graph.flat_values import arguments_of
from layergraph.importers.calls import Call, Level, Tensor, flat_tensors, functional, is_model
from layergraph.importers.keras_functions import function_call
from layergraph.importers.keras_layers import LayerEntry, Layers
from layergraph.importers.refusals import Refusals, Unsayable
from layergraph.ops.base import Op
from layergraph.spec.names import KERAS_NAME


class OutputName(NamedTuple):
    """The key of an output, and its name in the model."""

    key: str
    keras_name: str


class File(Protocol):
    """The document that the nodes stand in."""

    layers: Layers
    refusals: Refusals
    notes: list[str]

    def block(self, model: Any) -> str:
        """The name of the block of a model."""

    def block_output(self, model: Any, number: int) -> str:
        """The name of one of several tensors that a model gives."""


class Nodes:
    """The calls of a model under the keys of the document.

    `keys` maps calls to their keys, `names` the ids of layers to their names in Keras.

    Args:
        level: the calls.
        inputs: the names of the inputs.
        outputs: the names that the outputs are to have.
        file: what they stand in.
        is_frozen: whether training leaves all of it as it is.
    """

    def __init__(
        self,
        level: Level,
        inputs: Sequence[str],
        outputs: Sequence[str],
        file: File,
        *,
        is_frozen: bool,
    ) -> None:
        self._level = level
        self._file = file
        self._is_frozen = is_frozen
        self._homes: dict[int, Call] = {}
        for call in level.calls:
            self._homes.setdefault(id(call.operation), call)
        self._casts: dict[tuple[Call, int, str], str] = {}
        self._entries: dict[str, Any] = {}
        self.keys: dict[Call, str] = {}
        self.names: dict[int, str] = {}
        self.outputs: list[OutputName] = []
        self._taken = Keys()
        self._name(inputs, outputs)

    def _name(self, inputs: Sequence[str], outputs: Sequence[str]) -> None:
        """Give out keys: Keras' own names first, and to the rest what they leave."""
        homes = list(self._homes.values())
        in_keras: set[str] = set()
        of_others = {
            name
            for name, tensor in zip(outputs, self._level.outputs, strict=True)
            if name != tensor.call.operation.name
        }
        named = [*zip(self._level.inputs, inputs, strict=True)]
        named += [(call, call.operation.name) for call in homes]
        named.sort(key=lambda pair: _is_function(pair[0]))  # Keras has made up the names of those
        for call, name in named:
            taken = in_keras | of_others if _is_function(call) else in_keras
            found = self.names[id(call.operation)] = _free(_near(name), taken)
            in_keras.add(found)
            if found != name and not _is_function(call):
                self._file.notes.append(f"the layer `{name}` is called `{found}`")
        for call in self._level.inputs:
            self.keys[call] = self._taken.fresh(self.names[id(call.operation)])
        for call in homes:
            name = self.names[id(call.operation)]
            if self._taken.take(name):
                self.keys[call] = name
        for call in homes:
            if call not in self.keys:
                self.keys[call] = self._taken.fresh(self.names[id(call.operation)])
        of_outputs = Keys()
        for wanted, tensor in zip(outputs, self._level.outputs, strict=True):
            self.outputs.append(self._output(wanted, tensor, of_outputs, in_keras))
        for call in self._level.calls:
            if call not in self.keys:
                wanted = self.names[id(call.operation)]
                self.keys[call] = self._taken.fresh(wanted, also=of_outputs)

    def _output(self, wanted: str, tensor: Tensor, taken: Keys, in_keras: set[str]) -> OutputName:
        """The names of an output, which may be those of the node it exposes, and of no other."""
        of_node = self.names[id(tensor.call.operation)]
        others = {output.keras_name for output in self.outputs}
        if wanted in (of_node, tensor.call.operation.name) and of_node not in others:
            key = self.keys.get(tensor.call, "")
            if tensor.number or not taken.take(key):
                key = taken.fresh(of_node, also=self._taken)
            return OutputName(key, of_node)
        name = _free(_near(wanted), others | in_keras)
        if name != wanted:
            self._file.notes.append(f"the output `{wanted}` is called `{name}`")
        is_free = name not in self._taken and taken.take(name)
        return OutputName(name if is_free else taken.fresh(name, also=self._taken), name)

    def layers(self) -> dict[str, Any]:
        """The entries of all nodes that are no inputs."""
        for call in self._level.calls:
            with self._file.refusals.about(f"`{call.operation.name}`"):
                entry = self._entry(call)
                self._entries[self.keys[call]] = entry
        return self._entries

    def reference(self, tensor: Tensor) -> str:
        """How a tensor is named in the document."""
        call, number = tensor
        key = self.keys[call]
        if len(call.outputs) == 1:
            return key
        if is_model(call.operation):
            return f"{key}.{self._file.block_output(call.operation, number)}"
        return f"{key}:{number}"

    def own_name(self, call: Call) -> dict[str, Any]:
        """The `name` of a node whose key is another one."""
        name = self.names[id(call.operation)]
        return {} if self.keys[call] == name else {"name": name}

    def _entry(self, call: Call) -> dict[str, Any]:
        home = self._homes[id(call.operation)]
        if is_model(call.operation):
            return self._model(call, home)
        if _is_function(call):
            return self._function(call)
        found = self._file.layers.entry(home)
        given, further = self._given(call, found)
        if home is not call:
            inherited = self._given(home, found)[1]
            return {
                "use": self.keys[home],
                "from": given,
                **({"call": further} if further != inherited else {}),
            }
        frozen = {"trainable": False} if self._is_frozen else {}
        return {
            "type": found.type,
            "from": given,
            **self.own_name(call),
            **found.arguments,
            **frozen,
            **({"call": further} if further else {}),
        }

    def _given(self, call: Call, found: LayerEntry) -> tuple[Any, dict[str, Any]]:
        """What a layer is called on, and the arguments of the call that are no tensors."""
        if found.layer is None:
            return self._given_to_own(call)
        known = [argument.name for argument in found.layer.tensor_arguments()]
        tensors, further = _told_apart(call)
        unknown = [name for name in tensors if name not in known]
        if unknown:
            raise Unsayable(
                f"is given a tensor as `{unknown[0]}`, which a graph file has no place for",
                f"call it without `{unknown[0]}`",
            )
        checked = found.layer.Call.checked(further)
        ordered = {name: tensors[name] for name in known if name in tensors}
        lone = next(iter(ordered)) if len(ordered) == 1 else None
        references = {name: self._references(value) for name, value in ordered.items()}
        given = references[lone] if lone == known[0] and lone is not None else references
        return given, arguments_of(checked, self._file.layers)

    def _given_to_own(self, call: Call) -> tuple[Any, dict[str, Any]]:
        """The same for a layer of the user's own: by position where that says it."""
        tensors, further = _told_apart(call)
        references = {
            name: self._references(value, keep_lists=True) for name, value in tensors.items()
        }
        if len(references) == 1 and next(iter(call.arguments)) in references:
            (alone,) = references.values()
            return alone, further
        return references, further

    def _references(self, value: Any, *, keep_lists: bool = False) -> Any:
        found = [self.reference(tensor) for tensor in flat_tensors(value)]
        if isinstance(value, dict):
            raise Unsayable(
                "is given a dict of tensors, which a graph file has no form for",
                "give it its tensors as arguments of their own",
            )
        is_list = len(found) > 1 or (keep_lists and not isinstance(value, Tensor))
        return found if is_list else found[0]

    def _function(self, call: Call) -> dict[str, Any]:
        op, tensors = function_call(call)
        known = [argument.name for argument in op.tensor_arguments()]
        references = {name: self._references(value) for name, value in tensors.items()}
        names = list(references)
        many = any(isinstance(value, list) for value in references.values())
        given: Any = references
        if names == known[: len(names)] and len(names) == 1:
            given = references[names[0]]
        elif names == known[: len(names)] and not many and not _takes_lists(op):
            given = list(references.values())
        arguments = arguments_of(op, self._file.layers)
        return {"type": op.type_name(), "from": given, **self.own_name(call), **arguments}

    def _model(self, call: Call, home: Call) -> dict[str, Any]:
        """The entry of a call of a model of its own."""
        tensors, further = _told_apart(call)
        if list(tensors) != ["inputs"] or set(further) - {"training"}:
            others = [name for name in call.arguments if name not in ("inputs", "training")]
            raise Unsayable(
                f"is called with `{others[0] if others else 'nothing'}`, which a model in a graph "
                "file does not take",
                "call it on its inputs alone",
            )
        given = flat_tensors(tensors["inputs"])
        declared = functional(call.operation).inputs
        references = [
            self._as_declared(tensor, wanted)
            for tensor, wanted in zip(given, declared, strict=True)
        ]
        written = references if len(references) > 1 else references[0]
        extra = {"call": further} if further else {}
        if home is not call:
            inherited = _told_apart(home)[1]
            extra = {"call": further} if further != inherited else {}
            return {"use": self.keys[home], "from": written, **extra}
        block = self._file.block(call.operation)
        return {"block": block, "from": written, "nested": True, **self.own_name(call), **extra}

    def _as_declared(self, tensor: Tensor, wanted: Any) -> str:
        """The tensor that a model is given; Keras casts it to the dtype of its input."""
        given = tensor.call.outputs[tensor.number]
        if len(given.shape) != len(wanted.shape):
            raise Unsayable(
                f"is called on {tuple(given.shape)}, and its input has {len(wanted.shape)} axes",
                "reshape the tensor before",
            )
        reference = self.reference(tensor)
        if given.dtype == wanted.dtype:
            return reference
        key = (tensor.call, tensor.number, str(wanted.dtype))
        if key not in self._casts:
            name = self._taken.fresh(f"{self.keys[tensor.call]}_as_{wanted.dtype}")
            self._entries[name] = {"type": "ops.cast", "from": reference, "dtype": wanted.dtype}
            self._casts[key] = name
        return self._casts[key]


def _near(name: str) -> str:
    """The name that a layer may have which is nearest to a wanted one."""
    if KERAS_NAME.fullmatch(name):
        return name
    signs = (sign if KERAS_NAME.fullmatch(f"_{sign}") else "_" for sign in name)
    return "".join(signs).lstrip("-.")[:120] or "_"


def _free(name: str, taken: Collection[str]) -> str:
    """A name, with a number behind it where it is taken."""
    numbered = (f"{name}_{number}" for number in count(2))
    return name if name not in taken else next(one for one in numbered if one not in taken)


def _is_function(call: Call) -> bool:
    import keras

    return not isinstance(call.operation, keras.Layer)


def _told_apart(call: Call) -> tuple[dict[str, Any], dict[str, Any]]:
    """The arguments of a call that are tensors, and those that are not."""
    tensors: dict[str, Any] = {}
    others: dict[str, Any] = {}
    for name, value in call.arguments.items():
        leaves = list(_leaves(value))
        if not any(isinstance(leaf, Tensor) for leaf in leaves):
            others[name] = list(value) if isinstance(value, tuple) else value
        elif all(isinstance(leaf, Tensor) for leaf in leaves):
            tensors[name] = value
        else:
            raise Unsayable(
                f"is given tensors and other values in one list, as `{name}`",
                "give it tensors alone",
            )
    return tensors, others


def _leaves(value: Any) -> Iterator[Any]:
    """What stands in an argument, at any depth."""
    if isinstance(value, Tensor) or not isinstance(value, list | tuple | dict):
        yield value
    else:
        for item in value.values() if isinstance(value, dict) else value:
            yield from _leaves(item)


def _takes_lists(op: Op) -> bool:
    return any(argument.many for argument in op.tensor_arguments())
