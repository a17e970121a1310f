"""`validate` of seven small graphs, beside its bare imports and beside TensorFlow's.

What it imports stands there twice: its three libraries by their names, of which Pydantic loads
next to nothing until a model is defined, and every module of a library that such a run loads. The
whole gallery, with its networks of hundreds of layers, stands beside it without a bar.

python -m benchmarks.startup
"""

from __future__ import annotations

import subprocess

from benchmarks.processes import ROOT, layergraph, python, side_by_side

IMPORTS = "import yaml, networkx, pydantic"
SMALL = (
    *("binary_reviews", "clothing_price", "inception_digits", "posts", "qa"),
    *("regression_housing", "residual_digits"),
)
FILES = tuple(f"graphs/{name}.yaml" for name in SMALL)
LIBRARIES = f"""
import sys
from layergraph.cli.main import cli
cli(("validate", *{FILES}), standalone_mode=False)
specs = (getattr(module, "__spec__", None) for module in tuple(sys.modules.values()))
print(*(spec.name for spec in specs if spec and "site-packages" in str(spec.origin)))
"""


def main() -> None:
    light = side_by_side(
        {
            IMPORTS: python(IMPORTS),
            "import of all that it loads": python(_loading()),
            "layergraph validate, seven graphs": layergraph("validate", *FILES),
        },
        runs=21,
    )
    whole = side_by_side({"layergraph validate graphs/": layergraph("validate", "graphs/")}, runs=5)
    heavy = side_by_side({"import tensorflow": python("import tensorflow")}, runs=3)
    for name, measured in (light | whole | heavy).items():
        print(f"{name:<36} {measured.seconds * 1000:7.0f} ms {measured.mebibytes:7.0f} MiB")
    bare, loaded, ours = light.values()
    (tensorflow,) = heavy.values()
    print(f"validate / imports, time:   {ours.seconds / bare.seconds:5.2f}   (bar: at most 1.5)")
    print(f"validate / all its imports: {ours.seconds / loaded.seconds:5.2f}")
    ratio = ours.mebibytes / bare.mebibytes
    print(f"validate / imports, memory: {ratio:5.2f}   (bar: under 1.5)")
    ratio = tensorflow.seconds / ours.seconds
    print(f"tensorflow / validate, time: {ratio:4.1f}   (bar: at least 8)")


def _loading() -> str:
    """What imports every module of a library that the run loads, in the order that it does."""
    ran = subprocess.run(python(LIBRARIES), cwd=ROOT, capture_output=True, text=True, check=True)
    names = ran.stdout.splitlines()[-1].split()
    return f"from importlib import import_module\nfor name in {names}: import_module(name)"


if __name__ == "__main__":
    main()
