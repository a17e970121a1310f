"""Imports: the files that a file names, read once each, and only from inside the project."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

from layergraph.diagnostics import Diagnostics, codes, nearest
from layergraph.diagnostics.values import cut, shown
from layergraph.expand.expressions import holds_expression
from layergraph.spec.graph_spec import FileSpec
from layergraph.spec.place import Place
from layergraph.spec.reading import read_spec
from layergraph.syntax.limits import Limits
from layergraph.syntax.reader import NOTHING_UNSAVED, Contents, read_file
from layergraph.syntax.tree import Spoiled, plain

ROOT_MARKS = ("pyproject.toml", ".git")
MOST_FILES = 1_000


class LoadedFile(NamedTuple):
    """A file with the files that it imports; one that cannot be read is None."""

    spec: FileSpec
    imports: dict[str, LoadedFile | None]


class Files:
    """Reads the imports of a graph file.

    Args:
        path: the graph file.
        diagnostics: where what is wrong with an import is reported.
        limits: how large a file may be.
        unsaved: contents of files that are read instead of what is on the disk.
    """

    def __init__(
        self,
        path: Path,
        diagnostics: Diagnostics,
        limits: Limits,
        unsaved: Contents = NOTHING_UNSAVED,
    ) -> None:
        self._root = project_root(path)
        self._diagnostics = diagnostics
        self._limits = limits
        self._unsaved = unsaved
        self._loaded: dict[Path, LoadedFile | None] = {}
        self._path = path
        self._open: list[tuple[Path, str]] = [(path.resolve(), path.name)]

    def load(self, spec: FileSpec) -> LoadedFile:
        """The graph file with its imports, and theirs."""
        return self._load(spec, self._path)

    def _load(self, spec: FileSpec, path: Path) -> LoadedFile:
        imports = {
            alias: self._imported(alias, place, path, spec.source.name)
            for alias, place in spec.imports.items()
        }
        return LoadedFile(spec, imports)

    def _imported(self, alias: str, at: Place, importer: Path, shown_as: str) -> LoadedFile | None:
        if isinstance(at.tree, Spoiled):
            return None
        given = plain(at.tree)
        if not isinstance(given, str):
            help = f"write `{alias}: path/to/file.yaml`"
            self._refuse(at, f"import `{alias}` must be a path, not {shown(given)}", help)
            return None
        path = importer.parent / given
        problem = self._problem(given, path)
        if problem is not None:
            self._refuse(at, f"import `{alias}` {problem[0]}", problem[1])
            return None
        real = path.resolve()
        if any(real == other for other, _ in self._open):
            self._report_cycle(alias, at, real, Path(given).name)
            return None
        if real not in self._loaded:
            if len(self._loaded) >= MOST_FILES:
                self._refuse(at, f"more than {MOST_FILES:,} files are imported", None)
                return None
            name = os.path.normpath(Path(shown_as).parent / given)
            self._open.append((real, Path(given).name))
            self._loaded[real] = self._read(path, Path(name).as_posix())
            self._open.pop()
        return self._loaded[real]

    def _read(self, path: Path, shown_as: str) -> LoadedFile | None:
        tree = read_file(path, self._diagnostics, self._limits, shown_as, self._unsaved)
        spec = read_spec(tree, self._diagnostics) if tree is not None else None
        return self._load(spec, path) if spec is not None else None

    def _problem(self, given: str, path: Path) -> tuple[str, str | None] | None:
        """What keeps a path from being imported, as a predicate and a help."""
        if not given or "\0" in given or "\\" in given:
            return (
                f"is {shown(given)}, which is no path",
                "write it with `/`, from this file's folder",
            )
        if holds_expression(given):
            return f"is `{given}`, an expression", "write the path itself: imports have no params"
        if Path(given).is_absolute() or given.startswith("~") or given[1:2] == ":":
            return f"is the absolute path `{given}`", "write it from this file's folder"
        lexical = Path(os.path.normpath(path.absolute()))
        if not lexical.is_relative_to(self._root):
            return f"leads out of the project: `{given}`", self._help_about_the_root()
        try:
            return self._problem_of_what_is_there(given, path)
        except (OSError, RuntimeError) as error:  # too long, not to be read, links in a circle
            reason = error.strerror if isinstance(error, OSError) else None
            return f"is `{cut(given)}`: {(reason or str(error)).lower()}", None

    def _problem_of_what_is_there(self, given: str, path: Path) -> tuple[str, str | None] | None:
        real = Path(os.path.realpath(path))  # before anything is asked of what is there
        if not real.is_relative_to(self._root.resolve()):
            return f"is a link out of the project: `{given}`", "import the file itself"
        if not path.exists():
            return f"is `{given}`, which does not exist", _nearest_file(given, path)
        if path.is_dir():
            return f"is the folder `{given}`", "name a file in it"
        if not path.is_file():
            return f"is `{given}`, which is no file", None
        return None

    def _help_about_the_root(self) -> str:
        name = self._root.name or str(self._root)
        if any((self._root / mark).exists() for mark in ROOT_MARKS):
            return f"move the file into `{name}`, the folder with the `pyproject.toml` or `.git`"
        return (
            f"move the file into `{name}`, or mark the folder of the project with a "
            "`pyproject.toml` or `.git`"
        )

    def _refuse(self, at: Place, message: str, help: str | None) -> None:
        self._diagnostics.report(codes.INVALID_IMPORT, message, at.span, path=at.path, help=help)

    def _report_cycle(self, alias: str, at: Place, real: Path, name: str) -> None:
        paths = [path for path, _ in self._open]
        names = [shown for _, shown in self._open[paths.index(real) :]]
        way = " → ".join(f"`{shown}`" for shown in [*names, name])
        message = f"{way} is a cycle of imports" if len(names) > 1 else f"`{name}` imports itself"
        self._diagnostics.report(
            codes.IMPORT_CYCLE,
            message,
            at.span,
            path=at.path,
            help=f"move what both use into a third file, and drop `{alias}` here"
            if len(names) > 1
            else f"drop `{alias}`: a file's own blocks need no import",
        )


def project_root(path: Path) -> Path:
    """The nearest folder above a file that is a project's, or else the file's own folder."""
    folder = Path(os.path.normpath(path.absolute())).parent
    for candidate in (folder, *folder.parents):
        if any((candidate / mark).exists() for mark in ROOT_MARKS):
            return candidate
    return folder


def _nearest_file(given: str, path: Path) -> str | None:
    """The help that offers a file in the same folder, by a name without its ending."""
    try:
        others = {entry.stem: entry.name for entry in path.parent.iterdir() if entry.is_file()}
    except OSError:
        return None
    stem = nearest(path.stem, others)
    if stem is None:
        return None
    return f"did you mean `{Path(given).parent.joinpath(others[stem]).as_posix()}`?"
