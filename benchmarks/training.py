"""`train` beside the same `fit` by hand, and its memory over data that are larger.

python -m benchmarks.training [--limit MIB]
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.processes import layergraph, measured

EPOCHS = 12
ROUNDS = 4
TIMES = 4
"""How many times the limit the file is."""

GRAPH = """\
layergraph: 1
inputs:
  x: {{shape: [{columns}], columns: [{names}]}}
layers:
  scaled: {{type: Normalization, from: x}}
  hidden: {{type: Dense, from: scaled, units: 32, activation: relu}}
outputs:
  y: {{from: hidden, task: regression}}
training: {{epochs: 1, batch_size: 1024, seed: 1, validation: 0.1}}
"""
COLUMNS = 64
ROWS_AT_ONCE = 100_000


class Clock:
    """Takes down when the epochs of a fit end; it is a reporter."""

    def __init__(self) -> None:
        self.ends: list[float] = []

    def __enter__(self) -> Clock:
        return self

    def __exit__(self, *raised: object) -> None: ...
    def fit_begins(self, *told: Any) -> None: ...
    def step(self, step: int) -> None: ...
    def fit_ends(self) -> None: ...
    def note(self, text: str) -> None: ...

    def epoch_ends(self, epoch: int, logs: object) -> None:  # noqa: ARG002  Keras gives them
        self.ends.append(time.perf_counter())

    @property
    def epochs(self) -> list[float]:
        """Seconds of each epoch after the first, in which functions are traced."""
        return [end - begin for begin, end in zip(self.ends, self.ends[1:], strict=False)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--limit", type=int, default=1280, help="MiB that a run may take")
    limit = parser.parse_args().limit
    _compare_epochs()
    _stream(limit)


def _compare_epochs() -> None:
    import keras
    import numpy as np
    from sklearn.datasets import load_digits
    from tests.parity.twins import TWINS

    import layergraph as lg

    images, labels = load_digits(return_X_y=True)
    x = {"image": images.reshape(-1, 8, 8, 1).astype("float32")}
    y = {"digit": labels.astype("int32")}
    part, rest = np.arange(1440), np.arange(1440, 1797)
    data = {"image": x["image"][part], "digit": y["digit"][part]}
    held_out = {"image": x["image"][rest], "digit": y["digit"][rest]}
    times: dict[str, list[float]] = {"fit by hand": [], "lg.train": []}
    graph = lg.load("graphs/residual_digits.yaml")
    for _ in range(ROUNDS):
        clock = Clock()
        hook = keras.callbacks.Callback()
        hook.on_epoch_end = clock.epoch_ends
        keras.utils.set_random_seed(1)
        TWINS["residual_digits"]().fit(
            {"image": data["image"]},
            {"digit": data["digit"]},
            validation_data=({"image": held_out["image"]}, {"digit": held_out["digit"]}),
            epochs=EPOCHS,
            batch_size=graph.training.batch_size,
            callbacks=[hook],
            verbose=0,
        )
        times["fit by hand"] += clock.epochs
        clock = Clock()
        with tempfile.TemporaryDirectory() as folder:
            lg.train(
                graph,
                data,
                validation_data=held_out,
                out=Path(folder) / "run",
                epochs=EPOCHS,
                seed=1,
                reporter=clock,
            )
        times["lg.train"] += clock.epochs
    print(f"residual_digits, {len(part)} images: medians of {len(times['lg.train'])} epochs")
    medians = {name: statistics.median(epochs) for name, epochs in times.items()}
    for name, seconds in medians.items():
        print(f"{name:<12} {seconds * 1000:8.1f} ms an epoch")
    ratio = medians["lg.train"] / medians["fit by hand"]
    print(f"lg.train / fit by hand: {ratio:.3f}   (bar: at most 1.05)\n")


def _stream(limit: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        data, graph = Path(folder) / "data.parquet", Path(folder) / "graph.yaml"
        names = [f"c{number}" for number in range(COLUMNS)]
        graph.write_text(GRAPH.format(columns=COLUMNS, names=", ".join(names)))
        _write(data, names, limit * TIMES * 2**20)
        size = data.stat().st_size / 2**20
        out = f"{folder}/run"
        found = measured(layergraph("train", str(graph), "--data", str(data), "-o", out, "-q"))
    print(f"Parquet of {size:,.0f} MiB, an epoch with what is checked and adapted before it:")
    print(f"{found.seconds:.0f} s, {found.mebibytes:,.0f} MiB at the peak   (bar: under {limit:,})")


def _write(path: Path, names: list[str], size: int) -> None:
    """A file of random numbers, which do not compress."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.parquet as pq

    random = np.random.default_rng(0)
    schema = pa.schema([*((name, pa.float32()) for name in names), ("y", pa.float32())])
    with pq.ParquetWriter(path, schema) as writer:
        while not path.exists() or path.stat().st_size < size:
            values = random.normal(size=(len(names), ROWS_AT_ONCE)).astype("float32")
            columns = dict(zip(names, values, strict=True))
            writer.write_table(pa.table({**columns, "y": values.sum(axis=0)}, schema))


if __name__ == "__main__":
    main()
