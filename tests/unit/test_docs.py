"""The documents: what they show is what happens.

Of a fenced block, the info string says what it is:

- ``yaml`` is a whole graph file, ``yaml fragment`` a part of one, or something that is wrong;
- ``python run`` is a program; with ``>>>`` it is an interactive session with its answers;
- in ``console`` blocks, a line ``$ layergraph …`` is run, and what stands under it is what it
  prints. A command that fails is followed by ``$ echo $?``. A line ``$ python …`` is run too.

``file=NAME`` saves a block under that name first. The blocks of a page are one session, in a folder
that holds what the root of the repository does.
"""

from __future__ import annotations

import re
import runpy
import shlex
import sys
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml

from layergraph.pipeline import validate
from tests.forks import run_forked
from tests.processes import run, run_layergraph, run_python

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", *sorted(DOCS.glob("*.md"))]
ALL_PAGES = [*sorted(ROOT.glob("*.md")), *sorted(DOCS.rglob("*.md"))]
INFO_STRINGS = {"", "console", "json", "python", "python run", "text", "yaml", "yaml fragment"}
NEEDS_TENSORFLOW = re.compile(
    r"\b(tensorflow|keras|compile|lg\.export)\b|\b(layergraph |lg\.)(train|evaluate|predict)\b"
)


class Block(NamedTuple):
    """A fenced block, and the line of the page that it begins at."""

    info: str
    file: str | None
    text: str
    line: int

    @property
    def is_slow(self):
        return NEEDS_TENSORFLOW.search(self.text) is not None


def blocks(page):
    found, lines = [], page.read_text(encoding="utf-8").splitlines()
    numbered = iter(enumerate(lines, start=1))
    for number, line in numbered:
        fence = re.fullmatch(r"( *)```(.*)", line)
        if fence is None:
            continue
        indent, info = fence.groups()
        text = []
        for _, inner in numbered:
            if inner.strip() == "```":
                break
            text.append(inner.removeprefix(indent))
        else:
            raise AssertionError(f"{page.name}:{number}: the block has no end")
        words = info.split()
        files = [word.removeprefix("file=") for word in words if word.startswith("file=")]
        kind = " ".join(word for word in words if not word.startswith("file="))
        found.append(Block(kind, next(iter(files), None), "\n".join([*text, ""]), number))
    return found


def of_kind(info):
    return [
        pytest.param(page, block, id=f"{page.stem}:{block.line}")
        for page in PAGES
        for block in blocks(page)
        if block.info == info
    ]


def name_of(page):
    return str(page.relative_to(ROOT))


@pytest.fixture
def root(tmp_path):
    for name in ("graphs", "docs"):
        (tmp_path / name).symlink_to(ROOT / name)
    return tmp_path


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_info_strings_are_those_that_are_tested(page):
    unknown = [(block.line, block.info) for block in blocks(page) if block.info not in INFO_STRINGS]
    assert not unknown


@pytest.mark.parametrize(("page", "block"), of_kind("yaml"))
def test_whole_graph_file_is_valid(page, block, tmp_path):
    for other in blocks(page):
        save(other, tmp_path)
    file = save(block._replace(file=block.file or "graph.yaml"), tmp_path)
    report = validate(file)
    assert report.diagnostics == ()
    assert report.graph is not None or "\ninputs:" not in block.text  # a file of blocks


def save(block, folder):
    """Write the text of a block under its name, if it has one."""
    if block.file is None:
        return None
    file = folder / block.file
    file.parent.mkdir(exist_ok=True)
    file.write_text(block.text, encoding="utf-8")
    return file


@pytest.mark.parametrize(("page", "block"), of_kind("yaml fragment"))
def test_fragment_is_yaml(page, block):
    assert yaml.safe_load(block.text) is not None


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_page_runs_without_tensorflow(page, root):
    run_page(page, root, slow=False)


@pytest.mark.slow
@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_page_runs_with_tensorflow(page, root):
    run_page(page, root, slow=True)


