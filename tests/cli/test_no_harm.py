"""What `validate` asks of the system, as an audit hook sees it: to read files, and no more."""

from pathlib import Path

import pytest

from tests.processes import run_python

ROOT = Path(__file__).parents[2]
WATCHED = """
import os
import sys
from pathlib import Path

ALLOWED = tuple(map(os.path.realpath, [sys.prefix, sys.base_prefix, *sys.path[1:], *sys.argv[1:]]))
REFUSED = ("socket.", "subprocess.", "os.system", "os.exec", "os.fork", "os.posix_spawn", "pty.",
           "os.remove", "os.rename", "os.mkdir", "os.rmdir", "shutil.", "tempfile.", "urllib.",
           "ctypes.dlopen", "webbrowser.", "os.putenv", "exec.foreign")


def watch(event, arguments):
    if event.startswith(REFUSED):
        report(event, arguments)
    if event == "open" and arguments[0] is not None and not isinstance(arguments[0], int):
        path, mode, flags = arguments
        writes = (mode and set(mode) & set("wax+")) or (flags or 0) & (os.O_WRONLY | os.O_RDWR)
        if writes or not os.path.realpath(os.fsdecode(path)).startswith(ALLOWED):
            report(event, arguments)
    if event == "import" and arguments[0].split(".")[0] in ("mypackage", "keras", "tensorflow"):
        report(event, arguments)


def report(event, arguments):
    os.write(2, f"{event} {arguments}\\n".encode())
    os._exit(9)


sys.dont_write_bytecode = True
from layergraph.pipeline import validate
files = [file for folder in sys.argv[1:] for file in sorted(Path(folder).rglob("*.yaml"))]
validate(files[0])
sys.addaudithook(watch)
for file in files:
    validate(file)
print(len(files))
"""


def test_validate_reads_files_of_the_project_and_does_nothing_else():
    folders = [str(ROOT / folder) for folder in ("graphs", "tests/corpus/valid")]
    assert int(run_python(WATCHED, *folders)) > 60


def test_the_hook_sees_what_it_is_for(tmp_path):
    graph = "layergraph: 1\ninputs: {x: {shape: [4]}}\noutputs: {y: {from: x}}\n"
    (tmp_path / "graph.yaml").write_text(graph)
    for deed in ("open('x', 'w')", "__import__('keras')", "__import__('socket').socket()"):
        code = WATCHED.replace("for file in files:", f"{deed}\nfor file in files:")
        with pytest.raises(AssertionError, match="ended with 9"):
            run_python(code, ".", cwd=tmp_path)
