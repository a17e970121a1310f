"""Dense layers along any axes: `keras/src/layers/core/einsum_dense.py`."""

from typing import ClassVar, NamedTuple, Self

from pydantic import model_validator

from layergraph.diagnostics import codes
from layergraph.layers.arguments import Activation
from layergraph.layers.base import CallArguments, Layer, Training, Weight, Weights
from layergraph.layers.einsum_equation import Equation, OutputShape
from layergraph.layers.lora import refuse_constrained_lora
from layergraph.layers.rules import elements, known, require_numbers
from layergraph.objects.arguments import Constraint, Initializer, QuantizationConfig, Regularizer
from layergraph.objects.base import complaint
from layergraph.objects.values import FloatDType, PositiveInt
from layergraph.tensors import Dim, ShapeError, SizesDiffer, TensorSpec, require_equal
from layergraph.tensors.subscripts import DOTS, letters_of_axes, parsed_subscripts


class _Fitted(NamedTuple):
    """The equation on one input: the sizes of its letters, and the axes that the dots stand for."""

    inputs: dict[str, Dim]
    outputs: dict[str, Dim]
    others: tuple[Dim, ...]
    kernel: str
    output: str
    dots_first: bool


class EinsumDense(Layer):
    """A kernel along any axes of the input, by an equation: "abc,cd->abd" is a `Dense` over c.

    The first letter of input and output is the batch, unless dots stand before it: they stand for
    the batch and all axes that have no letter. `output_shape` gives the output's other letters, in
    their order; null takes the size from the input, though Keras then declares it unknown.
    `bias_axes` are the letters of the output that the bias has.
    """

    equation: Equation
    output_shape: OutputShape
    activation: Activation | None = None
    bias_axes: str | None = None
    kernel_initializer: Initializer = "glorot_uniform"
    bias_initializer: Initializer = "zeros"
    kernel_regularizer: Regularizer | None = None
    bias_regularizer: Regularizer | None = None
    kernel_constraint: Constraint | None = None
    bias_constraint: Constraint | None = None
    lora_rank: PositiveInt | None = None
    lora_alpha: float | None = None
    gptq_unpacked_column_size: PositiveInt | None = None
    quantization_config: QuantizationConfig | None = None
    dtype: FloatDType | None = None

    Call: ClassVar[type[CallArguments]] = Training

    @model_validator(mode="after")
    def _arguments_fit(self) -> Self:
        refuse_constrained_lora(self.lora_rank, self.kernel_constraint, "kernel_constraint")
        if self.bias_axes is None:
            return self
        output = parsed_subscripts(self.equation).output
        batch = "" if output.startswith(DOTS) else output[0]
        own = output.replace(DOTS, "").removeprefix(batch)
        strange = [letter for letter in self.bias_axes if letter not in own]
        if strange or not self.bias_axes:
            what = f"`{strange[0]}`" if strange else "nothing"
            raise complaint(
                codes.CONFLICTING_ARGUMENTS,
                f"must name axes of the output besides the batch, not {what}",
                at=("bias_axes",),
                help=f"of `{self.equation}` these are `{own}`" if own else "leave it out",
            )
        return self

    def infer(self, inputs: TensorSpec) -> TensorSpec:
        require_numbers(inputs)
        fitted = self._fitted(inputs)
        self.weights(inputs)  # refuses sizes that are not known
        dims = tuple(self._declared(fitted, letter) for letter in fitted.output)
        if fitted.dots_first:
            return self.computed(inputs.with_dims((*fitted.others, *dims)))
        return self.computed(inputs.with_dims((inputs.dims[0], *dims[1:], *fitted.others)))

    def weights(self, inputs: TensorSpec) -> Weights:
        fitted = self._fitted(inputs)
        kernel = tuple(self._kernel_size(inputs, fitted, letter) for letter in fitted.kernel)
        weights = {"kernel": Weight(kernel, trainable=self.lora_rank is None)}
        if self.bias_axes is not None:
            weights["bias"] = Weight(self._bias_shape(fitted))
        if self.lora_rank is not None:
            weights["lora_kernel_a"] = Weight((*kernel[:-1], self.lora_rank), dtype="float32")
            weights["lora_kernel_b"] = Weight((self.lora_rank, kernel[-1]), dtype="float32")
        return weights

    def multiply_adds(self, inputs: TensorSpec) -> int | None:
        """One for each combination of all letters, and of the axes without a letter."""
        fitted = self._fitted(inputs)
        sizes = dict(fitted.inputs)
        sizes |= {k: v for k, v in fitted.outputs.items() if k not in sizes}
        if fitted.dots_first:
            return elements((*fitted.others[1:], *sizes.values()))
        return elements((*tuple(sizes.values())[1:], *fitted.others))

    def _fitted(self, inputs: TensorSpec) -> _Fitted:
        (term, kernel), output = parsed_subscripts(self.equation)
        letters = letters_of_axes(term, inputs.rank)
        if letters is None:
            raise ShapeError(
                codes.WRONG_RANK,
                "`equation` of {node} does not fit its input",
                label=f"{{0}} is {inputs}, and its letters are `{term.replace(DOTS, '...')}`",
                argument="equation",
                help="give every axis a letter, the batch too, or begin both sides with `...`",
            )
        others = tuple(d for at, d in zip(letters, inputs.dims, strict=True) if at == DOTS)
        dots_first = term.startswith(DOTS) and bool(others)
        output = output.replace(DOTS, "")
        if dots_first:
            _require_declarable(inputs, others)
        elif letters[0] != output[0] or letters[0] in kernel:
            raise ShapeError(
                codes.ARGUMENT_MISFIT,
                f"`equation` of {{node}} does not keep the batch, `{letters[0]}`, of its input",
                label=f"{{0}} is {inputs}, so that `...` stands for no axis",
                argument="equation",
            )
        sizes: dict[str, Dim] = {}
        for letter, size in zip(letters, inputs.dims, strict=True):
            if letter != DOTS:
                sizes[letter] = _joined(inputs, letter, sizes.get(letter), size)
        given = self._given(inputs, output if dots_first else output[1:], kernel, sizes)
        return _Fitted(sizes, given, others, kernel, output, dots_first)

    def _given(
        self, inputs: TensorSpec, letters: str, kernel: str, sizes: dict[str, Dim]
    ) -> dict[str, Dim]:
        """The sizes of the output's letters, where they agree with those of the input."""
        if len(self.output_shape) != len(letters):
            raise ShapeError(
                codes.ARGUMENT_MISFIT,
                f"`output_shape` of {{node}} must give {len(letters)} sizes, "
                f"not {len(self.output_shape)}",
                label=f"those of `{letters}`, on {inputs}",
                argument="output_shape",
                help="leave out the batch, and all that `...` stands for",
            )
        given: dict[str, Dim] = dict(zip(letters, self.output_shape, strict=True))
        for letter, size in given.items():
            if letter in sizes and size is not None and size != sizes[letter]:
                raise ShapeError(
                    codes.ARGUMENT_MISFIT,
                    f"`output_shape` of {{node}} gives another size of `{letter}` than its input",
                    label=f"{{0}} is {inputs}: {size} and {sizes[letter]} must be equal",
                    argument="output_shape",
                    help="give the size in the input's `shape`"
                    if letter in kernel + (self.bias_axes or "")
                    else f"write null for `{letter}`",
                )
        return given

    @staticmethod
    def _declared(fitted: _Fitted, letter: str) -> Dim:
        """The size of a letter in the output; one that only the input knows counts as unknown."""
        size, own = fitted.outputs.get(letter), fitted.inputs.get(letter)
        return own if size is None and not isinstance(own, int) else size

    def _kernel_size(self, inputs: TensorSpec, fitted: _Fitted, letter: str) -> int:
        if letter in fitted.outputs:
            return _given_size(fitted, letter, "kernel")
        letters = letters_of_axes(parsed_subscripts(self.equation).operands[0], inputs.rank)
        assert letters is not None
        return known(inputs, letters.index(letter))

    def _bias_shape(self, fitted: _Fitted) -> tuple[int, ...]:
        """From the first letter of the bias to the last axis; 1 along axes that it has not."""
        assert self.bias_axes is not None
        first = min(fitted.output.index(letter) for letter in self.bias_axes)
        sizes = tuple(
            _given_size(fitted, letter, "bias") if letter in self.bias_axes else 1
            for letter in fitted.output[first:]
        )
        return sizes if fitted.dots_first else sizes + (1,) * len(fitted.others)


