"""Layers of the user's own: what their declaration says of them, and nothing else."""

from typing import Any, ClassVar

from layergraph.diagnostics import codes
from layergraph.layers.base import POSITIONAL, CallArguments, Operation, TensorArgument, Weights
from layergraph.objects.base import KerasObject, complaint
from layergraph.objects.catalog import snake_case
from layergraph.tensors import TensorSpec


class CustomCall(CallArguments):
    """Whatever the file gives beside tensors: the layer's own to check."""

    given: Any = {}

    @classmethod
    def of(cls, given: dict[str, Any]) -> "CustomCall":
        """The arguments of a call."""
        return cls.model_construct(given=given)

    def arguments(self) -> dict[str, Any]:
        """The arguments that the file gives."""
        return dict(self.given)

    def arguments_set(self) -> dict[str, Any]:
        """The same."""
        return dict(self.given)


class CustomLayer(Operation):
    """A layer that `custom` declares: its arguments are its own to check, its weights unknown.

    `declared` is the declaration, `given` the arguments of the file.
    """

    is_own = True
    Call: ClassVar[type[CallArguments]] = CustomCall

    declared: Any = None
    given: Any = None

    @classmethod
    def of(cls, declared: Any, given: dict[str, Any]) -> "CustomLayer":
        """The layer with the arguments of the file.

        Raises:
            PydanticCustomError: where one of them is a block.
        """
        for name, value in given.items():
            if isinstance(value, KerasObject):
                raise complaint(
                    codes.WRONG_TYPE,
                    f"must be a plain value: `{declared.name}` is a layer of your own",
                    at=(name,),
                )
        return cls.model_construct(declared=declared, given=given)

    @property
    def knows_weights(self) -> bool:
        """They are not: only the class does."""
        return False

    def type_name(self) -> str:  # type: ignore[override]  # each has a name of its own
        """The name that the file declares it by."""
        return str(self.declared.name)

    def called(self) -> str:  # type: ignore[override]
        """What messages call it."""
        return f"`{self.declared.name}`"

    def default_name(self) -> str:
        """The name that Keras would give the first of its kind."""
        return snake_case(str(self.declared.name))

    def arguments(self) -> dict[str, Any]:
        """The arguments that the file gives: the defaults are not known."""
        return dict(self.given)

    def arguments_set(self) -> dict[str, Any]:
        """The same."""
        return dict(self.given)

    def tensor_arguments(self) -> tuple[TensorArgument, ...]:
        """One argument, that takes whatever it is given."""
        return (TensorArgument(POSITIONAL, many=False, required=True),)

    def infer(self, /, *tensors: Any, **named: Any) -> TensorSpec | tuple[TensorSpec, ...]:
        """What the declaration says, on the first tensor that it is called on."""
        first = next(iter((*tensors, *named.values())))
        tensor = first if isinstance(first, TensorSpec) else first[0]
        keys = self.declared.keys
        shapes = (keys.output,) if keys.outputs is None else keys.outputs
        outputs = tuple(self._output(shape, tensor) for shape in shapes)
        return outputs if len(outputs) > 1 else outputs[0]

    def weights(self, /, *tensors: Any, **named: Any) -> Weights:  # noqa: ARG002
        """None that anyone knows of."""
        return {}

    def multiply_adds(self, /, *tensors: Any, **named: Any) -> int | None:  # noqa: ARG002
        """Nobody knows."""
        return None

    def _output(self, shape: Any, tensor: TensorSpec) -> TensorSpec:
        """A tensor of a declared shape, in the dtype that a layer of Keras would compute in."""
        is_same = shape == "same"
        dims = tensor.dims if is_same else (tensor.dims[0], *shape)
        dtype = self.declared.keys.dtype
        if dtype is None and (tensor.is_float or not is_same):
            given = self.given.get("dtype")
            dtype = given.removeprefix("mixed_") if isinstance(given, str) else "float32"
        return TensorSpec(dims, dtype or tensor.dtype)
