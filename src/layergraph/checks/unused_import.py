"""LG427: an import that nothing of its file calls."""

from __future__ import annotations

from layergraph.diagnostics import Diagnostics, codes
from layergraph.expand.files import LoadedFile
from layergraph.expand.mentions import mentioned


def unused_import(file: LoadedFile, diagnostics: Diagnostics) -> None:
    """Report imports that stand under no `block` of the file.

    Silent where an expression gives a block's name.
    """
    spec = file.spec
    if not spec.imports:
        return
    found = mentioned([spec.place.tree])
    if not found.knows_blocks:
        return
    used = {name.partition(".")[0] for name in found.blocks}
    for alias, place in spec.imports.items():
        if alias not in used:
            diagnostics.report(
                codes.UNUSED_IMPORT,
                f"import `{alias}` is never used",
                place.key_span,
                path=place.path,
                help=f"call a block of it with `block: {alias}.…`, or remove it",
            )
