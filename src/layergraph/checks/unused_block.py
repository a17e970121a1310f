"""LG426: a block that nothing of its file calls."""

from __future__ import annotations

from layergraph.diagnostics import Diagnostics, codes
from layergraph.expand.files import LoadedFile
from layergraph.expand.mentions import mentioned


def unused_block(file: LoadedFile, diagnostics: Diagnostics) -> None:
    """Report blocks of a graph that neither its nodes call, nor those of a block that they call.

    Silent on blocks that an unused one calls, which go with it; on files of blocks, which others
    import; and where an expression gives a block's name.
    """
    spec = file.spec
    blocks = {name: block for name, block in spec.blocks.items() if block is not None}
    if spec.is_library or not blocks:
        return
    places = (*spec.nodes.values(), *spec.outputs.values())
    found = mentioned(place.tree for place in places if place is not None)
    used, waiting = set[str](), [found]
    while waiting:
        mentions = waiting.pop()
        if not mentions.knows_blocks:
            return
        for name in mentions.blocks & (blocks.keys() - used):
            used.add(name)
            waiting.append(mentioned([blocks[name].place.tree]))
    unused = [block.place.tree for name, block in blocks.items() if name not in used]
    named = mentioned(unused).blocks
    for name, block in blocks.items():
        if name not in used and name not in named:
            diagnostics.report(
                codes.UNUSED_BLOCK,
                f"block `{name}` is never called",
                block.place.key_span,
                path=block.place.path,
                help=f"call it with `block: {name}`, or remove it",
            )