def _given_size(fitted: _Fitted, letter: str, weight: str) -> int:
    """The size of a letter, which `output_shape` has to give where weights have it."""
    size = fitted.outputs[letter]
    if isinstance(size, int):
        return size
    raise ShapeError(
        codes.UNKNOWN_SIZE,
        f"`output_shape` of {{node}} must give the size of `{letter}`, which its {weight} has",
        label=f"it gives null for `{letter}`",
        argument="output_shape",
        help="Keras takes no sizes from the input here; write the size itself",
    )


def _require_declarable(inputs: TensorSpec, others: tuple[Dim, ...]) -> None:
    """Refuse axes without letters that Keras declares in the order from the last to the first.

    It computes them in their own order, so that only those that read alike both ways come out
    right.
    """
    shape = tuple(size if isinstance(size, int) else None for size in others[1:])
    if shape == shape[::-1]:
        return
    raise ShapeError(
        codes.ARGUMENT_MISFIT,
        "`equation` of {node} leaves out axes that Keras declares in the wrong order",
        label=f"{{0}} is {inputs}, and `...` stands for ({', '.join(map(str, others))})",
        argument="equation",
        help="give each axis a letter: `abcd,de->abce`",
    )


def _joined(inputs: TensorSpec, letter: str, first: Dim, second: Dim) -> Dim:
    """The size of a letter that may stand at several axes of the input."""
    try:
        require_equal(first, second)
    except SizesDiffer:
        raise ShapeError(
            codes.SHAPE_MISMATCH,
            f"the axes `{letter}` of {{node}} differ in its input",
            label=f"{{0}} is {inputs}: {first} and {second} must be equal",
            argument="equation",
        ) from None
    return second if first is None or isinstance(second, int) else first
