"""A graph file at a revision of git, with what it imports there.

Nothing is checked out, and nothing is written into the repository: what is needed is read as git
stores it, and laid out in a folder that goes again.
"""

from __future__ import annotations

import os
import posixpath
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import click

from layergraph.cli.options import Reading
from layergraph.diagnostics import Diagnostics, Source
from layergraph.expand.files import ROOT_MARKS
from layergraph.graph.graph import Graph
from layergraph.pipeline import load
from layergraph.syntax.limits import Limits
from layergraph.syntax.reader import parse
from layergraph.syntax.tree import plain

_QUIET = {"GIT_NO_LAZY_FETCH": "1", "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0"}
"""What keeps git from the network, from the index, and from asking."""

_LINK = "120000"
_MOST_LINKS = 40


class Revisions:
    """One file at two points of a history.

    Args:
        text: the revision that it is compared with itself on the disk at; `A..B` for two, and
            `A...B` for B and where it left A.
        path: the file.
        reading: how graph files are read.
    """

    def __init__(self, text: str, path: str, reading: Reading) -> None:
        self._path = path
        self._reading = reading
        full = Path(os.path.abspath(path))  # noqa: PTH100  `..` goes as the shell has it
        folder = next(parent for parent in full.parents if parent.is_dir())
        self._repository = _Repository(folder)
        self._name = self._repository.prefix + full.relative_to(folder).as_posix()
        self._old, self._new = self._parsed(text)

    def _parsed(self, text: str) -> tuple[str, str | None]:
        old, dots, new = text.partition("..")
        if not dots:
            return text, None
        if new.startswith("."):
            return self._repository.base(old or "HEAD", new[1:] or "HEAD"), new[1:] or "HEAD"
        return old or "HEAD", new or "HEAD"

    def both(self) -> tuple[Callable[[], Graph | None], Callable[[], Graph | None]]:
        """What reads the older and the newer graph: None where the file is not there.

        Raises:
            UsageError: where it is at neither place, or git knows no such revision.
        """
        old = self._repository.snapshot(self._old)
        new = self._repository.snapshot(self._new) if self._new is not None else None
        is_new_there = new.has(self._name) if new else Path(self._path).exists()
        if not (old.has(self._name) or is_new_there):
            where = f"in {self._new}" if self._new is not None else "on the disk"
            raise click.UsageError(f"'{self._path}' is neither in {self._old} nor {where}")
        return (
            lambda: self._at(old, self._old),
            lambda: self._at(new, self._new or "") if new else self._on_disk(),
        )

    def _on_disk(self) -> Graph | None:
        if not Path(self._path).exists():
            return None
        return load(self._path, params=self._reading.params, limits=self._reading.limits)

    def _at(self, snapshot: _Snapshot, revision: str) -> Graph | None:
        if not snapshot.has(self._name):
            return None
        with tempfile.TemporaryDirectory(prefix="layergraph-") as folder:
            snapshot.lay_out(self._name, Path(folder), self._reading.limits)
            shown = Path(os.path.relpath(self._path)).as_posix()
            return load(
                Path(folder) / self._name,
                params=self._reading.params,
                limits=self._reading.limits,
                shown_as=f"{revision}:{shown if shown.startswith('..') else f'./{shown}'}",
            )


class _Entry(NamedTuple):
    """What a revision has at a path."""

    mode: str
    hash: str
    size: int


