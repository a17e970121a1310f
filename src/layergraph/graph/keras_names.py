"""Names that Keras and TensorFlow cannot tell apart."""

from __future__ import annotations

from layergraph.diagnostics import Diagnostics, Related, Span, codes
from layergraph.expand.flat import FlatGraph, FlatNode
from layergraph.spec.place import Place


def check_keras_names(flat: FlatGraph, diagnostics: Diagnostics) -> None:
    """No two layers may end with one Keras name: it names their weights."""
    named: list[tuple[str, Place, FlatNode | None]] = [
        (given.keys.name or name, given.place, None) for name, given in flat.inputs.items() if given
    ]
    named += [(n.keras_name, n.place, n) for n in flat.nodes.values() if n.shares is None]
    _check(named, diagnostics)
    _check_signature_names(flat, diagnostics)
    for node in flat.nodes.values():
        if node.inner is not None and node.shares is None:
            check_inside(node, node.path, diagnostics)


def check_inside(node: FlatNode, path: str, diagnostics: Diagnostics) -> None:
    """The same for a model of its own at a path, in which names start afresh."""
    assert node.inner is not None
    named: list[tuple[str, Place, FlatNode | None]] = [
        (name, node.place, None) for name in node.inner.inputs
    ]
    inside = node.inner.nodes.values()
    named += [(inner.keras_name, inner.place, inner) for inner in inside if inner.shares is None]
    _check(named, diagnostics, f"{path}.")
    for inner in inside:
        if inner.inner is not None and inner.shares is None:
            check_inside(inner, f"{path}.{inner.path}", diagnostics)


def _check(
    named: list[tuple[str, Place, FlatNode | None]], diagnostics: Diagnostics, prefix: str = ""
) -> None:
    first: dict[str, tuple[Place, FlatNode | None]] = {}
    for name, place, node in named:
        earlier, other = first.setdefault(name, (place, node))
        if other is node and earlier is place:
            continue
        at, made_at = _named_at(place), _named_at(earlier)
        with diagnostics.inside(prefix + (node.path if node else name), node.calls if node else ()):
            diagnostics.report(
                codes.KERAS_NAME_CLASH,
                f"two layers would be named `{name}` in Keras",
                at,
                path=place.path,
                related=(Related(f"`{name}` is made here too", made_at),) if at != made_at else (),
                help=_help(place, (node, other), is_one=at == made_at),
            )


def _help(place: Place, nodes: tuple[FlatNode | None, ...], *, is_one: bool) -> str:
    if is_one and place.path[0] == "blocks":
        return "drop `name`, which is the same in every instance, or make it an expression"
    if is_one and place.gives("name"):
        return "drop `name`, which is the same in every copy, or make it an expression with `${i}`"
    if any(node is not None and node.calls for node in nodes):
        return "rename one; a node in a block is named after its instance, `instance_node`"
    if any(node is not None and _is_copy(node) for node in nodes):
        return "rename one; a copy is named after its node, `node2`"
    return "rename one; an item of a chain is named after its chain, `chain_item`"


def _is_copy(node: FlatNode) -> bool:
    """Whether a node is a copy: Keras' name for an item has a `_` before its number."""
    before, _, step = node.local.rpartition(".")
    return bool(before) and step.isdigit() and not node.keras_name.endswith(f"_{step}")


def _check_signature_names(flat: FlatGraph, diagnostics: Diagnostics) -> None:
    """No two inputs may have one name once TensorFlow has made Python arguments of them.

    It writes `_` for every other sign and `arg_` before a digit, and refuses to serve inputs that
    are then alike (`tf.types.experimental`'s `sanitize_arg_name`).
    """
    first: dict[str, tuple[str, Place]] = {}
    for key, given in flat.inputs.items():
        name = given.keys.name or key if given else ""
        if given is None or not name:
            continue  # reported already
        argument = "".join(sign if sign.isalnum() else "_" for sign in name)
        argument = argument if argument[0].isalpha() else f"arg_{argument}"
        earlier, place = first.setdefault(argument, (name, given.place))
        if earlier != name:
            diagnostics.report(
                codes.KERAS_NAME_CLASH,
                f"the inputs `{earlier}` and `{name}` would both be served as `{argument}`",
                _named_at(given.place),
                path=given.place.path,
                related=(Related(f"`{earlier}` stands here", _named_at(place)),),
                help="rename one by more than its `-` and `_`",
            )


def _named_at(place: Place) -> Span:
    """Where a layer gets its name: from its `name`, or from its key."""
    return place.at("name").span if place.gives("name") else place.key_span
