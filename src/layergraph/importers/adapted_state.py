"""What a layer has learnt from data before training → the arguments that give it.

A file that gives them has the layer as it is: `train` does not adapt it anew.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any


def learnt_state(layer: Any) -> dict[str, Any]:
    """The state of a layer that was adapted, as arguments of its class; {} of every other."""
    found = _STATES.get(type(layer).__name__)
    return found(layer) if found is not None else {}


def _statistics(layer: Any) -> dict[str, Any]:
    """The mean and the variance of a `Normalization`, along its axes."""
    if not layer.built or layer.input_mean is not None or not _count(layer):
        return {}
    return {
        name: _numbers(getattr(layer, f"adapt_{name}").numpy()) for name in ("mean", "variance")
    }


def _count(layer: Any) -> bool:
    """Whether it has seen data: as built, its mean is 0 and its variance 1."""
    mean, variance = layer.adapt_mean.numpy(), layer.adapt_variance.numpy()
    return bool(mean.any() or (variance != 1).any())


def _vocabulary(layer: Any) -> dict[str, Any]:
    """The terms of a lookup, without those that it adds by itself."""
    if layer.get_config()["vocabulary"] is not None:  # it was given its terms
        return {}
    terms = layer.get_vocabulary(include_special_tokens=False)
    if not terms:
        return {}
    found: dict[str, Any] = {"vocabulary": [_plain(term) for term in terms]}
    if layer.get_config().get("output_mode") == "tf_idf":
        lookup = getattr(layer, "_lookup_layer", layer)
        weights = lookup.idf_weights.numpy()
        found["idf_weights"] = _numbers(weights[len(weights) - len(terms) :])
    return found


def _boundaries(layer: Any) -> dict[str, Any]:
    """The bins of a `Discretization`, which then needs no number of them."""
    if layer.bin_boundaries is None or layer.num_bins is None:
        return {}
    return {"bin_boundaries": [float(item) for item in layer.bin_boundaries], "num_bins": None}


_STATES: Mapping[str, Callable[[Any], dict[str, Any]]] = {
    "Normalization": _statistics,
    "StringLookup": _vocabulary,
    "IntegerLookup": _vocabulary,
    "TextVectorization": _vocabulary,
    "Discretization": _boundaries,
}


def _plain(term: Any) -> Any:
    return term.item() if hasattr(term, "item") else term


def _numbers(array: Any) -> Any:
    """The shortest numbers that are the same again in float32."""
    if array.ndim > 0:
        return [_numbers(item) for item in array]
    return float(str(array.astype("float32")))
