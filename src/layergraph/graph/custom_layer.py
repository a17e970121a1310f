"""Layers of the user's own: what their declaration says of them, and nothing else."""

from typing import Any

from layergraph.layers.base import Operation, TensorArgument
from layergraph.spec.graph_spec import CustomSpec
from layergraph.spec.place import Place
from layergraph.syntax.tree import SPOILED, plain
from layergraph.tensors import TensorSpec


class CustomLayer(Operation):
    """A layer that `custom` declares: its arguments are its own to check, its weights unknown.

    `declared` is the declaration, `given` the arguments of the file.
    """

    declared: Any = None
    given: Any = None

    @classmethod
    def of(cls, declared: CustomSpec, place: Place) -> "CustomLayer | None":
        """The layer with the arguments at a place; None where a mistake has spoilt one."""
        given = plain(place.tree)
        if given is SPOILED or any(value is SPOILED for value in given.values()):
            return None
        return cls.model_construct(declared=declared, given=given)

    def type_name(self) -> str:  # type: ignore[override]  # each has a name of its own
        """The name that the file declares it by."""
        return str(self.declared.name)

    def called(self) -> str:  # type: ignore[override]
        """What messages call it."""
        return f"`{self.declared.name}`"

    def arguments(self) -> dict[str, Any]:
        """The arguments that the file gives: the defaults are not known."""
        return dict(self.given)

    def tensor_arguments(self) -> tuple[TensorArgument, ...]:
        """One argument, that takes whatever it is given."""
        return (TensorArgument("inputs", many=False, required=True),)

    def infer(self, inputs: TensorSpec) -> TensorSpec | tuple[TensorSpec, ...]:
        """What the declaration says, on what it is called on."""
        keys = self.declared.keys
        shapes = (keys.output,) if keys.outputs is None else keys.outputs
        outputs = tuple(
            inputs if shape == "same" else inputs.with_dims((inputs.dims[0], *shape))
            for shape in shapes
        )
        return outputs if len(outputs) > 1 else outputs[0]
