"""What `make demo` runs, with its figures."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from tests.processes import run, run_layergraph

MAKEFILE = Path("Makefile").read_text()


def recipe() -> list[str]:
    """The commands of `make demo`, with the demo's folder still in them."""
    lines = MAKEFILE.split("demo: $(READY)\n")[1].split("\n\n")[0].splitlines()
    return [line.strip().replace(" $(QUIETLY)", "") for line in lines]


@pytest.mark.slow
def test_the_demo_answers_by_name_and_reaches_its_accuracy(tmp_path):
    said = ""
    for line in recipe():
        program, *arguments = line.replace("build/", f"{tmp_path}/").split()
        if program == "$(BIN)/layergraph":
            done = run_layergraph(*arguments)
        elif program == "$(BIN)/python":
            done = run([sys.executable, *arguments], cwd=None, check=True)
        else:
            assert (program, arguments) == ("mkdir", ["-p", "build"])
            continue
        assert done.returncode == 0, done.stderr
        said += done.stdout
    assert re.search(r"answer: number \d+ of 500, probability 0\.\d+", said)
    assert "held_out.npz: 359 rows" in said
    *_, accuracy = re.findall(r"^digit_accuracy +(\S+)$", said, re.MULTILINE)  # of what is held out
    assert float(accuracy) > 0.97
