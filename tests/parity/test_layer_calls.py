"""Every layer against Keras, over drawn arguments, shapes, dtypes and masks.

`LAYERGRAPH_EXAMPLES=5000 pytest tests/parity/test_layer_calls.py -rP` draws more and shows how
many calls both took, and how many both refused.
"""

import os
from collections import Counter

import pytest
from hypothesis import given, settings
from keras.src.utils.naming import reset_uids  # public nowhere; `clear_session` takes 200 ms

from layergraph.layers.catalog import LAYERS
from tests.parity.against_keras import compare
from tests.parity.layer_calls import calls_by_layer
from tests.parity.layer_calls.shared_arguments import with_shared_arguments

CALLS = calls_by_layer()
EXAMPLES = int(os.environ.get("LAYERGRAPH_EXAMPLES", "200"))
LEAST_TAKEN = 0.25
"""The part of the calls that both have to take, so that a draw is about more than refusals."""


def test_every_layer_has_its_draws():
    assert set(CALLS) == set(LAYERS.classes)


@pytest.mark.parametrize("name", CALLS)
def test_calls(name):
    outcomes = Counter()

    @settings(max_examples=EXAMPLES)
    @given(call=with_shared_arguments(name, CALLS[name]))
    def agree(call):
        reset_uids()  # so that the names of inner layers have no number
        outcome = compare(
            name, call.arguments, *call.tensors, call=call.call, masked=call.masked, **call.named
        )
        outcomes[outcome] += 1

    agree()
    print(name, dict(outcomes))
    assert outcomes.total() >= EXAMPLES
    assert outcomes["same"] >= LEAST_TAKEN * outcomes.total()
