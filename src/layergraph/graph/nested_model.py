"""A model inside of a model, called as one layer."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from layergraph.diagnostics import Call, Diagnostics, Severity, codes
from layergraph.expand.flat import FlatModel
from layergraph.graph.graph import Edge, InnerModel, Node, owners
from layergraph.graph.misfits import MistakesInside
from layergraph.graph.ordering import order
from layergraph.graph.reaching import reaching
from layergraph.graph.tensors_given import fits, flattened
from layergraph.layers.base import Layer, Operation, TensorArgument, Weight, Weights
from layergraph.spec.graph_spec import InputSpec
from layergraph.spec.input_keys import InputKeys
from layergraph.spec.references import Reference
from layergraph.syntax.limits import Limits
from layergraph.tensors import ShapeError, TensorSpec


class NestedModel(Operation):
    """A block as a model of its own: a tensor for each of its inputs, in order → its outputs.

    `flat` is the model, `wired` its nodes with their layers, and `model` what the last call has
    made of it.
    """

    is_model = True
    names_weights: ClassVar[bool] = False
    trainable: ClassVar[bool] = True
    variable_dtype: ClassVar[str] = "float32"

    flat: Any = None
    wired: Any = None
    calls: Any = ()
    limits: Any = None
    model: Any = None

    @classmethod
    def of(
        cls, flat: FlatModel, wired: Mapping[str, Any], calls: tuple[Call, ...], limits: Limits
    ) -> "NestedModel":
        """The model.

        Args:
            flat: what it is made of.
            wired: its nodes with their layers.
            calls: the calls that lead to where it stands.
            limits: how large its tensors and weights may be.
        """
        return cls.model_construct(flat=flat, wired=wired, calls=calls, limits=limits)

    @classmethod
    def type_name(cls) -> str:
        """What Keras calls it."""
        return "Functional"

    def called(self) -> str:  # type: ignore[override]  # each is called by its block's name
        """What messages call it."""
        return f"block `{self.flat.name}`"

    def default_name(self) -> str:
        """The name of its block."""
        return str(self.flat.name)

    def arguments(self) -> dict[str, Any]:
        """None: its block's params are part of what it is."""
        return {}

    def tensor_arguments(self) -> tuple[TensorArgument, ...]:
        """One argument: a tensor, or a list with one for each input."""
        return (TensorArgument("inputs", many=len(self.flat.inputs) != 1, required=True),)

    def infer(self, inputs: TensorSpec | Sequence[TensorSpec]) -> Any:
        given = [inputs] if isinstance(inputs, TensorSpec) else inputs
        if len(given) != len(self.flat.inputs):
            raise ShapeError(
                codes.WRONG_NUMBER_OF_TENSORS,
                f"{{node}} is called on {len(given)} tensors, and its block has "
                f"{len(self.flat.inputs)} inputs",
                help="each input of a model of its own is one tensor",
            )
        declared = self.flat.inputs.items()
        nodes = {
            name: self._input(name, number, keys, spec)
            for number, ((name, keys), spec) in enumerate(zip(declared, given, strict=True))
        }
        edges = self._walk(nodes)
        outputs = tuple(nodes[edge.producer].outputs[edge.tensor] for edge in edges)
        return outputs if len(outputs) > 1 else outputs[0]

    def _input(self, name: str, number: int, declared: InputSpec | None, spec: TensorSpec) -> Node:
        if declared is not None:
            wanted = TensorSpec((spec.dims[0], *declared.keys.shape), declared.keys.dtype)
            if not fits(wanted, spec) or wanted.dtype != spec.dtype:
                raise ShapeError(
                    codes.SHAPE_MISMATCH,
                    f"{{node}} takes {wanted}, {wanted.dtype}, as `{name}`",
                    label=f"{{{number}}} is {{shape{number}}}, {spec.dtype}",
                    inputs=(number,),
                )
        return Node(
            path=name,
            keras_name=name,
            type="Input",
            span=self.flat.place.key_span,
            input=InputKeys.model_construct(shape=spec.dims[1:], dtype=spec.dtype),
            outputs=(spec,),
        )

    def _walk(self, nodes: dict[str, Node]) -> tuple[Edge, ...]:
        """Infer every node inside; the tensors that come out.

        Raises:
            MistakesInside: where there are any.
        """
        from layergraph.graph.inference import Inference  # which calls this for a node

        found = Diagnostics()
        ordered = order(self.flat.inputs, self.wired, self.flat.entries, found)
        Inference(self.limits, found).infer(self.wired, nodes, ordered)
        edges: list[Edge] = []
        names: list[str] = []
        for name, tensors in self.flat.outputs.items():
            reference = Reference(name)
            with found.inside("", self.calls):
                given = tensors and flattened(tensors, reference, self.flat.place, nodes, found)
            if given is None:
                raise MistakesInside(tuple(found))
            edges += given
            names += [name] * len(given)
        if any(diagnostic.severity is Severity.ERROR for diagnostic in found):
            raise MistakesInside(tuple(found))
        if len(names) > len(self.flat.outputs) > 1:
            several = next(name for name in names if names.count(name) > 1)
            raise ShapeError(
                codes.WRONG_NUMBER_OF_TENSORS,
                f"output `{several}` of {self.called()} is {names.count(several)} tensors, and "
                "{node} is a model of its own",
                help="each of several outputs of such a model is one tensor: choose it with `:0`",
            )
        kept = reaching(edges, nodes)
        self.__dict__["model"] = InnerModel(
            tuple(self.flat.inputs),
            {path: nodes[path] for path in ordered if path in kept},
            tuple(edges),
            self.flat.name,
            tuple(names),
        )
        return tuple(edges)

    def weights(self, inputs: TensorSpec | Sequence[TensorSpec]) -> Weights:  # noqa: ARG002
        found: dict[str, Weight] = {}
        for node in owners(self.model.nodes.values()):
            dtype = node.layer.variable_dtype if isinstance(node.layer, Layer) else None
            for path, weight in node.weights.items():
                key = path if node.inner else f"{node.keras_name}/{path}"
                while key in found:  # Keras gives models inside of this one the same paths
                    key = f"{node.keras_name}/{key}"
                found[key] = weight._replace(dtype=weight.dtype or dtype)
        return found

    @property
    def knows_weights(self) -> bool:
        """Whether those of all its nodes are known."""
        return all(node.knows_weights for node in self.model.nodes.values())

    def multiply_adds(
        self,
        inputs: TensorSpec | Sequence[TensorSpec],  # noqa: ARG002
    ) -> int | None:
        counts = [node.multiply_adds for node in self.model.nodes.values()]
        return None if None in counts else sum(count for count in counts if count is not None)