def run_page(page, root, slow):
    for block in blocks(page):
        save(block, root)
        if block.is_slow is not slow:
            continue
        if block.info == "console":
            run_console(block, page, root)
        elif block.info == "python run":
            run_program(block, page, root)


def run_program(block, page, root):
    is_session = block.text.startswith(">>> ")
    program = root / f"line-{block.line}.{'txt' if is_session else 'py'}"
    program.write_text(block.text, encoding="utf-8")
    how = ["-m", "doctest"] if is_session else []
    if block.is_slow and not is_session:
        done = run_forked(block.text, program.name, modules=("keras", "tensorflow"), cwd=root)
    else:
        done = run([sys.executable, *how, program.name], cwd=root, check=False)
    said = f"{name_of(page)}:{block.line}\n{done.stdout}{done.stderr}"
    assert done.returncode == 0, said


def run_console(block, page, root):
    """Run the commands of ours, one after the other."""
    steps = re.split(r"^\$ ", block.text, flags=re.MULTILINE)
    assert not steps[0].strip(), f"{name_of(page)}:{block.line}: output without a command"
    status = 0
    for step in steps[1:]:
        command, _, printed = step.partition("\n")
        words = shlex.split(command, comments=True)
        if words[0] == "layergraph":
            assert status == 0, f"{name_of(page)}:{block.line}: show `$ echo $?` after a failure"
            done = run_layergraph(*words[1:], cwd=root, COLUMNS="80")
            status = done.returncode
            if printed.strip():
                assert (done.stdout + done.stderr).rstrip() == printed.rstrip()
        elif words[0] == "python":
            run([sys.executable, *words[1:]], cwd=root, check=True)
        elif words == ["echo", "$?"]:
            assert printed.strip() == str(status)
            status = 0
    assert status == 0, f"{name_of(page)}:{block.line}: show `$ echo $?` after a failure"


@pytest.mark.parametrize("page", ALL_PAGES, ids=name_of)
def test_links_lead_somewhere(page):
    text = without_blocks(page)
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        file = page.parent / path if path else page
        assert file.exists(), target
        if anchor:
            assert anchor in anchors(file), target


def without_blocks(page):
    text = page.read_text(encoding="utf-8")
    return re.sub(r"^ *```.*?^ *```$", "", text, flags=re.MULTILINE | re.DOTALL)


def anchors(page):
    text = without_blocks(page)
    headings = re.findall(r"^#+ (.*)$", text, flags=re.MULTILINE)
    slugs = [re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings]
    counts = dict.fromkeys(slugs, 0)
    found = set()
    for slug in slugs:
        found.add(f"{slug}-{counts[slug]}" if counts[slug] else slug)
        counts[slug] += 1
    return found


def test_the_catalogue_of_layers_is_up_to_date():
    page = runpy.run_path(str(DOCS / "generate_layers.py"))["page"]
    written = (DOCS / "layers.md").read_text(encoding="utf-8")
    assert written == page(), "run `python docs/generate_layers.py`"


@pytest.mark.slow
def test_the_page_of_mistakes_is_up_to_date():
    code = "import runpy, sys; print(runpy.run_path(sys.argv[1])['page'](), end='')"
    said = run_python(code, str(DOCS / "generate_mistakes.py"))
    written = (DOCS / "mistakes.md").read_text(encoding="utf-8")
    assert written == said, "run `python docs/generate_mistakes.py`"
    assert not re.search(r"0x[0-9a-f]{6}|site-packages|/home/|/tmp/|/root/", written)


def test_the_gallery_is_up_to_date():
    generate = runpy.run_path(str(DOCS / "generate_gallery.py"))
    written = (DOCS / "gallery.md").read_text(encoding="utf-8")
    for row in generate["gallery"]():
        known = row.cells("…", "…").split(" | ")
        (line,) = [line for line in written.splitlines() if line.startswith(f"{known[0]} | ")]
        cells = line.split(" | ")
        assert cells[:3] + cells[4:6] == known[:3] + known[4:6], (
            "run `python docs/generate_gallery.py`"
        )
