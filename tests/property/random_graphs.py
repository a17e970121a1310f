"""Whole graph files at random: branches, merges, shared layers, chains, blocks, several outputs.

Every node is drawn for the tensors that there are, and asked whether it takes them: what comes out
is what the pool of tensors then holds. So files are valid as far as our own rules tell, and Keras
is to be asked about the rest.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from hypothesis import strategies as st
from pydantic import ValidationError

from layergraph.layers.base import Operation
from layergraph.layers.catalog import LAYERS
from layergraph.ops.catalog import OPS
from layergraph.syntax.writing import section
from layergraph.tensors import BATCH, ShapeError, Size, SizesDiffer, TensorSpec, equations
from tests.property.random_layers import (
    ATTENTION,
    ELEMENTWISE,
    FUNCTIONS,
    FUNCTIONS_OF_LISTS,
    FUNCTIONS_OF_TWO,
    LAYERS_BY_RANK,
    OF_ANY_NUMBERS,
    OF_TOKENS,
)

LARGEST = 2_000
"""The most numbers in one sample of a tensor, so that graphs stay cheap."""

TOKENS = 20
"""Whole numbers that inputs hold are below it."""

KINDS = (
    *("layer",) * 8,
    *("merge",) * 3,
    *("function",) * 2,
    "chain",
    "use",
    "block",
    "function of two",
    "attention",
    "states",
)


class Tensor(NamedTuple):
    """A tensor of the graph: how it is referred to, and what is known of it."""

    reference: str
    spec: TensorSpec


class Called(NamedTuple):
    """A layer that was called: its node, what it was called on, and what came out."""

    node: str
    inputs: tuple[TensorSpec, ...]
    outputs: tuple[TensorSpec, ...]


def text_of(graph: dict[str, Any]) -> str:
    """The file of a graph that was drawn."""
    opened = {"blocks": 3, "inputs": 1, "layers": 1, "merges": 1, "outputs": 1}
    lines = [
        line for key, value in graph.items() for line in section(key, value, opened.get(key, 0))
    ]
    return "\n".join(lines) + "\n"


@st.composite
def graphs(draw: st.DrawFn, least: int = 20, most: int = 60, whole: bool = False) -> dict[str, Any]:
    """Graph files as mappings.

    Args:
        draw: Hypothesis' own.
        least: about the least number of layers and functions.
        most: about the most.
        whole: whether every size is known and every layer computes in float32, so that the model
            takes any data.
    """
    with equations():
        return _Drawn(draw, whole).graph(draw(st.integers(least, most)))


class _Drawn:
    """One graph, while it is drawn."""

    def __init__(self, draw: st.DrawFn, whole: bool) -> None:
        self._draw = draw
        self._whole = whole
        self._pool: list[Tensor] = []
        self._unused: dict[str, Tensor] = {}
        self._layers: dict[str, Any] = {}
        self._merges: dict[str, Any] = {}
        self._blocks: dict[str, Any] = {}
        self._called: list[Called] = []
        self._count = 0

    def graph(self, nodes: int) -> dict[str, Any]:
        """The whole file, of about so many nodes."""
        inputs = self._inputs()
        while self._count < nodes:
            self._count += 1
            self._add(self._pick(KINDS))
        sections = {
            "blocks": self._blocks,
            "inputs": inputs,
            "layers": self._layers,
            "merges": self._merges,
            "outputs": self._outputs(),
        }
        return {"layergraph": 1, "name": "drawn"} | {k: v for k, v in sections.items() if v}

    def _pick(self, choices: Any) -> Any:
        return self._draw(st.sampled_from(list(choices)))

    def _inputs(self) -> dict[str, Any]:
        found: dict[str, Any] = {}
        unknown = [5] if self._whole else [5, 5, None, "time"]
        for number in range(self._draw(st.integers(1, 4))):
            kind = self._pick(["vector", "sequence", "tokens", "image", "volume"])
            channels = self._pick([1, 2, 3, 4])
            shape: list[int | str | None] = {
                "vector": [channels],
                "sequence": [self._pick(unknown), channels],
                "tokens": [self._pick(unknown)],
                "image": [self._pick([4, 6, 7]), self._pick([4, 6, 7]), channels],
                "volume": [3, 4, self._pick([3, 4]), channels],
            }[kind]
            dtype = "int32" if kind == "tokens" else "float32"
            name = f"{kind}{number}"
            found[name] = {"shape": shape} | ({"dtype": dtype} if kind == "tokens" else {})
            dims = [Size(size) if isinstance(size, str) else size for size in shape]
            self._give(name, (TensorSpec((BATCH, *dims), dtype),))
        return found

    def _give(self, node: str, outputs: tuple[TensorSpec, ...]) -> None:
        for number, spec in enumerate(outputs):
            tensor = Tensor(node if len(outputs) == 1 else f"{node}:{number}", spec)
            self._pool.append(tensor)
            self._unused[tensor.reference] = tensor

    def _any(self) -> Tensor:
        """A tensor: one that nothing is called on yet, more often than not."""
        if self._unused and self._draw(st.integers(0, 3)):
            return self._unused[self._pick(self._unused)]
        return self._pick(self._pool)

    def _like(self, fits: Any) -> list[Tensor]:
        return [tensor for tensor in self._pool if fits(tensor.spec)]

    def _add(self, kind: str) -> None:
        name = f"n{self._count}x"  # a copy's number is glued on
        added = {
            "layer": self._layer,
            "function": self._function,
            "merge": self._merge,
            "function of two": self._function_of_two,
            "attention": self._attention,
            "states": self._states,
            "use": self._use,
            "chain": self._chain,
            "block": self._block,
        }[kind](name)
        if not added:
            self._layer(name)

    def _call(
        self, name: str, kind: str, arguments: dict[str, Any], given: dict[str, Any], by_name: bool
    ) -> bool:
        """Add a node, where what it calls takes the tensors."""
        specs = {
            argument: tuple(t.spec for t in tensors) if isinstance(tensors, list) else tensors.spec
            for argument, tensors in given.items()
        }
        outputs = outputs_of(kind, arguments, specs)
        if outputs is None:
            return False
        named = {
            argument: [t.reference for t in tensors]
            if isinstance(tensors, list)
            else tensors.reference
            for argument, tensors in given.items()
        }
        sources = named if by_name else next(iter(named.values()))
        section = self._merges if kind in MERGES else self._layers
        section[name] = {"type": kind, "from": sources, **arguments}
        flat = [
            t
            for tensors in given.values()
            for t in (tensors if isinstance(tensors, list) else [tensors])
        ]
        for tensor in flat:
            self._unused.pop(tensor.reference, None)
        self._give(name, outputs)
        if len(given) == 1 and not isinstance(next(iter(given.values())), list):
            self._called.append(Called(name, tuple(specs.values()), outputs))
        return True

    def _drawn_layer(self, spec: TensorSpec, reference: str = "") -> tuple[str, dict[str, Any]]:
        if not spec.is_float:
            table = OF_TOKENS if reference.startswith("tokens") else CASTS
        else:
            table = OF_ANY_NUMBERS | LAYERS_BY_RANK.get(spec.rank, {})
            own = LAYERS_BY_RANK.get(spec.rank, {})
            table = own if own and self._draw(st.integers(0, 2)) else OF_ANY_NUMBERS
        not_run = NOT_RUN if self._whole else ()
        kind = self._pick([name for name in table if name not in not_run])
        arguments = self._draw(table[kind])
        if not kind.startswith("ops."):
            odd = self._draw(st.integers(0, 19))
            if odd == 7:
                arguments = arguments | {"trainable": False}
            if odd == 8 and not self._whole and spec.is_float:
                arguments = arguments | {"dtype": self._pick(["mixed_float16", "float16"])}
        return kind, arguments

    def _layer(self, name: str) -> bool:
        for _ in range(3):
            tensor = self._any()
            kind, arguments = self._drawn_layer(tensor.spec, tensor.reference)
            if self._call(name, kind, arguments, {_first_argument(kind): tensor}, by_name=False):
                return True
        return False

    def _function(self, name: str) -> bool:
        tensor = self._any()
        kind = self._pick(FUNCTIONS)
        arguments = self._draw(FUNCTIONS[kind])
        return self._call(name, kind, arguments, {_first_argument(kind): tensor}, "x2" in arguments)

    def _several(self, fits: Any) -> list[Tensor]:
        """Two or three tensors, of which others fit the first."""
        first = self._any()
        others = [t for t in self._like(lambda spec: fits(first.spec, spec)) if t is not first]
        if not others:
            return []
        chosen = [self._pick(others) for _ in range(self._draw(st.integers(1, 2)))]
        return [first, *chosen]

    def _merge(self, name: str) -> bool:
        kind = self._pick(
            [*ELEMENTWISE, "Subtract", "Dot", *("Concatenate",) * 3, *FUNCTIONS_OF_LISTS]
        )
        if kind in ("Concatenate", "ops.concatenate"):
            tensors = self._several(
                lambda a, b: a.rank == b.rank and a.dims[:-1] == b.dims[:-1] and a.dtype == b.dtype
            )
            arguments = {"axis": -1} if kind.startswith("ops") else {}
        elif kind == "Dot":
            tensors = self._several(lambda a, b: a.rank == b.rank == 2 and a.dims == b.dims)[:2]
            arguments = {"axes": -1}
        elif kind in FUNCTIONS_OF_LISTS:
            tensors, arguments = self._several(lambda a, b: a == b), {"axis": 1}
        else:
            tensors, arguments = self._several(lambda a, b: _broadcast(a.dims, b.dims)), {}
            tensors = tensors[:2] if kind == "Subtract" else tensors
        if len(tensors) < 2 or (kind in MERGES and not all(t.spec.is_float for t in tensors)):
            return False  # of whole numbers, Keras says that a merge gives float32, which is not so
        return self._call(name, kind, arguments, {_first_argument(kind): tensors}, by_name=False)

    def _function_of_two(self, name: str) -> bool:
        kind = self._pick(FUNCTIONS_OF_TWO)
        tensors = self._several(lambda a, b: _broadcast(a.dims, b.dims))[:2]
        if len(tensors) < 2 or (kind == "ops.matmul" and tensors[0].spec.rank < 3):
            return False  # of two vectors for each sample, it is a product along the batch
        return self._call(
            name, kind, {}, dict(zip(("x1", "x2"), tensors, strict=True)), by_name=True
        )

    def _attention(self, name: str) -> bool:
        query = self._like(lambda spec: spec.rank == 3 and spec.is_float)
        if not query:
            return False
        kind = self._pick(list(ATTENTION))
        first, second = self._pick(query), self._pick(query)
        if kind in ("Attention", "AdditiveAttention"):
            return self._call(
                name, kind, self._draw(ATTENTION[kind]), {"inputs": [first, second]}, False
            )
        given = {"query": first, "value": second}
        if self._draw(st.booleans()):
            given["key"] = second
        return self._call(name, kind, self._draw(ATTENTION[kind]), given, by_name=True)

    def _states(self, name: str) -> bool:
        """A recurrent layer that begins with the states of another."""
        sequences = self._like(lambda spec: spec.rank == 3 and spec.is_float)
        states = self._like(
            lambda spec: (
                spec.rank == 2 and spec.dtype == "float32" and isinstance(spec.dims[1], int)
            )
        )
        if not sequences or not states:
            return False
        state = self._pick(states)
        kind, count = self._pick([("LSTM", 2), ("GRU", 1), ("SimpleRNN", 1)])
        given = {"sequences": self._pick(sequences), "initial_state": [state] * count}
        return self._call(name, kind, {"units": state.spec.dims[1]}, given, by_name=True)

    def _use(self, name: str) -> bool:
        """A layer once more, on other tensors of the same kind."""
        if not self._called:
            return False
        called = self._pick(self._called)
        tensor = self._pick(self._like(lambda spec: spec == called.inputs[0]))
        self._layers[name] = {"use": called.node, "from": tensor.reference}
        self._unused.pop(tensor.reference, None)
        self._give(name, called.outputs)
        return True

    def _chain(self, name: str) -> bool:
        tensor = self._any()
        spec, items = tensor.spec, []
        for number in range(self._draw(st.integers(2, 4))):
            kind, arguments = self._drawn_layer(spec, "" if items else tensor.reference)
            outputs = outputs_of(kind, arguments, {_first_argument(kind): spec})
            if outputs is None or len(outputs) > 1:
                continue
            own = {"name": f"item{number}"} if self._draw(st.booleans()) else {}
            items.append({"type": kind, **own, **arguments} if own or arguments else kind)
            spec = outputs[0]
        if not items:
            return False
        self._layers[name] = {"from": tensor.reference, "chain": items}
        self._count += len(items) - 1
        self._unused.pop(tensor.reference, None)
        self._give(name, (spec,))
        return True

    def _block(self, name: str) -> bool:
        """A residual block, repeated now and then, or a model of its own."""
        floats = self._like(lambda spec: spec.dtype == "float32" and isinstance(spec.last_dim, int))
        if not floats:
            return False
        tensor = self._pick(floats)
        key = f"residual{tensor.spec.rank}" if tensor.spec.rank in (3, 4) else "residual"
        self._blocks[key] = RESIDUAL[key]
        entry: dict[str, Any] = {"block": key, "from": tensor.reference}
        entry["units"] = tensor.spec.last_dim
        if self._draw(st.booleans()):
            entry["norm"] = self._pick(["BatchNormalization", "LayerNormalization"])
        form = self._pick(["once", "repeat", "each", "nested"])
        outputs = (tensor.spec,)
        if form == "repeat":
            entry["repeat"] = self._draw(st.integers(1, 3))
        elif form == "each":
            entry["each"] = self._draw(st.lists(SCALES, min_size=2, max_size=3, unique=True))
            entry["scale"] = "${item}"
        elif form == "nested":
            entry["nested"] = True
        self._layers[name] = entry
        self._count += 3
        self._unused.pop(tensor.reference, None)
        if form == "each":
            for number in range(len(entry["each"])):
                self._give(f"{name}.{number + 1}", outputs)
        else:
            self._give(name, outputs)
        return True

    def _outputs(self) -> dict[str, Any]:
        unused = list(self._unused.values()) or self._pool[-1:]
        kept = unused[: self._draw(st.integers((len(unused) + 1) // 2, len(unused)))]
        return {f"out{number}": self._output(tensor) for number, tensor in enumerate(kept)}

    def _output(self, tensor: Tensor) -> dict[str, Any]:
        found: dict[str, Any] = {"from": tensor.reference}
        spec = tensor.spec
        if spec.is_float and spec.rank == 2 and isinstance(spec.last_dim, int):
            task = self._pick(["", "regression", "binary", "multiclass", "multilabel", "head"])
            if task == "head":
                found |= {"type": "Dense", "units": 2, "loss": "mse"}
            elif task:
                found["task"] = task
                found |= {"classes": 3} if task.startswith("multi") else {}
        return found


SCALES = st.sampled_from([0.5, 1.0, 2.0])

RESIDUAL: dict[str, Any] = {
    key: {
        "params": {"units": {}, "norm": "LayerNormalization", "scale": 1.0},
        "inputs": ["x"],
        "layers": {
            "first": {**wide, "from": "x"},
            "norm": {"type": "${norm}", "from": "first"},
            "second": {**narrow, "from": "norm"},
            "scaled": {"type": "Rescaling", "from": "second", "scale": "${scale}"},
            "lost": {"type": "Activation", "from": "first", "activation": "relu"},
        },
        "merges": {"sum": {"type": "Add", "from": ["x", "scaled"]}},
        "outputs": "sum",
    }
    for key, wide, narrow in (
        ("residual", {"type": "Dense", "units": 3}, {"type": "Dense", "units": "${units}"}),
        (
            "residual3",
            {"type": "Conv1D", "filters": 2, "kernel_size": 3, "padding": "same"},
            {"type": "Conv1D", "filters": "${units}", "kernel_size": 1},
        ),
        (
            "residual4",
            {"type": "Conv2D", "filters": 2, "kernel_size": 3, "padding": "same"},
            {"type": "Conv2D", "filters": "${units}", "kernel_size": 1},
        ),
    )
}
"""Blocks that give what they are given, with one layer that reaches no output."""

NOT_RUN = ("Softmax",)
"""What fails on data: `Softmax` on a tensor with the mask of an `Embedding`."""

CASTS = {"ops.cast": st.just({"dtype": "float32"})}
MERGES = (*ELEMENTWISE, "Subtract", "Dot", "Concatenate")


def outputs_of(
    kind: str, arguments: dict[str, Any], tensors: dict[str, Any]
) -> tuple[TensorSpec, ...] | None:
    """What comes out of a layer or a function; None where it does not take that."""
    try:
        layer = described(kind).model_validate(arguments)
        further = {"call": layer.Call()} if layer.infers_from_call() else {}
        found = layer.infer(**tensors, **further)
        layer.weights(**tensors, **further)
    except (ShapeError, SizesDiffer, ValidationError):
        return None
    outputs = found if isinstance(found, tuple) else (found,)
    return outputs if all(_is_small(spec) for spec in outputs) else None


def described(kind: str) -> type[Operation]:
    """The class of a layer or a function."""
    is_op = kind.startswith("ops.")
    found = OPS.find(kind.removeprefix("ops.")) if is_op else LAYERS.find(kind)
    assert found is not None, kind
    assert issubclass(found, Operation)
    return found


def _first_argument(kind: str) -> str:
    return described(kind).declared_tensor_arguments()[0].name


def _is_small(spec: TensorSpec) -> bool:
    count = 1
    for size in spec.dims[1:]:
        count *= size if isinstance(size, int) else 5
    return 0 < count <= LARGEST and 2 <= spec.rank <= 5


def _broadcast(left: Any, right: Any) -> bool:
    """Whether two shapes of one rank stretch to a common one."""
    return len(left) == len(right) and all(
        a == b or 1 in (a, b) for a, b in zip(left, right, strict=True)
    )
