"""Names that Keras and TensorFlow cannot tell apart."""

from __future__ import annotations

from layergraph.diagnostics import Diagnostics, Related, Span, codes
from layergraph.expand.flat import FlatGraph
from layergraph.spec.place import Place


def check_keras_names(flat: FlatGraph, diagnostics: Diagnostics) -> None:
    """No two layers may end with one Keras name: it names their weights."""
    named = [
        (given.keys.name or name, given.place) for name, given in flat.spec.inputs.items() if given
    ]
    named += [(node.keras_name, node.place) for node in flat.nodes.values()]
    first: dict[str, Place] = {}
    for name, place in named:
        earlier = first.setdefault(name, place)
        if earlier is place:
            continue
        diagnostics.report(
            codes.KERAS_NAME_CLASH,
            f"two layers would be named `{name}` in Keras",
            _named_at(place),
            path=place.path,
            related=(Related(f"`{name}` is made here too", _named_at(earlier)),),
            help="rename one; an item of a chain is named after its chain, `chain_item`",
        )
    _check_signature_names(flat, diagnostics)


def _check_signature_names(flat: FlatGraph, diagnostics: Diagnostics) -> None:
    """No two inputs may have one name once TensorFlow has made Python arguments of them.

    It writes `_` for every other sign and `arg_` before a digit, and refuses to serve inputs that
    are then alike (`tf.types.experimental`'s `sanitize_arg_name`).
    """
    first: dict[str, tuple[str, Place]] = {}
    for key, given in flat.spec.inputs.items():
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
    return place.at("name").span if place.has("name") else place.key_span
