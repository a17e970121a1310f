"""The tensors that references stand for, now that it is known how many every node gives."""

from __future__ import annotations

from collections.abc import Mapping

from layergraph.diagnostics import Diagnostics, Related, codes
from layergraph.expand.flat import Expected, Tensors
from layergraph.graph.graph import Edge, Node
from layergraph.spec.place import Place
from layergraph.spec.references import Reference
from layergraph.tensors import SizesDiffer, TensorSpec, require_equal


def flattened(
    tensors: Tensors,
    reference: Reference,
    place: Place,
    nodes: Mapping[str, Node],
    diagnostics: Diagnostics,
) -> tuple[Edge, ...] | None:
    """The tensors one by one; None where a mistake has spoilt one of them.

    Args:
        tensors: what a reference stands for.
        reference: the reference.
        place: the value of the `from` that it stands in.
        nodes: the nodes inferred so far.
        diagnostics: where a tensor is reported that there is not, or that is not as expected.
    """
    found: tuple[Edge, ...]
    if isinstance(tensors.of, str):
        node = nodes.get(tensors.of)
        if node is None:
            return None
        found = tuple([Edge(node.path, number) for number in range(len(node.outputs))])
    else:
        parts = [flattened(part, reference, place, nodes, diagnostics) for part in tensors.of]
        found = ()
        for part in parts:
            if part is None:
                return None
            found += part
    number = tensors.tensor
    if number is not None:
        if number >= len(found):
            _report_none(number, len(found), reference, tensors, place, nodes, diagnostics)
            return None
        found = (found[number],)
    if tensors.expected is not None and not _as_expected(
        tensors.expected, found, nodes, diagnostics
    ):
        return None
    return found


def _report_none(
    number: int,
    count: int,
    reference: Reference,
    tensors: Tensors,
    place: Place,
    nodes: Mapping[str, Node],
    diagnostics: Diagnostics,
) -> None:
    """Say that a node gives fewer tensors than a reference counts to."""
    at = place.at(*reference.steps)
    path = reference.path if reference.tensor is not None else str(reference)
    help = f"tensors count from 0: the last is `{path}:{count - 1}`"
    if count == 1:
        node = nodes[tensors.of] if isinstance(tensors.of, str) else None
        has_state = node is not None and "return_state" in node.args
        more = ", or set `return_state: true` there" if has_state else ""
        help = f"write `{path}`{more}"
    diagnostics.report(
        codes.NO_SUCH_TENSOR,
        f"`{path}` gives {count} tensor{'' if count == 1 else 's'}, "
        f"so there is no `{path}:{number}`",
        at.span,
        path=at.path,
        help=help,
    )


def _as_expected(
    expected: Expected,
    edges: tuple[Edge, ...],
    nodes: Mapping[str, Node],
    diagnostics: Diagnostics,
) -> bool:
    """Whether tensors are what an imported graph declares of its input."""
    if expected.is_known_wrong:
        return False
    at = expected.at.at(expected.name)
    if len(edges) != 1:
        problem = f"takes one tensor as `{expected.name}`, and is given {len(edges)}"
        return _refuse(expected, codes.WRONG_NUMBER_OF_TENSORS, problem, at, (), diagnostics)
    given = nodes[edges[0].producer].outputs[edges[0].tensor]
    keys = expected.given.keys
    wanted = TensorSpec((given.dims[0], *keys.shape), keys.dtype)
    related = (
        Related(f"`{expected.name}` is declared here", expected.given.place.key_span),
        Related(f"`{edges[0].producer}` is {given}", nodes[edges[0].producer].span),
    )
    if given.dtype != wanted.dtype:
        problem = f"takes {wanted.dtype} as `{expected.name}`, and is given {given.dtype}"
        return _refuse(expected, codes.WRONG_DTYPE, problem, at, related, diagnostics)
    if not fits(wanted, given):
        problem = f"takes {wanted} as `{expected.name}`, and is given {given}"
        return _refuse(expected, codes.SHAPE_MISMATCH, problem, at, related, diagnostics)
    return True


def fits(wanted: TensorSpec, given: TensorSpec) -> bool:
    """Whether a tensor may be given where another is wanted: what is unknown may be anything."""
    if wanted.rank != given.rank:
        return False
    try:
        for left, right in zip(wanted.dims[1:], given.dims[1:], strict=True):
            if isinstance(left, int) and isinstance(right, int):
                require_equal(left, right)
    except SizesDiffer:
        return False
    return True


def _refuse(
    expected: Expected,
    code: codes.Code,
    problem: str,
    at: Place,
    related: tuple[Related, ...],
    diagnostics: Diagnostics,
) -> bool:
    expected.known_wrong.append(True)
    diagnostics.report(
        code, f"the graph `{expected.graph}` {problem}", at.span, path=at.path, related=related
    )
    return False
