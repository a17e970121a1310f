"""The catalogues of objects, one line a family; a test holds them against Keras' own."""

from __future__ import annotations

from layergraph.objects.catalog import Catalog

_PACKAGE = "layergraph.objects"

INITIALIZERS = Catalog(
    kind="initializer",
    package=_PACKAGE,
    families={"initializers": ("GlorotUniform", "Zeros", "Ones")},
)
REGULARIZERS = Catalog(kind="regularizer", package=_PACKAGE, families={})
CONSTRAINTS = Catalog(kind="constraint", package=_PACKAGE, families={})
LOSSES = Catalog(kind="loss", package=_PACKAGE, families={})
METRICS = Catalog(kind="metric", package=_PACKAGE, families={})
OPTIMIZERS = Catalog(kind="optimizer", package=_PACKAGE, families={})
SCHEDULES = Catalog(kind="learning rate schedule", package=_PACKAGE, families={})
ACTIVATIONS = Catalog(
    kind="activation",
    package="layergraph.layers",
    families={},
    functions=("relu", "softmax", "sigmoid", "tanh", "linear"),
)
