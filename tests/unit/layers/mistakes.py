"""What a layer says of a mistake, for tests to compare."""

from pydantic import ValidationError

from layergraph.layers.catalog import LAYERS
from layergraph.tensors import BATCH, TensorSpec
from tests.unit.layers import refusals


def spec(*sizes, dtype="float32"):
    """A tensor of a graph: the batch is left out."""
    return TensorSpec((BATCH, *sizes), dtype)


def infer(name, arguments, *tensors, **named):
    """What the layer makes of the tensors."""
    return LAYERS.find(name).checked(arguments).infer(*tensors, **named)


def refusal(name, arguments, *tensors, **named):
    """The error of a shape rule: (code's name, message, label, argument, help)."""
    layer = refusals.described(name, **arguments)
    code, message, label, _, argument, help = refusals.refusal(layer, *tensors, **named)
    return code.name, message, label, argument, help


def complaint(name, arguments):
    """The only mistake in the arguments: (where, code's name, predicate, help)."""
    try:
        LAYERS.find(name).checked(arguments)
    except ValidationError as error:
        (details,) = error.errors()
    else:
        raise AssertionError(f"{name} takes {arguments}")
    context = details["ctx"]
    if details["type"] != "layergraph":
        return details["loc"], details["type"], details["msg"], None
    where = (*details["loc"], *context["at"])
    return where, context["code"].name, context["predicate"], context["help"]
