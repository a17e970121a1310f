"""Write the expected reports anew: `python -m tests.corpus.update [NAME…]`.

Nothing is right because the program says it: read the difference before you commit it. Is the
place exact, is there one error for one mistake, does the message stand alone, does the help say
what to do?
"""

from __future__ import annotations

import sys

from tests.corpus.reports import INVALID, graph_files, report_on


def update(names: list[str]) -> list[str]:
    """Write the reports on the files whose names hold one of `names`, or on all of them.

    Returns:
        The names of the reports that are not what they were.
    """
    changed = []
    for file in graph_files(INVALID):
        if names and not any(name in file.name for name in names):
            continue
        expected = file.with_suffix(".json")
        report = report_on(file)
        if not expected.exists() or expected.read_text(encoding="utf-8") != report:
            expected.write_text(report, encoding="utf-8")
            changed.append(expected.name)
    return changed


def remove_orphans() -> list[str]:
    """Remove the reports whose graph files are gone, and return their names."""
    orphans = [r for r in INVALID.glob("*.json") if not r.with_suffix(".yaml").exists()]
    for orphan in orphans:
        orphan.unlink()
    return sorted(orphan.name for orphan in orphans)


if __name__ == "__main__":
    for name in update(sys.argv[1:]):
        print("changed", name)
    for name in remove_orphans():
        print("removed", name)
