"""Import and compile of InceptionV3, beside Keras' own way there and back through JSON.

python -m benchmarks.importing
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

RUNS = 3


def main() -> None:
    import keras

    import layergraph as lg

    model = keras.applications.InceptionV3(weights=None)
    ways: dict[str, Callable[[], object]] = {
        "to_json and model_from_json": lambda: keras.models.model_from_json(model.to_json()),
        "import and compile": lambda: lg.compile(lg.import_model(model)),
    }
    seconds: dict[str, list[float]] = {name: [] for name in ways}
    for run in range(RUNS + 1):
        for name, way in ways.items():
            start = time.perf_counter()
            way()
            if run > 0:  # the first of each warms up
                seconds[name].append(time.perf_counter() - start)
    theirs, ours = (statistics.median(found) for found in seconds.values())
    for name, found in seconds.items():
        print(f"{name:<28} {statistics.median(found):6.2f} s")
    print(f"{'ratio':<28} {ours / theirs:6.2f}")


if __name__ == "__main__":
    main()
