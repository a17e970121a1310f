"""How a layer is to be quantized: `keras.quantizers`.

A layer keeps what it is given as `quantization_config`; its own `quantize` works by it, once the
layer has weights.
"""

from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import Field, model_validator

from layergraph.diagnostics import codes
from layergraph.diagnostics.values import shown
from layergraph.objects.base import Checked, KerasObject, complaint
from layergraph.objects.catalogs import QUANTIZERS
from layergraph.objects.values import Axes, NonNegative, PositiveInt, number


def _range(value: Any) -> tuple[float, float]:
    """The lowest and the highest number that a quantizer gives."""
    if not isinstance(value, (list, tuple)) or len(value) != 2:
        raise complaint(codes.WRONG_TYPE, f"must be a list of two numbers, not {shown(value)}")
    low, high = (number(item, at=(place,)) for place, item in enumerate(value))
    if low >= high:
        raise complaint(
            codes.OUT_OF_RANGE, f"must begin with the lower number, not with {value[0]}"
        )
    return value[0], value[1]


class AbsMaxQuantizer(KerasObject):
    """Scales so that the largest absolute value along `axis` meets the end of `value_range`.

    Keras advises against `axis`: layers choose their own.
    """

    tuples: ClassVar[frozenset[str]] = frozenset({"value_range"})

    axis: Axes | None = None
    value_range: Annotated[tuple[float, float], Checked(_range)] = (-127, 127)
    epsilon: NonNegative = 1e-07
    output_dtype: Literal["int8", "int16", "int32", "uint8", "uint16", "uint32"] = "int8"

    @model_validator(mode="after")
    def _range_fits(self) -> Self:
        low, high = self.value_range
        if self.output_dtype == "int8" and (low < -128 or high > 127):
            raise complaint(
                codes.OUT_OF_RANGE,
                f"must lie between -128 and 127 for int8, not {low} and {high}",
                at=("value_range",),
            )
        return self


def _activation_quantizer(value: Any) -> Any:
    """A quantizer as ``{type: …}``, or "default"."""
    return value if value is None or value == "default" else QUANTIZERS.resolve(value)


Quantizer = Annotated[KerasObject, Checked(QUANTIZERS.resolve)]
ActivationQuantizer = Annotated[
    Literal["default"] | KerasObject | None, Checked(_activation_quantizer, catalog=QUANTIZERS)
]


def _require_int8(quantizer: KerasObject | None) -> None:
    """Refuse a quantizer of weights that does not give int8."""
    if isinstance(quantizer, AbsMaxQuantizer) and quantizer.output_dtype != "int8":
        raise complaint(
            codes.CONFLICTING_ARGUMENTS,
            f"must give int8, not {quantizer.output_dtype}",
            at=("weight_quantizer",),
            help="leave its `output_dtype` out",
        )


class Int8QuantizationConfig(KerasObject):
    """Weights, and by default what they are multiplied with, in 8 bits."""

    weight_quantizer: Quantizer | None = None
    activation_quantizer: ActivationQuantizer = "default"

    @model_validator(mode="after")
    def _arguments_fit(self) -> Self:
        _require_int8(self.weight_quantizer)
        return self


class Int4QuantizationConfig(KerasObject):
    """Weights in 4 bits, with a scale for every block of `block_size` inputs.

    With `block_size: null` or -1 there is a scale for each output. Only then may there be
    quantizers; but a model with a `weight_quantizer` of 4 bits is saved and cannot be loaded, as
    Keras compares the list that it reads with a tuple.
    """

    weight_quantizer: Quantizer | None = None
    activation_quantizer: ActivationQuantizer = "default"
    block_size: Annotated[int, Field(ge=-1)] | None = 128

    @model_validator(mode="after")
    def _arguments_fit(self) -> Self:
        if self.block_size == 0:
            raise complaint(
                codes.OUT_OF_RANGE, "must be -1 or at least 1, not 0", at=("block_size",)
            )
        given = [
            argument
            for argument in ("weight_quantizer", "activation_quantizer")
            if getattr(self, argument) not in (None, "default")
        ]
        if given and self.block_size not in (None, -1):
            raise complaint(
                codes.CONFLICTING_ARGUMENTS,
                f"cannot stand beside blocks of {self.block_size}",
                at=(given[0],),
                help="set `block_size: null`",
            )
        _require_int8(self.weight_quantizer)
        weights = self.weight_quantizer
        if isinstance(weights, AbsMaxQuantizer) and weights.value_range != (-8, 7):
            raise complaint(
                codes.CONFLICTING_ARGUMENTS,
                "must have the range of 4 bits",
                at=("weight_quantizer",),
                help="set its `value_range: [-8, 7]`",
            )
        return self


class Float8QuantizationConfig(KerasObject):
    """Training in floating-point numbers of 8 bits."""


GroupSize = Annotated[int, Field(ge=-1)]


class _Calibrated(KerasObject):
    """The base of methods that look at data, which is given when the model is quantized."""

    withheld: ClassVar[tuple[str, ...]] = ("dataset", "tokenizer")

    group_size: GroupSize = 128

    @model_validator(mode="after")
    def _group_size_fits(self) -> Self:
        if self.group_size == 0:
            raise complaint(
                codes.OUT_OF_RANGE, "must be -1 or at least 1, not 0", at=("group_size",)
            )
        return self


class GPTQConfig(_Calibrated):
    """Weights rounded so that what a layer gives for the data changes least.

    Frantar et al., "GPTQ: Accurate Post-Training Quantization for Generative Pre-trained
    Transformers" (2022), arXiv:2210.17323.
    """

    weight_bits: Literal[2, 3, 4, 8] = 4
    num_samples: PositiveInt = 128
    per_channel: bool = True
    sequence_length: PositiveInt = 512
    hessian_damping: Annotated[float, Field(ge=0, le=1)] = 0.01
    group_size: GroupSize = 128
    symmetric: bool = False
    activation_order: bool = False


class AWQConfig(_Calibrated):
    """Weights scaled by how large the activations are that they meet.

    Lin et al., "AWQ: Activation-aware Weight Quantization for LLM Compression and Acceleration"
    (2023), arXiv:2306.00978.
    """

    weight_bits: Literal[4] = 4
    num_samples: PositiveInt = 128
    sequence_length: PositiveInt = 512
    group_size: GroupSize = 128
    num_grid_points: PositiveInt = 20
