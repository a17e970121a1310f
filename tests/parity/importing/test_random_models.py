"""Drawn graphs as Keras models, and those as graph files again; and the whole gallery.

`LAYERGRAPH_EXAMPLES=1000 HYPOTHESIS_PROFILE=long pytest tests/parity/importing` draws more.
"""

from __future__ import annotations

import os
from pathlib import Path

import keras
import pytest
from hypothesis import given, settings

import layergraph as lg
from tests.parity.importing.round_trip import assert_same_model, compiled, imported
from tests.property.random_graphs import graphs, text_of

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore:.*does not support masking.*"),
    # A softmax over one number is no good model, and computes.
    pytest.mark.filterwarnings(r"ignore:[\s\S]*softmax over axis"),
]

EXAMPLES = int(os.environ.get("LAYERGRAPH_EXAMPLES", "10"))
GALLERY = sorted(Path("graphs").glob("*.yaml"))
LARGE = ("densenet121", "efficientnet_b0", "inception_v3", "resnet50", "resnet50_v2", "xception")
"""Files whose models `test_applications` has, as Keras builds them."""


def check(graph):
    keras.utils.clear_session()
    model = lg.compile(graph)
    again = compiled(imported(model, flat=True))
    assert_same_model(model, again)


def test_drawn_models(tmp_path_factory):
    file = tmp_path_factory.mktemp("drawn") / "drawn.yaml"

    @settings(max_examples=EXAMPLES)
    @given(drawn=graphs())
    def are_the_same_again(drawn):
        file.write_text(text_of(drawn), encoding="utf-8")
        check(lg.load(file))

    are_the_same_again()


@pytest.mark.parametrize(
    "path", [p for p in GALLERY if p.stem not in LARGE], ids=lambda path: path.stem
)
def test_the_gallery(path):
    check(lg.load(path))
