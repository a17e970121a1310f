"""LG425: a param that no expression uses, so that setting it changes nothing."""

from __future__ import annotations

from collections.abc import Mapping

from layergraph.diagnostics import Diagnostics, codes
from layergraph.expand.files import LoadedFile
from layergraph.expand.mentions import mentioned
from layergraph.spec.graph_spec import ParamSpec
from layergraph.spec.place import Place

_SECTIONS = ("inputs", "layers", "merges", "outputs", "training")


def unused_param(file: LoadedFile, diagnostics: Diagnostics) -> None:
    """Report params of the file and of its blocks that stand in none of their expressions.

    Silent on those of imported files, which are checked by themselves.
    """
    spec = file.spec
    _report_unused(spec.params, spec.place, "no expression of the file uses it", diagnostics)
    for block in spec.blocks.values():
        if block is not None:
            why = f"no expression of block `{block.name}` uses it"
            _report_unused(block.params, block.place, why, diagnostics)


def _report_unused(
    params: Mapping[str, ParamSpec | None], holder: Place, why: str, diagnostics: Diagnostics
) -> None:
    if not params:
        return
    names = mentioned(holder.at(key).tree for key in _SECTIONS if holder.has(key)).names
    for name, param in params.items():
        if param is not None and name not in names:
            diagnostics.report(
                codes.UNUSED_PARAM,
                f"param `{name}` is never used: {why}",
                param.place.key_span,
                path=param.place.path,
                help=f"write `${{{name}}}` where its value is meant, or remove it",
            )
