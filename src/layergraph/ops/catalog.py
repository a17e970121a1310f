"""The catalogue of functions, a line for each family."""

from __future__ import annotations

from importlib import import_module

from layergraph.objects.base import KerasObject
from layergraph.objects.catalog import Catalog

_RUNS_CODE = "it runs code that the graph file cannot show"
_NO_TENSOR = "it takes no tensor: write its numbers as a constant, or give them as an input"
_BY_THE_NUMBERS = "the shape of what it gives depends on the numbers that it is given"


class Functions(Catalog):
    """A catalogue of functions: the class `TopK` describes `top_k`, and `Resize` `image.resize`."""

    def find(self, name: str) -> type[KerasObject] | None:
        """The class that describes the function, imported now if it was not yet."""
        proper = self.class_name(name)
        if proper is None:
            return None
        module = import_module(f"{self.package}.{self._modules[proper]}")
        found: type[KerasObject] = getattr(module, camel_case(proper))
        return found


def camel_case(function: str) -> str:
    """The name of the class that describes a function."""
    return "".join(part.capitalize() for part in function.rpartition(".")[2].split("_"))


OPS = Functions(
    kind="function",
    package="layergraph.ops",
    families={
        "arithmetic": (
            "add",
            "subtract",
            "multiply",
            "divide",
            "floor_divide",
            "power",
            "maximum",
            "minimum",
            "mod",
            "logaddexp",
            "negative",
            "absolute",
            "sign",
            "square",
            "reciprocal",
            "rsqrt",
            "trunc",
            "round",
        ),
        "elementary": (
            "sqrt",
            "exp",
            "expm1",
            "log",
            "log1p",
            "log2",
            "log10",
            "sin",
            "cos",
            "tan",
            "arcsin",
            "arccos",
            "arctan",
            "sinh",
            "cosh",
            "tanh",
            "arcsinh",
            "arccosh",
            "arctanh",
            "floor",
            "ceil",
            "erf",
            "erfinv",
        ),
        "comparison": (
            "equal",
            "not_equal",
            "greater",
            "greater_equal",
            "less",
            "less_equal",
            "logical_and",
            "logical_or",
            "logical_xor",
            "logical_not",
            "isnan",
            "isinf",
            "isfinite",
        ),
        "reductions": (
            "sum",
            "prod",
            "mean",
            "median",
            "var",
            "std",
            "max",
            "min",
            "amax",
            "amin",
            "all",
            "any",
            "logsumexp",
            "argmax",
            "argmin",
            "count_nonzero",
        ),
        "running": (
            "cumsum",
            "cumprod",
            "sort",
            "argsort",
            "diff",
        ),
        "shaping": (
            "reshape",
            "ravel",
            "transpose",
            "swapaxes",
            "moveaxis",
            "expand_dims",
            "squeeze",
            "broadcast_to",
        ),
        "arranging": (
            "flip",
            "roll",
            "repeat",
            "tile",
            "pad",
            "tril",
            "triu",
        ),
        "joining": (
            "concatenate",
            "hstack",
            "vstack",
            "stack",
            "split",
            "unstack",
        ),
        "indexing": (
            "get_item",
            "slice",
            "top_k",
            "one_hot",
            "diagonal",
        ),
        "gathering": (
            "take",
            "take_along_axis",
        ),
        "selecting": (
            "where",
            "clip",
            "nan_to_num",
            "cast",
            "zeros_like",
            "ones_like",
            "full_like",
            "stop_gradient",
        ),
        "linear_algebra": (
            "matmul",
            "dot",
            "tensordot",
        ),
        "einsum": ("einsum",),
        "norms": ("norm",),
        "activation": (
            "relu",
            "relu6",
            "leaky_relu",
            "sigmoid",
            "log_sigmoid",
            "softplus",
            "softsign",
            "silu",
            "selu",
            "hard_sigmoid",
            "hard_silu",
            "hard_tanh",
            "tanh_shrink",
            "sparse_plus",
            "sparse_sigmoid",
            "gelu",
            "elu",
            "celu",
            "soft_shrink",
            "hard_shrink",
            "squareplus",
            "threshold",
            "softmax",
            "log_softmax",
            "sparsemax",
            "glu",
            "normalize",
        ),
        "image": (
            "image.resize",
            "image.rgb_to_grayscale",
        ),
    },
    aliases={
        "abs": "absolute",
        "true_divide": "divide",
        "swish": "silu",
        "hard_swish": "hard_silu",
    },
    refused={
        "associative_scan": _RUNS_CODE,
        "cond": _RUNS_CODE,
        "custom_gradient": _RUNS_CODE,
        "fori_loop": _RUNS_CODE,
        "map": _RUNS_CODE,
        "scan": _RUNS_CODE,
        "switch": _RUNS_CODE,
        "vectorize": _RUNS_CODE,
        "vectorized_map": _RUNS_CODE,
        "while_loop": _RUNS_CODE,
        "arange": _NO_TENSOR,
        "empty": _NO_TENSOR,
        "eye": _NO_TENSOR,
        "full": _NO_TENSOR,
        "identity": _NO_TENSOR,
        "linspace": _NO_TENSOR,
        "logspace": _NO_TENSOR,
        "ones": _NO_TENSOR,
        "tri": _NO_TENSOR,
        "zeros": _NO_TENSOR,
        "nonzero": _BY_THE_NUMBERS,
        "unique": _BY_THE_NUMBERS,
    },
    snake_case=False,
)
