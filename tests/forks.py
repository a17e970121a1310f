"""Fresh processes that need not wait for TensorFlow.

To import TensorFlow takes longer than most that is done with it. A process that has imported it,
and has done nothing else, is forked for each program: what runs there leans on nothing that a test
or another program has loaded or changed.
"""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

from tests.quiet import QUIET

_FORKS = """
import json, os, sys
for name in sys.argv[1:]:
    __import__(name)

def become(job):
    os.chdir(job["folder"])
    os.environ.clear()
    os.environ.update(job["environment"])
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        flags = os.O_RDONLY if number == 0 else os.O_WRONLY
        os.dup2(os.open(job[name], flags), number)
    sys.argv = job["arguments"]
    given = os.environ.get("PYTHONPATH", "").split(os.pathsep)
    sys.path[:1] = [job["path"], *(path for path in given if path and path not in sys.path)]
    exec(compile(job["code"], "<program>", "exec"), {"__name__": "__main__"})

def end(job):
    status = 1
    try:
        become(job)
        status = 0
    except SystemExit as stop:
        status = stop.code if isinstance(stop.code, int) else int(stop.code is not None)
    except BaseException:
        import traceback
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)

for line in sys.stdin:
    child = os.fork()
    if not child:
        end(json.loads(line))
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""


@cache
def _process(*modules: str) -> subprocess.Popen[str]:
    started = subprocess.Popen(
        [sys.executable, "-c", _FORKS, *modules],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | QUIET,
    )
    atexit.register(started.kill)
    return started


def run_forked(
    code: str,
    *arguments: str,
    modules: tuple[str, ...],
    path: str = "",
    cwd: Path | None = None,
    **environment: str,
) -> subprocess.CompletedProcess[str]:
    """Run a program in a fork of a process that has imported these modules.

    Args:
        code: the program; `arguments` are the whole of its `sys.argv`.
        modules: what is imported already.
        path: where Python looks for modules first, as the folder of a script.
        cwd: where it runs.
        environment: further variables of its environment.
    """
    process = _process(*modules)
    assert process.stdin is not None
    assert process.stdout is not None
    with tempfile.TemporaryDirectory() as scratch:
        out, err = Path(scratch, "out"), Path(scratch, "err")
        out.touch()
        err.touch()
        job = {
            "code": code,
            "arguments": arguments,
            "path": path,
            "folder": str(cwd or Path.cwd()),
            "environment": os.environ | QUIET | environment,
            "stdin": os.devnull,
            "stdout": str(out),
            "stderr": str(err),
        }
        process.stdin.write(json.dumps(job) + "\n")
        process.stdin.flush()
        status = int(process.stdout.readline())
        return subprocess.CompletedProcess(
            arguments, status, out.read_text(encoding="utf-8"), err.read_text(encoding="utf-8")
        )
