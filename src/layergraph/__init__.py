"""layergraph: a compiler from YAML graph files to Keras models.

    import layergraph as lg

    report = lg.validate("graphs/posts.yaml")
    graph = lg.load("graphs/posts.yaml")
    model = lg.compile(graph)
    lg.export(graph, "build/posts")
    run = lg.train(graph, "posts.parquet", out="runs/posts")

Names load when they are first used: importing the package costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from layergraph.diagnostics import Diagnostic as Diagnostic
    from layergraph.diagnostics import GraphError as GraphError
    from layergraph.graph.graph import Graph as Graph
    from layergraph.graph.graph import Node as Node
    from layergraph.graph.graph import Output as Output
    from layergraph.importers.import_model import import_model as import_model
    from layergraph.pipeline import Report as Report
    from layergraph.pipeline import load as load
    from layergraph.pipeline import validate as validate
    from layergraph.syntax.limits import Limits as Limits
    from layergraph.targets.export import export as export
    from layergraph.targets.keras_model import compile_graph as compile
    from layergraph.tensors import TensorSpec as TensorSpec
    from layergraph.training.evaluation import evaluate as evaluate
    from layergraph.training.evaluation import predict as predict
    from layergraph.training.interruption import Interrupted as Interrupted
    from layergraph.training.run import Run as Run
    from layergraph.training.train import train as train
    from layergraph.views.diff.comparing import diff as diff
    from layergraph.views.diff.difference import Difference as Difference

__version__ = "0.1.0"

_HOMES = {
    "Diagnostic": ("layergraph.diagnostics", "Diagnostic"),
    "Difference": ("layergraph.views.diff.difference", "Difference"),
    "Graph": ("layergraph.graph.graph", "Graph"),
    "GraphError": ("layergraph.diagnostics", "GraphError"),
    "Interrupted": ("layergraph.training.interruption", "Interrupted"),
    "Limits": ("layergraph.syntax.limits", "Limits"),
    "Node": ("layergraph.graph.graph", "Node"),
    "Output": ("layergraph.graph.graph", "Output"),
    "Report": ("layergraph.pipeline", "Report"),
    "Run": ("layergraph.training.run", "Run"),
    "TensorSpec": ("layergraph.tensors", "TensorSpec"),
    "compile": ("layergraph.targets.keras_model", "compile_graph"),
    "diff": ("layergraph.views.diff.comparing", "diff"),
    "evaluate": ("layergraph.training.evaluation", "evaluate"),
    "export": ("layergraph.targets.export", "export"),
    "import_model": ("layergraph.importers.import_model", "import_model"),
    "load": ("layergraph.pipeline", "load"),
    "predict": ("layergraph.training.evaluation", "predict"),
    "train": ("layergraph.training.train", "train"),
    "validate": ("layergraph.pipeline", "validate"),
}

__all__ = [
    "Diagnostic",
    "Difference",
    "Graph",
    "GraphError",
    "Interrupted",
    "Limits",
    "Node",
    "Output",
    "Report",
    "Run",
    "TensorSpec",
    "__version__",
    "compile",
    "diff",
    "evaluate",
    "export",
    "import_model",
    "load",
    "predict",
    "train",
    "validate",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module, attribute = _HOMES[name]
    return getattr(import_module(module), attribute)


def __dir__() -> list[str]:
    return list(__all__)
