"""The base of every class that describes a function of `keras.ops`."""

from functools import cache
from typing import Any, ClassVar, NamedTuple

from layergraph.diagnostics import codes
from layergraph.layers.base import Operation, TensorArgument
from layergraph.objects.catalog import snake_case
from layergraph.ops.constants import Array, Scalar, first_number_outside
from layergraph.ops.promotion import NotPromotable, result_type
from layergraph.tensors import Dim, ShapeError, TensorSpec


class Operand(NamedTuple):
    """What a function takes as a tensor: a tensor, or a constant in its place.

    `dtype` is "int" or "float" where it is a number of the file, which is weak. `number` is the
    tensor's in the call, for `ShapeError`; a constant has none.
    """

    name: str
    dims: tuple[Dim, ...]
    dtype: str
    number: int | None = None
    constant: Scalar | Array | None = None

    @property
    def inputs(self) -> tuple[int, ...]:
        """The tensor's number, if it is one, as `ShapeError` takes it."""
        return () if self.number is None else (self.number,)

    @property
    def called(self) -> str:
        """What messages call it."""
        return f"`{self.name}`" if self.number is None else f"{{{self.number}}}"

    @property
    def shape(self) -> str:
        """Its shape, as messages show it."""
        return str(TensorSpec(self.dims))


class Op(Operation):
    """A function of `keras.ops`: its arguments that are no tensors, and what follows from them.

    It has no weights. A tensor argument that may be a constant is a field too, of the type
    `Constant`, under the same name; `infer` then takes None for it where the file gives the
    constant, and `operands` has both kinds of them.
    """

    is_function = True

    may_be_left_out: ClassVar[tuple[str, ...]] = ()
    """The tensor arguments that the function computes without too."""

    @classmethod
    @cache
    def function(cls) -> str:
        """The name of the function within `keras.ops`: "mean", "image.resize"."""
        module = cls.__module__.rpartition(".")[2]
        return ("image." if module.startswith("image") else "") + snake_case(cls.__name__)

    @classmethod
    def type_name(cls) -> str:
        """The `type` of a node that calls it."""
        return f"ops.{cls.function()}"

    @classmethod
    def called(cls) -> str:
        """What messages call it."""
        return f"`ops.{cls.function()}`"

    @classmethod
    @cache
    def may_be_constants(cls) -> tuple[str, ...]:
        """The tensor arguments that may be constants, in order."""
        declared = cls.declared_tensor_arguments()
        return tuple(argument.name for argument in declared if argument.name in cls.model_fields)

    def tensor_arguments(self) -> tuple[TensorArgument, ...]:
        """The arguments of the call that take tensors: required where no constant is given."""
        may_be = self.may_be_constants()
        return tuple(
            argument._replace(
                required=getattr(self, argument.name) is None
                and argument.name not in self.may_be_left_out
            )
            if argument.name in may_be
            else argument
            for argument in self.declared_tensor_arguments()
        )

    def operands(self, **tensors: TensorSpec | None) -> tuple[Operand, ...]:
        """The tensors and the constants of a call, in the order given, less those left out.

        Raises:
            ShapeError: missing-call-argument, conflicting-arguments.
        """
        if all(tensor is None for tensor in tensors.values()):
            raise ShapeError(
                codes.MISSING_CALL_ARGUMENT,
                "{node} is given no tensor",
                inputs=(),
                help=f"name {' or '.join(f'`{name}`' for name in tensors)} in `from`",
            )
        numbers = iter(range(len(tensors)))
        return tuple(
            self._constant(name) if tensor is None else self._tensor(name, tensor, next(numbers))
            for name, tensor in tensors.items()
            if not (tensor is None and self._is_left_out(name))
        )

    def _is_left_out(self, name: str) -> bool:
        return name in self.may_be_left_out and getattr(self, name, None) is None

    def _constant(self, name: str) -> Operand:
        constant: Any = getattr(self, name, None)
        if constant is None:
            raise ShapeError(
                codes.MISSING_CALL_ARGUMENT,
                f"{{node}} is not given `{name}`, which {self.called()} takes",
                inputs=(),
                help=f"name a tensor `{name}` in `from`"
                + (f", or give a constant: `{name}: …`" if name in self.may_be_constants() else ""),
            )
        if isinstance(constant, Array):
            return Operand(name, constant.shape, constant.dtype, constant=constant)
        return Operand(name, (), type(constant).__name__, constant=constant)

    def _tensor(self, name: str, tensor: TensorSpec, number: int) -> Operand:
        if name not in self.may_be_constants() or getattr(self, name) is None:
            return Operand(name, tensor.dims, tensor.dtype, number)
        others = [other for other in self.may_be_constants() if other != name]
        raise ShapeError(
            codes.CONFLICTING_ARGUMENTS,
            f"{{node}} is given `{name}` twice, as a tensor and as a constant",
            label=f"{{{number}}} is `{name}` already",
            inputs=(number,),
            argument=name,
            help=f"name the tensor's argument: `from: {{{others[0]}: …}}`" if others else None,
        )

    def promoted(self, operands: tuple[Operand, ...], *further: str) -> str:
        """The dtype of what is computed from the operands, which all of them are cast to.

        Raises:
            ShapeError: wrong-dtype, argument-misfit.
        """
        try:
            dtype = result_type(*(operand.dtype for operand in operands), *further)
        except NotPromotable:
            dtype = "string"
        if dtype == "string":
            raise _strings(operands)
        for operand in operands:
            if operand.constant is None:
                continue
            outside = first_number_outside(operand.constant, dtype)
            if outside is not None:
                raise ShapeError(
                    codes.ARGUMENT_MISFIT,
                    f"`{operand.name}` of {{node}} is {outside}, which is no {dtype}",
                    inputs=(),
                    argument=operand.name,
                    help="`ops.cast` the tensor to a dtype that has both",
                )
        return dtype


def _strings(operands: tuple[Operand, ...]) -> ShapeError:
    inputs = tuple(o.number for o in operands if o.dtype == "string" and o.number is not None)
    return ShapeError(
        codes.WRONG_DTYPE,
        "{node} computes with numbers, and is called on strings",
        label=f"{{{inputs[0]}}} holds strings",
        inputs=inputs[:1],
        help="make numbers of the strings first, with `StringLookup` or `TextVectorization`",
    )
