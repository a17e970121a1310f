"""`layergraph fmt`, as a person, an editor and a hook run it."""

from __future__ import annotations

import subprocess

import pytest

from tests.processes import LAYERGRAPH, run_layergraph, run_python

CANONICAL = """\
layergraph: 1
inputs: {x: {shape: [4]}}  # é
outputs: {y: {from: x, task: regression}}
"""
LOOSE = CANONICAL.replace("from: x, task: regression", " task: regression, from: 'x' ")
DIFF = """\
--- a/loose.yaml
+++ b/loose.yaml
@@ -1,3 +1,3 @@
 layergraph: 1
 inputs: {x: {shape: [4]}}  # é
-outputs: {y: { task: regression, from: 'x' }}
+outputs: {y: {from: x, task: regression}}
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "right.yaml").write_text(CANONICAL, encoding="utf-8")
    (tmp_path / "loose.yaml").write_text(LOOSE, encoding="utf-8")
    return tmp_path


def fmt(folder, *arguments):
    done = run_layergraph("fmt", *arguments, cwd=folder)
    return done.returncode, done.stdout, done.stderr


def text_of(folder, name="loose.yaml"):
    return (folder / name).read_text(encoding="utf-8")


def from_stdin(text, *arguments):
    command = [LAYERGRAPH, "fmt", *arguments, "-"]
    done = subprocess.run(command, input=text.encode(), capture_output=True, check=False)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def test_a_folder_is_formatted_once(folder):
    said = "formatted loose.yaml\n1 file formatted, 1 file left as it is\n"
    assert fmt(folder, ".") == (0, said, "")
    assert text_of(folder) == CANONICAL
    assert fmt(folder, ".") == (0, "2 files left as they are\n", "")
    assert {file.name for file in folder.iterdir()} == {"loose.yaml", "right.yaml"}


def test_check_writes_nothing_and_fails(folder):
    said = "would format loose.yaml\n1 file would be formatted, 1 file left as it is\n"
    assert fmt(folder, "--check", ".") == (1, said, "")
    assert fmt(folder, "--check", "--quiet", ".") == (1, "", "")
    assert text_of(folder) == LOOSE
    assert fmt(folder, "--check", "right.yaml") == (0, "1 file left as it is\n", "")


def test_diff_writes_nothing(folder):
    counted = "1 file would be formatted, 1 file left as it is\n"
    assert fmt(folder, "--diff", ".") == (0, DIFF, counted)
    assert fmt(folder, "--diff", "--check", "-q", ".") == (1, DIFF, "")
    assert text_of(folder) == LOOSE


def test_the_diff_is_a_patch(folder):
    (folder / "loose.yaml").write_bytes(LOOSE.rstrip().encode())
    _, patch, _ = fmt(folder, "--diff", "--quiet", "loose.yaml")
    subprocess.run(["git", "apply", "-p1"], input=patch.encode(), cwd=folder, check=True)
    assert text_of(folder) == CANONICAL


def test_a_file_with_errors_is_left_alone_and_the_others_are_formatted(folder):
    (folder / "broken.yaml").write_text("layergraph: [")
    status, out, err = fmt(folder, "-q", ".")
    assert (status, out) == (1, "")
    assert err.startswith("error[LG003]: `[` is not closed\n --> broken.yaml:1:14\n")
    assert text_of(folder, "broken.yaml") == "layergraph: ["
    assert text_of(folder) == CANONICAL


def test_permissions_stay_and_a_link_is_written_through(folder):
    (folder / "loose.yaml").chmod(0o640)
    (folder / "link.yaml").symlink_to("loose.yaml")
    assert fmt(folder, "-q", "link.yaml") == (0, "", "")
    assert (folder / "link.yaml").is_symlink()
    assert text_of(folder) == CANONICAL
    assert (folder / "loose.yaml").stat().st_mode & 0o777 == 0o640


def test_a_byte_order_mark_goes(folder):
    (folder / "loose.yaml").write_bytes(b"\xef\xbb\xbf" + CANONICAL.encode())
    assert fmt(folder, "--check", "-q", "loose.yaml")[0] == 1
    assert fmt(folder, "-q", "loose.yaml")[0] == 0
    assert (folder / "loose.yaml").read_bytes() == CANONICAL.encode()


def test_stdin():
    assert from_stdin(LOOSE) == (0, CANONICAL, "")
    assert from_stdin(LOOSE.replace("\n", "\r\n")) == (0, CANONICAL.replace("\n", "\r\n"), "")
    assert from_stdin(LOOSE, "--check") == (1, "", "")
    assert from_stdin(LOOSE, "--diff") == (0, DIFF.replace("loose.yaml", "<stdin>"), "")
    status, out, err = from_stdin("a: [")
    assert (status, out) == (1, "")
    assert "<stdin>:1:5" in err
    status, out, err = from_stdin(LOOSE, "--max-bytes", "20")
    assert (status, out) == (1, "")
    assert "error[LG004]: `<stdin>` is larger than 20 bytes" in err


def test_wrong_use(folder):
    assert fmt(folder)[0] == 2
    assert fmt(folder, "-", "right.yaml")[0] == 2


def test_neither_keras_nor_pydantic_is_imported(folder):
    code = (
        "import sys\nfrom layergraph.cli.fmt import command\n"
        "command(['--quiet', 'loose.yaml'], standalone_mode=False)\n"
        "print({'keras', 'tensorflow', 'numpy', 'pydantic', 'networkx'} & set(sys.modules))"
    )
    assert run_python(code, cwd=folder) == "set()\n"
    assert text_of(folder) == CANONICAL
