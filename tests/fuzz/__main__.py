"""Fuzz by hand, for as long as one likes.

python -m tests.fuzz grammar 20   # minutes; files drawn from the language's grammar
python -m tests.fuzz bytes 20     # any bytes, led by which lines of layergraph they reach

`bytes` needs the dependency group `fuzz`. Files that fail are kept in `build/fuzz`.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path
from random import Random

KEPT = Path("build/fuzz")
ROOT = Path(__file__).parents[2]
WRECKS = 10
"""Files made of each that is drawn: to draw one takes longer than to check several."""

SEEDS = ("graphs", "tests/corpus/valid", "tests/corpus/invalid")


def main() -> None:
    """Read the command line, and fuzz."""
    if len(sys.argv) != 3 or sys.argv[1] not in RUNS or not sys.argv[2].isdecimal():
        sys.exit(f"usage: python -m tests.fuzz {'|'.join(RUNS)} MINUTES")
    with tempfile.TemporaryDirectory() as scratch:
        RUNS[sys.argv[1]](int(sys.argv[2]) * 60, Path(scratch))


def _grammar(seconds: int, scratch: Path) -> None:
    from hypothesis import HealthCheck, Phase, given, settings

    from tests.fuzz.findings import Findings
    from tests.fuzz.grammar import graphs, libraries, texts, wrecked

    findings = Findings(KEPT, scratch)
    random = Random()
    seeds = _seeds()

    @given(texts(graphs), texts(libraries))
    @settings(
        max_examples=500,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def draw(graph: bytes, library: bytes) -> None:
        findings.check({"graph.yaml": graph, "library.yaml": library})
        for _ in range(WRECKS):
            findings.check({"graph.yaml": wrecked(graph, random), "library.yaml": library})
            whole = random.choice(seeds).read_bytes()
            findings.check({"graph.yaml": wrecked(whole, random), "library.yaml": library})
        if time.monotonic() > end:
            raise KeyboardInterrupt

    end = time.monotonic() + seconds
    try:
        while True:  # a fresh start now and then, as Hypothesis remembers what it drew
            draw()
    except KeyboardInterrupt:
        print(findings.summary())
    sys.exit(bool(findings.failures))


def _bytes(seconds: int, scratch: Path) -> None:
    import atheris

    with atheris.instrument_imports(include=["layergraph"]):
        from tests.fuzz.findings import Findings

    findings = Findings(KEPT, scratch)
    seeds = scratch / "seeds"
    seeds.mkdir()
    for number, file in enumerate(_seeds()):
        (seeds / f"{number}.yaml").write_bytes(file.read_bytes())

    end = time.monotonic() + seconds

    def one_input(data: bytes) -> None:
        if time.monotonic() > end:  # its own limit of time would end the process without a word
            print(findings.summary(), flush=True)
            os._exit(bool(findings.failures))
        findings.check({"graph.yaml": data})

    atheris.Setup([sys.argv[0], "-max_len=8192", "-verbosity=0", str(seeds)], one_input)
    atheris.Fuzz()


def _seeds() -> list[Path]:
    return [file for folder in SEEDS for file in sorted((ROOT / folder).rglob("*.yaml"))]


RUNS = {"grammar": _grammar, "bytes": _bytes}

if __name__ == "__main__":
    main()
