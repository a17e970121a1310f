"""Inference beside Keras building the same model, and how many nodes a second it takes.

python -m benchmarks.inference

Times are those of the processor in the thread that does the work: what else the machine does is
not counted, and neither is what TensorFlow does in threads of its own, so that Keras takes at least
as long.
"""

from __future__ import annotations

import gc
import os
import statistics
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from benchmarks.growth import BLOCK, LAYER
from benchmarks.processes import ROOT
from layergraph import pipeline
from layergraph.diagnostics import Diagnostics
from layergraph.expand.expansion import expand
from layergraph.expand.files import Files
from layergraph.expand.flat import FlatGraph
from layergraph.graph.building import build_graph, input_nodes
from layergraph.graph.inference import Inference
from layergraph.graph.ordering import order
from layergraph.graph.wiring import Wiring
from layergraph.spec.reading import read_spec
from layergraph.syntax.limits import DEFAULT
from layergraph.syntax.reader import read_file
from layergraph.tensors import equations

RESNET, DEPTHS = ROOT / "graphs" / "resnet50.yaml", {"depths": [3, 8, 36, 3]}

LARGE = 100_000
CHAIN, BLOCKS = "a layer, repeated", "a block of four nodes, repeated"


def main() -> None:
    os.environ |= {"TF_CPP_MIN_LOG_LEVEL": "3", "CUDA_VISIBLE_DEVICES": "-1"}
    _beside_keras()
    _large()


def _beside_keras() -> None:
    """One model of some 500 nodes: our times, those of Keras, and their ratios."""
    import keras

    from layergraph.targets.keras_model import compile_graph

    graph, flat = pipeline.load(RESNET, params=DEPTHS), _flat(RESNET, DEPTHS)
    ours: dict[str, Callable[[], object]] = {
        "inference alone": _walk(flat),
        "build_graph": lambda: build_graph(flat, DEFAULT, Diagnostics()),
        "lg.validate": lambda: pipeline.validate(RESNET, params=DEPTHS),
    }
    theirs: dict[str, Callable[[], object]] = {
        "keras.applications.ResNet152": lambda: keras.applications.ResNet152(weights=None),
        "lg.compile of the same graph": lambda: compile_graph(graph),
    }
    times: dict[str, list[float]] = {name: [] for name in (*ours, *theirs)}
    for run in range(4):  # in turns; the first also imports
        for name, call in (ours | theirs).items():
            found = _seconds(call, runs=20 if name in ours else 1)
            times[name] += found if run > 0 else []
    medians = {name: statistics.median(found) for name, found in times.items()}
    print(f"ResNet-152, {len(graph.nodes)} nodes: medians, and how many times faster than Keras")
    print(f"{'':<30} {'time':>12}", *(f"{name:>30}" for name in theirs))
    for name, seconds in medians.items():
        ratios = (f"{medians[other] / seconds:>29,.0f}x" for other in theirs if name in ours)
        print(f"{name:<30} {seconds * 1000:>9,.2f} ms", *ratios)
    least = min(medians[name] for name in theirs) / medians["inference alone"]
    print(f"inference, against the faster of the two: {least:,.0f}x   (bar: at least 200x)\n")


def _large() -> None:
    print(f"{LARGE:,} nodes: nodes a second, medians")
    print(f"{'':<34} {'inference alone':>16} {'build_graph':>16}")
    with tempfile.TemporaryDirectory() as folder:
        for name, text, size in ((CHAIN, LAYER, 1), (BLOCKS, BLOCK, 4)):
            path = Path(folder) / "large.yaml"
            path.write_text(text.format(repeat=LARGE // size))
            flat = _flat(path, {})
            rates = [
                len(flat.nodes) / statistics.median(_seconds(call, runs=3))
                for call in (
                    _walk(flat),
                    lambda flat=flat: build_graph(flat, DEFAULT, Diagnostics()),
                )
            ]
            print(f"{name:<34}", *(f"{rate:>16,.0f}" for rate in rates))


def _flat(path: Path, params: Mapping[str, Any]) -> FlatGraph:
    """What the stages before `graph/` make of a file."""
    diagnostics = Diagnostics()
    tree = read_file(path, diagnostics, DEFAULT)
    spec = read_spec(tree, diagnostics) if tree else None
    assert spec is not None
    file = Files(path, diagnostics, DEFAULT).load(spec)
    flat = expand(file, params, DEFAULT, diagnostics)
    assert flat is not None
    assert not diagnostics.has_errors
    return flat


def _walk(flat: FlatGraph) -> Callable[[], object]:
    """Inference alone: from layers with checked arguments, in their order, to nodes."""
    diagnostics = Diagnostics()
    wired = Wiring(DEFAULT, diagnostics).wire(flat.nodes)
    ordered = order(flat.inputs, wired, flat.entries, diagnostics)

    def walk() -> None:
        with equations():
            Inference(DEFAULT, diagnostics).infer(wired, input_nodes(flat), ordered)
        assert not diagnostics.has_errors

    return walk


def _seconds(call: Callable[[], object], runs: int) -> list[float]:
    """The processor time of some runs, without the collector of garbage, as the command runs."""
    gc.collect()
    gc.disable()
    found = []
    for _ in range(runs):
        start = time.thread_time()
        call()
        found.append(time.thread_time() - start)
    gc.enable()
    return found


if __name__ == "__main__":
    main()
