"""`compile` of each gallery file, beside the same model written by hand and `model.export`.

python -m benchmarks.compiling
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from benchmarks.processes import ROOT, layergraph, python, side_by_side


def main() -> None:
    print(f"{'graph':<20} {'by hand':>9} {'compile':>9}   ratio (bar: at most 1)")
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out"
        for path in sorted((ROOT / "graphs").glob("*.yaml")):
            by_hand = (
                f"from tests.parity.twins import TWINS; TWINS[{path.stem!r}]().export({str(out)!r})"
            )
            commands = {
                "by hand": python(by_hand),
                "compile": layergraph("compile", str(path), "-o", str(out)),
            }
            found = side_by_side(
                commands, runs=3, before=lambda: shutil.rmtree(out, ignore_errors=True)
            )
            hand, ours = found["by hand"].seconds, found["compile"].seconds
            print(f"{path.stem:<20} {hand:7.2f} s {ours:7.2f} s   {ours / hand:.2f}")


if __name__ == "__main__":
    main()
