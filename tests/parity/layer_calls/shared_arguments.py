"""Arguments that layers have in common, drawn for each layer that has them.

What takes an initializer, a regularizer or a constraint is known by its name, and so is what every
layer takes.
"""

from __future__ import annotations

from hypothesis import strategies as st

from tests.parity.against_keras import described
from tests.parity.layer_calls import LayerCall

KINDS = {
    "_initializer": st.sampled_from(
        ["zeros", "he_normal", "HeNormal", {"type": "HeNormal", "seed": 1}]
    )
    | st.sampled_from([{"type": "Constant", "value": 2}, "lecun_uniform", "he_uniform"]),
    "_regularizer": st.sampled_from(
        [None, "l2", "L1", {"type": "L1L2", "l1": 0.1}, {"type": "L2", "l3": 1}]
    ),
    "_constraint": st.sampled_from(
        [None, "non_neg", {"type": "MaxNorm", "max_value": 2}, "nothing_like_it"]
    ),
}
OF_EVERY_LAYER = {"trainable": st.booleans(), "autocast": st.booleans()}


def shared_arguments(name: str) -> dict[str, st.SearchStrategy]:
    """The draws of a layer's common arguments, by name."""
    fields = described(name).model_fields
    found = {field: values for field, values in OF_EVERY_LAYER.items() if field in fields}
    found |= {
        field: values for field in fields for kind, values in KINDS.items() if field.endswith(kind)
    }
    return found


@st.composite
def with_shared_arguments(draw, name: str, calls: st.SearchStrategy[LayerCall]) -> LayerCall:
    """A call, with up to two of the common arguments beside its own."""
    call = draw(calls)
    shared = {k: v for k, v in shared_arguments(name).items() if k not in call.arguments}
    chosen = draw(st.lists(st.sampled_from(sorted(shared)), max_size=2)) if shared else []
    return call._replace(arguments=call.arguments | {key: draw(shared[key]) for key in chosen})
