"""A model inside of a model, called as one layer."""

from collections.abc import Callable, Sequence
from itertools import chain
from typing import Any, ClassVar

from layergraph.diagnostics import Diagnostic, Diagnostics, Severity, codes
from layergraph.graph.graph import Edge, InnerModel, Node
from layergraph.graph.ordering import order
from layergraph.graph.tensors_given import fits, flattened
from layergraph.graph.wiring import WiredNode
from layergraph.layers.base import CallArguments, Operation, TensorArgument, Weights
from layergraph.spec.models import InputKeys
from layergraph.spec.references import Reference
from layergraph.tensors import ShapeError, TensorSpec


class MistakesInside(Exception):
    """A model inside cannot be called on its tensors; `found` says why."""

    def __init__(self, found: tuple[Diagnostic, ...]) -> None:
        super().__init__(f"{len(found)} mistakes")
        self.found = found


class NestedModel(Operation):
    """A block's instance that is a model of its own: its inputs, in order → its outputs.

    `model` is what the last call has made of it.
    """

    Call: ClassVar[type[CallArguments]] = CallArguments

    wired: Any = None
    prefix: Any = ""
    walk: Any = None
    model: Any = None

    @classmethod
    def of(cls, wired: WiredNode, prefix: str, walk: Callable[..., Any]) -> "NestedModel":
        """The model that a node calls.

        Args:
            wired: the node.
            prefix: the path of the model that it stands in.
            walk: infers the nodes inside.
        """
        path = f"{prefix}.{wired.flat.path}" if prefix else wired.flat.path
        return cls.model_construct(wired=wired, prefix=path, walk=walk)

    @classmethod
    def type_name(cls) -> str:
        """What Keras calls it."""
        return "Functional"

    def called(self) -> str:  # type: ignore[override]  # each is called by its block's name
        """What messages call it."""
        return f"`{self.wired.flat.path}`"

    def arguments(self) -> dict[str, Any]:
        """None: its block's params are part of what it is."""
        return {}

    def tensor_arguments(self) -> tuple[TensorArgument, ...]:
        """A list of tensors, one for each input."""
        return (TensorArgument("inputs", many=True, required=True),)

    def infer(self, inputs: Sequence[TensorSpec]) -> TensorSpec | tuple[TensorSpec, ...]:
        flat = self.wired.flat.inner
        if len(inputs) != len(flat.inputs):
            raise ShapeError(
                codes.WRONG_NUMBER_OF_TENSORS,
                f"{{node}} is called on {len(inputs)} tensors, and has {len(flat.inputs)} inputs",
                help="each input of a model of its own is one tensor",
            )
        nodes: dict[str, Node] = {}
        for number, ((name, declared), spec) in enumerate(
            zip(flat.inputs.items(), inputs, strict=True)
        ):
            if declared is not None:
                wanted = TensorSpec((spec.dims[0], *declared.keys.shape), declared.keys.dtype)
                if not fits(wanted, spec) or wanted.dtype != spec.dtype:
                    raise ShapeError(
                        codes.SHAPE_MISMATCH,
                        f"{{node}} takes {wanted}, {wanted.dtype}, as `{name}`",
                        label=f"{{{number}}} is {{shape{number}}}, {spec.dtype}",
                        inputs=(number,),
                    )
            nodes[name] = Node(
                path=name,
                keras_name=name,
                type="Input",
                span=flat.place.key_span,
                input=InputKeys.model_construct(shape=spec.dims[1:], dtype=spec.dtype),
                outputs=(spec,),
            )
        wired = self.wired.inner.nodes
        found = Diagnostics()
        ordered = order(flat.inputs, wired, {}, found)
        mistakes = (*found, *self.walk(wired, nodes, ordered, ""))
        edges = self._outputs(nodes, found)
        if edges is None or any(d.severity is Severity.ERROR for d in mistakes):
            raise MistakesInside((*mistakes, *found) if edges is None else mistakes)
        self.__dict__["model"] = InnerModel(
            tuple(flat.inputs), {path: nodes[path] for path in ordered}, edges
        )
        outputs = tuple(nodes[edge.producer].outputs[edge.tensor] for edge in edges)
        return outputs if len(outputs) > 1 else outputs[0]

    def _outputs(self, nodes: dict[str, Node], found: Diagnostics) -> tuple[Edge, ...] | None:
        flat = self.wired.flat.inner
        edges: list[Edge] = []
        for name, tensors in flat.outputs.items():
            of_output = (
                flattened(tensors, Reference(name), flat.place, nodes, found) if tensors else None
            )
            if of_output is None:
                return None
            edges += of_output
        return tuple(edges)

    def weights(self, inputs: Sequence[TensorSpec]) -> Weights:  # noqa: ARG002
        owned = (node for node in self.model.nodes.values() if node.shares is None)
        return dict(
            chain.from_iterable(
                ((f"{node.keras_name}/{path}", weight) for path, weight in node.weights.items())
                for node in owned
            )
        )

    def multiply_adds(self, inputs: Sequence[TensorSpec]) -> int | None:  # noqa: ARG002
        counts = [node.multiply_adds for node in self.model.nodes.values()]
        return None if None in counts else sum(count for count in counts if count is not None)
