"""The bases of every class that describes an operation of Keras: a layer, or a function."""

from collections.abc import Mapping
from functools import cache
from typing import Any, ClassVar, NamedTuple

from pydantic import field_validator

from layergraph.objects.arguments import Regularizer, dtype_name
from layergraph.objects.base import KerasObject
from layergraph.objects.catalog import snake_case
from layergraph.objects.values import DType
from layergraph.tensors import TensorSpec


class Weight(NamedTuple):
    """A variable of a layer, before it exists."""

    shape: tuple[int, ...]
    trainable: bool = True
    dtype: str | None = None  # None is the layer's own dtype for variables


Weights = Mapping[str, Weight]

Mask = TensorSpec | None
"""A truth value for each place of a tensor along its first axes; None where there is no mask."""

Masks = tuple[Mask, ...]


class TensorArgument(NamedTuple):
    """An argument of a layer's `call` that takes tensors.

    `many` says that it takes a list of them, `required` that a call without it is wrong.
    """

    name: str
    many: bool
    required: bool


POSITIONAL = ""
"""The name of the argument that is given without one: what the layer calls it is not known."""


class CallArguments(KerasObject):
    """The arguments of a layer's `call` that are no tensors, for the key `call` of a node."""

    @classmethod
    def called(cls) -> str:
        """What messages call them."""
        return "the call"


class Training(CallArguments):
    """The argument of a `call` that behaves differently in training."""

    training: bool | None = None


class Operation(KerasObject):
    """What a node of a graph runs: a layer, or a function of `keras.ops`.

    A subclass has its arguments as fields and three methods. They take the tensors
    of the call under the names that Keras' own `call` has for them: one `TensorSpec` each, or a
    `Sequence` of them where Keras takes a list; None stands for one that is not given. A method
    that needs the other arguments of the call has a keyword `call`.

    - `infer` gives the tensor that comes out (or a tuple of them), or raises `ShapeError`;
    - `weights` gives the variables, in Keras' order, each under its path within the layer
      ("kernel", "lstm_cell/bias"). It is called only on tensors that `infer` accepted;
    - `multiply_adds` gives the multiplications that are followed by an addition, for one sample,
      None where a size that is not known decides it.
    """

    is_function: ClassVar[bool] = False
    """Whether it is a function of `keras.ops`."""

    is_own: ClassVar[bool] = False
    """Whether `custom` declares it: what it takes, and what it gives, is its own to check."""

    is_model: ClassVar[bool] = False
    """Whether it is a model, which is called as one layer."""

    arrays: ClassVar[frozenset[str]] = frozenset()
    """The arguments that Keras takes as a NumPy array and not as lists."""

    Call: ClassVar[type[CallArguments]] = CallArguments
    """The arguments of the call that are no tensors."""

    def infer(self, *tensors: Any, **named: Any) -> TensorSpec | tuple[TensorSpec, ...]:
        """The tensors that come out, given the ones that go in."""
        raise NotImplementedError

    def weights(self, *tensors: Any, **named: Any) -> Weights:  # noqa: ARG002  (see the class)
        """The variables of the operation, once it was called on these tensors."""
        return {}

    def multiply_adds(self, *tensors: Any, **named: Any) -> int | None:  # noqa: ARG002
        """The multiply-adds of one call, for one sample."""
        return 0

    supports_masking: ClassVar[bool] = False
    """Whether it hands on masks; without it a mask that comes in is lost, as in Keras."""

    def compute_mask(self, mask: Mask | Masks, *tensors: Any, **named: Any) -> Mask | Masks:  # noqa: ARG002
        """The masks of what comes out, where it supports masking.

        Args:
            mask: that of the first argument, one for each tensor where it takes a list; or what
                the call is given as its argument `mask`.
            tensors: the tensors of the call, as `infer` takes them.
            named: the same, by name.

        Returns:
            One for each tensor that comes out; those that are left out are None.
        """
        return mask

    @property
    def frozen(self) -> bool:
        """Whether training leaves its weights as they are."""
        return False

    state_is_weights: ClassVar[bool] = False
    """Whether what it learns from data before training is kept in its weights."""

    state_argument: ClassVar[str] = ""
    """The argument that gives what it would else learn."""

    @property
    def needs_state(self) -> bool:
        """Whether it has to learn from data before training, since the file gives no state."""
        return False

    @property
    def knows_weights(self) -> bool:
        """Whether `weights` are all that there are: what is in a user's own layer is not known."""
        return True

    @classmethod
    def type_name(cls) -> str:
        """What a node that runs it is: its `type` in a graph file."""
        return cls.__name__

    def default_name(self) -> str:
        """The name that Keras gives the first of its kind; ours where it is an argument."""
        return snake_case(type(self).__name__)

    names_weights: ClassVar[bool] = True
    """Whether the paths of its weights begin with its name, where it is an argument."""

    def tensor_arguments(self) -> tuple[TensorArgument, ...]:
        """The arguments of the call that take tensors, in order."""
        return self.declared_tensor_arguments()

    def arranged(self, argument: str, tensors: list[Any]) -> list[Any]:  # noqa: ARG002
        """The tensors of an argument that takes a list, as Keras wants them: lists in it may nest.

        Args:
            argument: the name of the argument.
            tensors: a tensor each, or whatever stands for it.
        """
        return tensors

    @classmethod
    @cache
    def declared_tensor_arguments(cls) -> tuple[TensorArgument, ...]:
        """The tensor arguments that `infer` declares, whatever the other arguments are."""
        code = cls.infer.__code__
        names = code.co_varnames[1 : code.co_argcount]
        required = len(names) - len(cls.infer.__defaults__ or ())
        return tuple(
            TensorArgument(
                name,
                many="Sequence" in str(cls.infer.__annotations__[name]),
                required=position < required,
            )
            for position, name in enumerate(names)
        )

    @classmethod
    @cache
    def infers_from_call(cls) -> bool:
        """Whether the rules need the arguments of the call that are no tensors."""
        return "call" in cls.infer.__annotations__


class Layer(Operation):
    """A layer of Keras: what its constructor takes, and what follows from that."""

    trainable: bool = True
    dtype: DType | None = None
    autocast: bool = True
    activity_regularizer: Regularizer | None = None

    @field_validator("dtype", mode="before", check_fields=False)  # some have another `dtype`
    @classmethod
    def _dtype_by_name(cls, value: Any) -> Any:
        return dtype_name(value)

    @property
    def frozen(self) -> bool:
        """Whether training leaves its weights as they are."""
        return not self.trainable

    @property
    def compute_dtype(self) -> str:
        """The dtype that the layer computes in."""
        if self.dtype is None:
            return "float32"
        return self.dtype.removeprefix("mixed_")

    @property
    def variable_dtype(self) -> str:
        """The dtype of the layer's weights."""
        if self.dtype is None or self.dtype.startswith("mixed_"):
            return "float32"
        return self.dtype

    def computed(self, tensor: TensorSpec) -> TensorSpec:
        """The same shape in the dtype that the layer computes in, as Keras declares its outputs."""
        return tensor.with_dtype(self.compute_dtype)

    def cast_input(self, tensor: TensorSpec) -> TensorSpec:
        """The tensor as Keras hands it to `call`: floating-point numbers in the compute dtype."""
        return self.computed(tensor) if tensor.is_float and self.autocast else tensor
