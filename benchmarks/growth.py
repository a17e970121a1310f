"""How `validate` grows with the nodes that a file expands to, and what stops an expansion bomb.

python -m benchmarks.growth
"""

from __future__ import annotations

import statistics
import subprocess
import tempfile
from pathlib import Path

from benchmarks.processes import ROOT, layergraph, python, side_by_side

COUNTS = (100, 1_000, 10_000, 100_000)

LAYER = """\
layergraph: 1
inputs: {{x: {{shape: [8]}}}}
layers:
  steps: {{type: Dense, from: x, repeat: {repeat}, units: 8}}
outputs: {{y: {{from: steps}}}}
"""

BLOCK = """\
layergraph: 1
blocks:
  step:
    params: {{units: 8, first: false}}
    inputs: [x]
    layers:
      project: {{when: "${{first}}", type: Dense, from: x, units: "${{units}}"}}
      wide: {{type: Dense, from: x, units: "${{2 * units}}", activation: relu}}
      norm: {{type: BatchNormalization, from: wide}}
      narrow: {{type: Dense, from: norm, units: "${{units}}"}}
    merges:
      add: {{type: Add, from: [project, narrow]}}
    outputs: add
inputs: {{x: {{shape: [8]}}}}
layers:
  steps: {{block: step, from: x, repeat: {repeat}, first: "${{i == 1}}"}}
outputs: {{y: {{from: steps}}}}
"""

FORMS = {
    "a layer, repeated": (LAYER, 1),
    "a block of four nodes with expressions and a merge, repeated": (BLOCK, 4),
}

LEVELS = 40
DOUBLING = "".join(
    f"  b{level}: {{inputs: [x], layers: {{l: {{block: b{level - 1}, from: x}}, "
    f"r: {{block: b{level - 1}, from: l}}}}, outputs: r}}\n"
    for level in range(1, LEVELS + 1)
)
BOMBS = {
    f"blocks that double, {LEVELS} levels": f"""\
layergraph: 1
blocks:
  b0: {{inputs: [x], layers: {{d: {{type: Dense, from: x, units: 1}}}}, outputs: d}}
{DOUBLING}inputs: {{x: {{shape: [1]}}}}
layers: {{b: {{block: b{LEVELS}, from: x}}}}
outputs: {{y: {{from: b}}}}
""",
    "a layer, repeat: 1000000000": LAYER.format(repeat=10**9),
    "a block, repeat: 1000000000": BLOCK.format(repeat=10**9),
}

IN_PROCESS = """\
import gc, time
import layergraph as lg
gc.disable()  # as the command does
for _ in range({runs} + 1):
    start = time.process_time()
    report = lg.validate({path!r})
    print(time.process_time() - start, *(d.code.id for d in report.diagnostics))
"""


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        for number, (name, (text, size)) in enumerate(FORMS.items()):
            _grow(name, text, size, Path(folder) / str(number))
        _bombs(Path(folder))


def _grow(name: str, text: str, size: int, folder: Path) -> None:
    """Nodes a second: by the processor's time in a process that has run it once, and by the clock.

    The clock counts what else the machine does, and the command's start.
    """
    folder.mkdir()
    print(f"{name}: nodes a second, medians")
    print(f"{'nodes':>9} {'lg.validate':>13} {'the command':>13} {'memory':>12}")
    print(f"{'':>9} {'processor':>13} {'clock':>13}")
    rates: list[float] = []
    for count in COUNTS:
        path = folder / f"{count}.yaml"
        path.write_text(text.format(repeat=count // size))
        runs = 3 if count >= 10_000 else 5
        seconds, _ = _in_process(path, runs)
        (process,) = side_by_side(
            {"": layergraph("validate", str(path))}, runs=1 if count > 10_000 else 3
        ).values()
        rates.append(count / seconds)
        print(
            f"{count:>9,} {rates[-1]:>13,.0f} {count / process.seconds:>13,.0f} "
            f"{process.mebibytes:>8.0f} MiB"
        )
    ratio = rates[0] / rates[-1]
    print(f"processor time a node, the last / the first: {ratio:.2f}   (bar: at most 2)\n")


def _bombs(folder: Path) -> None:
    print("what no limit lets through: processor time of lg.validate, peak memory")
    for name, text in {"one node": LAYER.format(repeat=1), **BOMBS}.items():
        path = folder / "bomb.yaml"
        path.write_text(text)
        seconds, said = _in_process(path, runs=7)
        command = f"from layergraph.pipeline import validate; validate({str(path)!r})"
        (process,) = side_by_side({"": python(command)}, runs=3).values()
        print(f"{name:<32} {seconds * 1000:7.1f} ms {process.mebibytes:6.0f} MiB   {said}")


def _in_process(path: Path, runs: int) -> tuple[float, str]:
    """The median of all runs but the first, which imports; and the codes of the diagnostics."""
    command = python(IN_PROCESS.format(runs=runs, path=str(path)))
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    lines = [line.split(maxsplit=1) for line in done.stdout.splitlines()]
    return statistics.median(float(line[0]) for line in lines[1:]), " ".join(lines[-1][1:])


if __name__ == "__main__":
    main()
