"""Layers that are arguments of a layer: what they may be, what they are called, their weights."""

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Annotated, Any

from layergraph.diagnostics import codes
from layergraph.layers.base import Layer, Operation, Weight, Weights
from layergraph.layers.catalog import LAYERS
from layergraph.objects.base import Checked, complaint
from layergraph.objects.declared import CustomObject
from layergraph.tensors import ShapeError, TensorSpec


def layer_argument(value: Any) -> Any:
    """A layer as ``{type: LSTM, …}``, or as its name where that says it all.

    Raises:
        PydanticCustomError: where it is none.
        ValidationError: where its own arguments are wrong.
    """
    layer = LAYERS.resolve({"type": value} if isinstance(value, str) else value)
    if not isinstance(layer, CustomObject):
        return layer
    from layergraph.layers.custom_layer import CustomLayer

    return CustomLayer.of(layer.declared, layer.given)


LayerArgument = Annotated[Layer, Checked(layer_argument)]


class OuterLayer(Layer):
    """A layer whose weights are those of layers in it."""

    @property
    def frozen(self) -> bool:
        """Never: the weights in it have flags of their own, which `trainable: false` leaves alone.

        In Keras it hides them from the layer's own `trainable_weights`, and from no model's.
        """
        return False


def require_one_tensor(layer: Operation, at: tuple[str | int, ...] = ("layer",)) -> None:
    """Refuse a layer, the argument at `at`, that cannot be called on one tensor.

    Raises:
        PydanticCustomError: not-a-choice.
    """
    first, *others = layer.tensor_arguments()
    if first.many or any(argument.required for argument in others):
        raise complaint(
            codes.NOT_A_CHOICE,
            f"must be a layer of one tensor, not `{layer.type_name()}`",
            at=at,
        )


def names_of(layers: Iterable[Operation]) -> list[str]:
    """The names of layers that stand in one list: numbered from the second of a kind on."""
    count: Counter[str] = Counter()
    names = []
    for layer in layers:
        name = layer.default_name()
        names.append(f"{name}_{count[name]}" if count[name] else name)
        count[name] += 1
    return names


def inner_weights(name: str, layer: Layer, inputs: TensorSpec) -> Weights:
    """The weights of a layer in a wrapper, which keep its dtype.

    Args:
        name: what the layer is called in the wrapper.
        layer: the layer.
        inputs: the tensor that it is called on.
    """
    return {
        (f"{name}/{path}" if layer.names_weights else path): Weight(
            weight.shape,
            weight.trainable and not layer.frozen,
            weight.dtype or layer.variable_dtype,
        )
        for path, weight in layer.weights(inputs, **call_defaults(layer)).items()
    }


def call_defaults(layer: Operation) -> dict[str, Any]:
    """The arguments of the layer's own call, which nobody can give."""
    return {"call": layer.Call()} if layer.infers_from_call() else {}


@contextmanager
def blamed(argument: str) -> Iterator[None]:
    """Blame an argument of the wrapper for what is wrong with one of the layer's in it."""
    try:
        yield
    except ShapeError as error:
        if error.argument is not None:
            error.argument = argument
        raise
