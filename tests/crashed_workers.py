"""Tests during which a worker of pytest-xdist died: they are run again, in a process of their own.

TensorFlow aborts a process now and then, in a kernel that works when it is called again: the heap
of a worker that has traced thousands of graphs is not always what it was. A test that ends its
process by its own doing does so again when it is alone, and the run is red; so it is where anything
else failed, or where workers died more often than a few times.
"""

from __future__ import annotations

import subprocess
import sys

import pytest

MOST = 3
_crashed: list[str] = []


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Take down what a worker was running when it died."""
    if report.failed and f"crashed while running '{report.nodeid}'" in str(report.longrepr):
        _crashed.append(report.nodeid)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Run the tests again, and let the run pass where they do and nothing else had failed."""
    if not _crashed or len(_crashed) > MOST or session.testsfailed != len(_crashed):
        return
    command = [sys.executable, "-X", "faulthandler", "-m", "pytest", "-v", *_crashed]
    if subprocess.run(command, check=False, cwd=session.config.rootpath).returncode == 0:
        session.exitstatus = pytest.ExitCode.OK