class _Repository:
    """The repository that a folder is in; `prefix` leads from its root to the folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        try:
            self.prefix = self.git("rev-parse", "--show-prefix").decode().rstrip("\n")
        except subprocess.CalledProcessError as error:
            said = error.stderr.decode(errors="replace").strip()
            raise click.UsageError(f"git cannot tell what '{folder}' was: {said}") from None
        except FileNotFoundError:
            raise click.UsageError("--git needs the program git, which is not there") from None

    def git(self, *arguments: str) -> bytes:
        """What git says.

        Raises:
            CalledProcessError: where it fails.
        """
        return subprocess.run(  # noqa: S603  the program is git, and no shell is asked
            ["git", *arguments],  # noqa: S607  whichever git the person has
            cwd=self._folder,
            env=os.environ | _QUIET,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=True,
        ).stdout

    def commit(self, revision: str) -> str:
        """The hash of a revision's commit.

        Raises:
            UsageError: where there is none.
        """
        try:
            found = self.git(
                *("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
            )
        except (subprocess.CalledProcessError, ValueError):
            raise click.UsageError(f"git knows no revision '{revision}'") from None
        return found.decode().strip()

    def base(self, one: str, other: str) -> str:
        """The commit at which two revisions parted.

        Raises:
            UsageError: where they have nothing in common.
        """
        try:
            found = self.git("merge-base", self.commit(one), self.commit(other))
        except subprocess.CalledProcessError:
            raise click.UsageError(f"'{one}' and '{other}' have no commit in common") from None
        return found.decode().strip()[:12]

    def snapshot(self, revision: str) -> _Snapshot:
        """The files of a revision."""
        listed = self.git("ls-tree", "-r", "-l", "-z", "--full-tree", self.commit(revision))
        entries: dict[str, _Entry] = {}
        for line in listed.decode(errors="surrogateescape").split("\0"):
            facts, tab, name = line.partition("\t")
            if tab:
                mode, kind, hash, size = facts.split()
                if kind == "blob":
                    entries[name] = _Entry(mode, hash, int(size))
        return _Snapshot(self, entries)


class _Snapshot:
    """The files of a revision by their paths from the root."""

    def __init__(self, repository: _Repository, entries: dict[str, _Entry]) -> None:
        self._repository = repository
        self._entries = entries

    def has(self, name: str) -> bool:
        """Whether there is a file of a name."""
        return name in self._entries

    def lay_out(self, name: str, folder: Path, limits: Limits) -> None:
        """Write a graph file into a folder, what it imports, and what marks its project."""
        (folder / ".git").touch()
        for parent in Path(name).parents:
            for mark in ROOT_MARKS:
                if self.has((parent / mark).as_posix()):
                    (folder / parent).mkdir(parents=True, exist_ok=True)
                    (folder / parent / mark).touch()
        waiting, seen = [name], set()
        while waiting:
            real = self._followed(waiting.pop(), folder)
            if real is None or real in seen:
                continue
            seen.add(real)
            text = self._written(self._entries[real], folder / real, limits)
            directory = posixpath.dirname(real)
            waiting += [posixpath.join(directory, given) for given in _imports(text, limits)]

    def _followed(self, name: str, folder: Path) -> str | None:
        """The path behind links, which are laid out as well; None where no file is behind it."""
        for _ in range(_MOST_LINKS):
            name = posixpath.normpath(name)
            steps = name.split("/")
            starts = ("/".join(steps[:end]) for end in range(1, len(steps) + 1))
            link = next((s for s in starts if s in self._entries and self._is_link(s)), None)
            if link is None:
                return name if name in self._entries else None
            target = self._content(self._entries[link]).decode(errors="surrogateescape")
            behind = posixpath.normpath(posixpath.join(posixpath.dirname(link), target))
            if target.startswith("/") or behind.startswith(".."):
                return None
            at = folder / link
            at.parent.mkdir(parents=True, exist_ok=True)
            if not at.is_symlink():
                at.symlink_to(target)
            name = behind + name[len(link) :]
        return None

    def _is_link(self, name: str) -> bool:
        return self._entries[name].mode == _LINK

    def _content(self, entry: _Entry) -> bytes:
        return self._repository.git("cat-file", "blob", entry.hash)

    def _written(self, entry: _Entry, path: Path, limits: Limits) -> str:
        """Write a file, and give its text; of one that is too large, only the size matters."""
        path.parent.mkdir(parents=True, exist_ok=True)
        if entry.size > limits.file_bytes:
            with path.open("wb") as file:
                file.truncate(entry.size)
            return ""
        data = self._content(entry)
        path.write_bytes(data)
        return data.decode("utf-8-sig", errors="replace")


def _imports(text: str, limits: Limits) -> list[str]:
    """The paths that a file imports, as it writes them."""
    tree = parse(Source("", text), Diagnostics(), limits)
    found = plain(tree) if tree is not None else None
    imports = found.get("imports") if isinstance(found, dict) else None
    return (
        [path for path in imports.values() if isinstance(path, str)]
        if isinstance(imports, dict)
        else []
    )
