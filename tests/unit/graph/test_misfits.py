"""What a shape error offers: the layer that lost the size, and where a named size was settled."""

import pytest

from layergraph.diagnostics import codes
from tests.unit.graph.files import only_diagnostic

BRANCHES = """\
layergraph: 1
inputs:
  image: {{shape: [32, 32, 8]}}
layers:
  same: {{type: Conv2D, from: image, filters: 8, kernel_size: 3, padding: same}}
  branch: {branch}
merges:
  summed: {{type: Add, from: [same, branch]}}
outputs:
  summed: {{from: summed}}
"""


def help_for(folder, branch):
    diagnostic = only_diagnostic(folder, BRANCHES.format(branch=branch))
    assert diagnostic.code is codes.SHAPE_MISMATCH
    return diagnostic.help


def test_layer_without_padding_is_blamed(tmp_path):
    branch = "{type: Conv2D, from: image, filters: 8, kernel_size: 5}"
    assert help_for(tmp_path, branch) == "`branch` loses 4 at line 6; set `padding: same`"


def test_layer_is_found_through_layers_that_lose_nothing(tmp_path):
    branch = (
        "{from: image, chain: [{type: Conv2D, filters: 8, kernel_size: 3}, BatchNormalization, "
        "ReLU]}"
    )
    assert help_for(tmp_path, branch) == "`branch.1` loses 2 at line 6; set `padding: same`"


@pytest.mark.parametrize(
    "branch",
    [
        "{type: MaxPooling2D, from: image, pool_size: 2, padding: same}",  # no padding undoes it
        "{type: Cropping2D, from: image, cropping: 1}",
        "{from: image, chain: [&c {type: Conv2D, filters: 8, kernel_size: 3}, *c]}",  # half each
    ],
)
def test_nothing_is_offered_where_padding_of_one_layer_would_not_help(tmp_path, branch):
    assert help_for(tmp_path, branch) is None


def test_both_producers_are_shown_with_their_shapes(tmp_path):
    branch = "{type: Conv2D, from: image, filters: 8, kernel_size: 5}"
    diagnostic = only_diagnostic(tmp_path, BRANCHES.format(branch=branch))
    assert diagnostic.message == "inputs of `summed` differ on axis 1"
    assert (diagnostic.span.line, diagnostic.span.column) == (8, 36)
    assert [(r.message, r.span.line) for r in diagnostic.related] == [
        ("`same` is (batch, 32, 32, 8)", 5),
        ("`branch` is (batch, 28, 28, 8)", 6),
    ]


def test_conflict_says_where_the_named_size_was_settled(tmp_path):
    diagnostic = only_diagnostic(
        tmp_path,
        "layergraph: 1\n"
        "inputs: {a: {shape: [time, 4]}, b: {shape: [10, 4]}, c: {shape: [12, 4]}}\n"
        "merges:\n"
        "  first: {type: Add, from: [a, b]}\n"
        "  second: {type: Add, from: [a, c]}\n"
        "outputs: {first: {from: first}, second: {from: second}}\n",
    )
    assert diagnostic.code is codes.SIZE_CONFLICT
    assert diagnostic.notes == ("`time` is 10 since `first` at line 4",)
