"""What the spec stage hands on: a file's sections, with every entry at its place.

Entries of `inputs`, `layers`, `merges` and `outputs` may hold expressions, and a block's have as
many meanings as it has callers: they are read once the expand stage knows the values.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from layergraph.diagnostics import Source
from layergraph.objects.base import KerasObject
from layergraph.spec.input_keys import InputKeys
from layergraph.spec.output_keys import OutputKeys
from layergraph.spec.place import Place
from layergraph.spec.references import Connection, Reference
from layergraph.syntax.tree import Mapping as MappingTree

if TYPE_CHECKING:
    from layergraph.spec.custom_keys import CustomKeys
    from layergraph.spec.param_keys import ParamKeys


class ParamSpec(NamedTuple):
    """A param: what a caller may set, and to what."""

    name: str
    keys: ParamKeys
    place: Place


class CustomSpec(NamedTuple):
    """Something of the user's own that the file declares."""

    name: str
    keys: CustomKeys
    place: Place

    @property
    def kind(self) -> str:
        """What it is: "layer", "activation" and so on."""
        return str(self.keys.kind)


class BlockSpec(NamedTuple):
    """A block: params, inputs, nodes and outputs; what a mistake has spoilt is None.

    `outputs` maps names to references; the one output of a block that names none is under "".
    """

    name: str
    params: Mapping[str, ParamSpec | None]
    inputs: tuple[str, ...]
    nodes: Mapping[str, Place | None]
    outputs: Mapping[str, Reference]
    place: Place
    knows_all_names: bool = True


class FileSpec(NamedTuple):
    """A file: a graph, or a library, which holds blocks alone.

    `knows_all_names` is false where a mistake has spoilt a whole section that names nodes: a name
    that is not known may then be one of those. Of params, blocks, custom layers and outputs, the
    name `UNREAD` says the same; blocks are those of imports too.
    """

    source: Source
    name: str
    description: str | None
    params: Mapping[str, ParamSpec | None]
    imports: Mapping[str, Place]
    blocks: Mapping[str, BlockSpec | None]
    custom: Mapping[str, CustomSpec | None]
    inputs: Mapping[str, Place | None]
    nodes: Mapping[str, Place | None]
    outputs: Mapping[str, Place | None]
    training: Place | None
    place: Place
    is_library: bool = False
    knows_all_names: bool = True


class InputSpec(NamedTuple):
    """An input and its place."""

    keys: InputKeys
    place: Place


class NodeSpec(NamedTuple):
    """One node, with its values known.

    `kind` is the key that says what it is (`type`, `block`, `chain` or `use`), and `named` what
    stands there. `arguments` and `call` are a layer's or a block's own to check, and still
    unchecked. `connections` is None where the file has no `from`.
    """

    kind: str
    named: str
    connections: tuple[Connection, ...] | None
    otherwise: Reference | None
    arguments: MappingTree
    call: Place | None
    place: Place
    name: str | None = None
    nested: bool = False


class OutputSpec(NamedTuple):
    """An output: its keys, its head, its loss and metrics with the task's filled in."""

    keys: OutputKeys
    head: HeadSpec | None
    loss: str | KerasObject | None
    metrics: tuple[str | KerasObject, ...]
    place: Place


class HeadSpec(NamedTuple):
    """The head of an output: a layer, whose arguments are still unchecked."""

    type: str
    arguments: MappingTree


Values = Mapping[str, Any]
"""Values of names in expressions: params, `i`, `item`."""
