"""The catalogue of layers, a line for each family."""

from __future__ import annotations

from layergraph.objects.catalog import Catalog

_RUNS_CODE = "it runs code that the graph file cannot show"

LAYERS = Catalog(
    kind="layer",
    package="layergraph.layers",
    families={"core": ("Dense",)},
    refused={
        "Lambda": _RUNS_CODE,
        "TFSMLayer": _RUNS_CODE,
        "TorchModuleWrapper": _RUNS_CODE,
        "JaxLayer": _RUNS_CODE,
        "FlaxLayer": _RUNS_CODE,
    },
    snake_case=False,
)
