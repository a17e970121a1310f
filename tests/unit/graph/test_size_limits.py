"""Limits of size hold, say which option raises them, and can be raised."""

import pytest

from layergraph.diagnostics import codes
from layergraph.pipeline import validate
from layergraph.syntax.limits import Limits
from tests.processes import run_layergraph
from tests.unit.expand.files import written

DENSE = "  n: {type: Dense, from: x, units: 10}"  # 4 inputs: 40 values in `kernel`, 10 in `bias`
RESHAPED = "  n: {type: Reshape, from: x, target_shape: [2, 1, 2]}"
REPEATED = "  n: {type: Dense, from: x, units: 4, activation: relu, repeat: 3}"  # 20 each
EACH = "  m: {type: ReLU, from: x, each: '${range(12)}'}\n  n: {type: Add, from: m}"
TEXT = "  n: {type: ReLU, from: x, name: 'abcdefgh${1}'}"
SEARCHED = "  n: {type: ReLU, from: x, when: '${1 in [1, 2, 3] and 2 in [1, 2, 3]}'}"
NESTED = "  n: {block: b, from: x, nested: true}"
BLOCK = "  b: {inputs: [x], layers: {out: {type: Dense, from: x, units: 10}}, outputs: out}"
CASES = [
    (DENSE, "", "parameters", 40, "--max-parameters", codes.TOO_MANY_PARAMETERS, 50),
    (REPEATED, "", "parameters", 59, "--max-parameters", codes.TOO_MANY_PARAMETERS, 60),
    (NESTED, BLOCK, "parameters", 49, "--max-parameters", codes.TOO_MANY_PARAMETERS, 50),
    (DENSE, "", "elements", 9, "--max-elements", codes.TOO_LARGE_TENSOR, 10),
    (DENSE, "", "elements", 3, "--max-elements", codes.TOO_LARGE_TENSOR, 10),
    (NESTED, BLOCK, "elements", 9, "--max-elements", codes.TOO_LARGE_TENSOR, 10),
    (DENSE, "", "axes", 1, "--max-axes", codes.TOO_LARGE_TENSOR, 2),
    (RESHAPED, "", "axes", 3, "--max-axes", codes.TOO_LARGE_TENSOR, 4),
    (EACH, "", "value_size", 11, "--max-value-size", codes.TOO_LARGE_VALUE, 12),
    (TEXT, "", "value_size", 8, "--max-value-size", codes.TOO_LARGE_VALUE, 9),
    (SEARCHED, "", "value_size", 5, "--max-value-size", codes.TOO_LARGE_VALUE, 6),
]


@pytest.mark.parametrize(("layers", "blocks", "limit", "few", "option", "code", "enough"), CASES)
def test_a_limit_holds_and_can_be_raised(
    tmp_path, layers, blocks, limit, few, option, code, enough
):
    file = written(tmp_path, layers, blocks=blocks)
    found = validate(file, limits=Limits(**{limit: few})).diagnostics
    assert [diagnostic.code for diagnostic in found] == [code]
    assert f"`{option}`" in found[0].help
    assert validate(file, limits=Limits(**{limit: enough})).diagnostics == ()


def test_sizes_that_no_limit_refuses_one_by_one(tmp_path):
    graph = tmp_path / "graph.yaml"
    graph.write_text(
        "layergraph: 1\ninputs: {x: {shape: [2000000000, null, 2000000000]}}\n"
        "outputs: {y: {from: x}}\n"
    )
    (diagnostic,) = validate(graph).diagnostics
    assert diagnostic.code is codes.TOO_LARGE_TENSOR
    assert (diagnostic.span.line, diagnostic.span.column) == (2, 21)


def test_the_command_line_takes_limits(tmp_path):
    written(tmp_path, DENSE)
    done = run_layergraph("validate", "graph.yaml", "--max-parameters", "49", cwd=tmp_path)
    assert done.returncode == 1
    assert "error[LG310]: the model would have 50 parameters" in done.stdout
    done = run_layergraph("summary", "graph.yaml", "--max-parameters", "50", cwd=tmp_path)
    assert done.returncode == 0
    done = run_layergraph("validate", "graph.yaml", "--max-axes", "255", cwd=tmp_path)
    assert done.returncode == 2
    assert "1<=x<=254" in done.stderr
