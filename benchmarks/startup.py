"""`validate` of seven small graphs, beside its bare imports and beside TensorFlow's.

The whole gallery, with its networks of hundreds of layers, stands beside it without a bar.

python -m benchmarks.startup
"""

from __future__ import annotations

from benchmarks.processes import layergraph, python, side_by_side

IMPORTS = "import yaml, networkx, pydantic"
SMALL = (
    *("binary_reviews", "clothing_price", "inception_digits", "posts", "qa"),
    *("regression_housing", "residual_digits"),
)


def main() -> None:
    light = side_by_side(
        {
            IMPORTS: python(IMPORTS),
            "layergraph validate, seven graphs": layergraph(
                "validate", *(f"graphs/{name}.yaml" for name in SMALL)
            ),
        },
        runs=21,
    )
    whole = side_by_side({"layergraph validate graphs/": layergraph("validate", "graphs/")}, runs=5)
    heavy = side_by_side({"import tensorflow": python("import tensorflow")}, runs=3)
    for name, measured in (light | whole | heavy).items():
        print(f"{name:<36} {measured.seconds * 1000:7.0f} ms {measured.mebibytes:7.0f} MiB")
    bare, ours = light.values()
    (tensorflow,) = heavy.values()
    print(f"validate / imports, time:   {ours.seconds / bare.seconds:5.2f}   (bar: at most 1.5)")
    ratio = ours.mebibytes / bare.mebibytes
    print(f"validate / imports, memory: {ratio:5.2f}   (bar: under 1.5)")
    ratio = tensorflow.seconds / ours.seconds
    print(f"tensorflow / validate, time: {ratio:4.1f}   (bar: at least 8)")


if __name__ == "__main__":
    main()
