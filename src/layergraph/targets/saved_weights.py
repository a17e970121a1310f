"""Two files of weights side by side: which variables of one are those of the other.

Keras files what it saves by position: `layers/dense_1/vars/0` is the first variable of the second
Dense. Beside the variables stands the layer's name, and by that the layers of two models find each
other here. What is in a layer, such as the `forward_layer/cell` of a Bidirectional, has names that
Keras made up, and goes by its attributes; a model that is in a layer has names of its own again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

LAYERS = "layers"
_VARIABLES = "vars"
_INPUT = "input_layer"


@dataclass(frozen=True)
class LayerPair:
    """The variables that a layer has in either file, HDF5 datasets by their paths within it."""

    given: dict[str, Any] = field(default_factory=dict)
    wanted: dict[str, Any] = field(default_factory=dict)

    @property
    def fits(self) -> bool:
        """Whether both have the same variables, of the same shapes."""
        return _shapes(self.given) == _shapes(self.wanted)

    def copy(self) -> None:
        """Put the variables that are given in the place of the others; they have to fit."""
        for path, dataset in self.given.items():
            group, key = self.wanted[path].parent, path.rpartition("/")[2]
            del group[key]
            dataset.file.copy(dataset, group, name=key)

    def __str__(self) -> str:
        return f"{_listed(self.given)} in the file, {_listed(self.wanted)} in the graph"


def paired(given: Any, wanted: Any, *, by_name: bool) -> dict[str, LayerPair]:
    """The layers that have weights in either file, by name; `model.layer` is one in a model.

    Args:
        given: an HDF5 file that Keras wrote, of whatever model.
        wanted: the file that Keras writes of the model that is to have its weights.
        by_name: whether layers go by their names, or by position.

    Raises:
        ValueError: where the variables stand in another file.
    """
    return _Pairing(by_name).paired(given, wanted)


def has_names(file: Any) -> bool:
    """Whether a file of weights has the names of the layers; older ones of Keras 3 have not."""
    return all(_name(layer) is not None for layer in _groups(file[LAYERS]).values())


class _Pairing:
    """Walks through two files at once."""

    def __init__(self, by_name: bool) -> None:
        self._by_name = by_name
        self._pairs: dict[str, LayerPair] = {}

    def paired(self, given: Any, wanted: Any) -> dict[str, LayerPair]:
        self._pair_layers(given[LAYERS], wanted[LAYERS], "")
        pairs = sorted(self._pairs.items())
        return {name: pair for name, pair in pairs if pair.given or pair.wanted}

    def _pair_layers(self, given: Any, wanted: Any, model: str) -> None:
        """Pair the layers of two models; `model` is what their names begin with."""
        have, need = self._layers(given), self._layers(wanted)
        for key in need | have:
            name = _name(need[key]) if key in need else None
            self._pair(have.get(key), need.get(key), f"{model}{name or key}", "")

    def _layers(self, group: Any) -> dict[str, Any]:
        layers = _groups(group)
        if not self._by_name:
            return layers
        return {_name(layer) or key: layer for key, layer in layers.items()}

    def _pair(self, given: Any, wanted: Any, layer: str, inside: str) -> None:
        """Take down what two groups hold, which stand `inside` of a layer."""
        pair = self._pairs.setdefault(layer, LayerPair())
        if given is None or wanted is None:
            pair.given.update(_variables_below(given, inside))
            pair.wanted.update(_variables_below(wanted, inside))
            return
        have, need = _groups(given), _groups(wanted)
        for key in need | have:
            if key == LAYERS and _is_of_model(need.get(key)) and key in have:
                self._pair_layers(have[key], need[key], f"{layer}.{inside.replace('/', '.')}")
            elif key == _VARIABLES:
                pair.given.update(_variables_below(have.get(key), f"{inside}{key}/"))
                pair.wanted.update(_variables_below(need.get(key), f"{inside}{key}/"))
            else:
                self._pair(have.get(key), need.get(key), layer, f"{inside}{key}/")


def _groups(group: Any) -> dict[str, Any]:
    """The groups that stand in a group itself: a link could lead to any file."""
    import h5py

    return {
        key: group[key]
        for key in group
        if isinstance(group.get(key, getlink=True), h5py.HardLink)
        and group.get(key, getclass=True) is h5py.Group
    }


def _name(layer: Any) -> str | None:
    """The name of a layer, as Keras writes it beside the variables."""
    variables = _groups(layer).get(_VARIABLES)
    name = variables.attrs.get("name") if variables is not None else None
    return name if isinstance(name, str) else None


def _is_of_model(layers: Any) -> bool:
    """Whether these are the layers of a model; a layer may have a list of that name too."""
    return layers is not None and any(key.startswith(_INPUT) for key in layers)


def _variables_below(group: Any, inside: str) -> dict[str, Any]:
    """Every variable in a group and below, each once."""
    import h5py

    found: dict[str, Any] = {}

    def note(path: str, item: Any) -> None:
        if isinstance(item, h5py.Dataset):
            if item.external or item.is_virtual:
                raise ValueError(f"the values of `{item.name}` stand in another file")
            found[f"{inside}{path}"] = item

    if group is not None:
        group.visititems(note)
    return found


def _shapes(variables: Mapping[str, Any]) -> dict[str, tuple[int, ...]]:
    return {path: dataset.shape for path, dataset in variables.items()}


def _listed(variables: Mapping[str, Any], most: int = 6) -> str:
    """The shapes of a layer's variables."""
    shapes = [str(shape) for shape in _shapes(variables).values()]
    further = f" and {len(shapes) - most} more" if len(shapes) > most else ""
    return ", ".join(shapes[:most]) + further if shapes else "none"
