"""The pages that explain codes: `docs/codes` of the repository, which the package has a copy of."""

from __future__ import annotations

from pathlib import Path

from layergraph.diagnostics.codes import Code


def page(code: Code) -> str:
    """The page of a code, in Markdown."""
    return (_folder() / f"{code.id}.md").read_text(encoding="utf-8")


def _folder() -> Path:
    package = Path(__file__).parents[1]
    installed = package / "codes"  # as pyproject.toml puts it into the wheel
    return installed if installed.is_dir() else package.parents[1] / "docs" / "codes"
