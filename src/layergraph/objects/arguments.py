"""The types of arguments that take an object by name or as ``{type: …}``."""

from __future__ import annotations

from typing import Annotated, Any

from layergraph.diagnostics import codes
from layergraph.diagnostics.values import shown
from layergraph.objects.base import Checked, KerasObject, complaint
from layergraph.objects.catalogs import (
    CALLBACKS,
    CONSTRAINTS,
    DTYPE_POLICIES,
    INITIALIZERS,
    LOSSES,
    METRICS,
    OPTIMIZERS,
    QUANTIZATION_CONFIGS,
    REGULARIZERS,
    SCHEDULES,
)
from layergraph.objects.values import number

_QUANTIZED_POLICIES = ("int8_", "int4_", "int4/", "float8_", "gptq/", "awq/")
"""How the names of dtype policies begin that are of quantized layers."""

Initializer = Annotated[str | KerasObject, Checked(INITIALIZERS.resolve)]
Regularizer = Annotated[str | KerasObject, Checked(REGULARIZERS.resolve)]
Constraint = Annotated[str | KerasObject, Checked(CONSTRAINTS.resolve)]
Loss = Annotated[str | KerasObject, Checked(LOSSES.resolve)]
Metric = Annotated[str | KerasObject, Checked(METRICS.resolve)]
Optimizer = Annotated[str | KerasObject, Checked(OPTIMIZERS.resolve)]
QuantizationConfig = Annotated[KerasObject, Checked(QUANTIZATION_CONFIGS.resolve)]
Schedule = Annotated[KerasObject, Checked(SCHEDULES.resolve)]


def _callback(value: Any) -> KerasObject:
    """A callback; one that is given by its name alone has no arguments."""
    found: str | KerasObject = CALLBACKS.resolve(value)
    return CALLBACKS.resolve({"type": found}) if isinstance(found, str) else found


Callback = Annotated[KerasObject, Checked(_callback, catalog=CALLBACKS, takes=str | KerasObject)]


def _learning_rate(value: Any) -> float | KerasObject:
    if isinstance(value, dict | KerasObject):
        scheduled: KerasObject = SCHEDULES.resolve(value)
        return scheduled
    if type(value) not in (int, float):
        predicate = f"must be a number or the `{{type: …}}` of a schedule, not {shown(value)}"
        raise complaint(codes.WRONG_TYPE, predicate)
    if not number(value) > 0:
        raise complaint(codes.OUT_OF_RANGE, f"must be more than 0, not {value}")
    return float(value)


LearningRate = Annotated[float | KerasObject, Checked(_learning_rate, above=0, catalog=SCHEDULES)]


def dtype_name(value: Any) -> Any:
    """The name of a dtype policy that is given as an object; anything else as it is.

    Raises:
        PydanticCustomError: refused-type, where it is a policy of quantized layers.
    """
    if isinstance(value, str) and value.startswith(_QUANTIZED_POLICIES):
        reason = DTYPE_POLICIES.refused["QuantizedDTypePolicy"]
        raise complaint(codes.REFUSED_TYPE, f"is `{value}`: {reason}")
    if not isinstance(value, dict | KerasObject):
        return value
    from layergraph.objects.dtype_policies import DTypePolicy

    policy = DTYPE_POLICIES.resolve(value)
    assert isinstance(policy, DTypePolicy)
    return policy.name
