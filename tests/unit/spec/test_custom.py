"""What `custom` declares, and where it may stand."""

from __future__ import annotations

import pytest

from layergraph.pipeline import validate

GRAPH = """\
layergraph: 1
custom:
  {declared}
inputs: {{x: {{shape: [8]}}}}
layers:
  {layer}
outputs: {{y: {{from: it, {output}}}}}
"""


def reported(tmp_path, declared, layer="it: {type: Dense, from: x, units: 2}", output="loss: mse"):
    (tmp_path / "graph.yaml").write_text(
        GRAPH.format(declared=declared, layer=layer, output=output)
    )
    report = validate(tmp_path / "graph.yaml")
    return report.graph, [
        (d.code.id, d.span.line, d.span.column, d.message, d.help) for d in report.diagnostics
    ]


LAYER = 'Own: {import: "a.b:Own", output: same}'


@pytest.mark.parametrize(
    ("declared", "code", "said"),
    [
        ('Dense: {import: "a:Dense", output: same}', "LG109", "`Dense` is a layer of Keras"),
        ('Lambda: {import: "a:L", output: same}', "LG109", "`Lambda` is a layer of Keras"),
        ('Dense: {import: "a:f", kind: loss}', "LG109", "`Dense` is a layer of Keras"),
        ('relu: {import: "a:f", kind: activation}', "LG109", "`relu` is an activation of Keras"),
        ('he_normal: {import: "a:f", kind: initializer}', "LG109", "is an initializer of Keras"),
        ('ADAM: {import: "a:f", kind: optimizer}', "LG109", "`ADAM` is an optimizer of Keras"),
        ('ops.mean: {import: "a:f", output: same}', "LG108", "`ops.mean` cannot be a name"),
        ('Own: {import: "a", output: same}', "LG104", "must be a module and a name in it"),
        ('Own: {import: "a:b.c", output: same}', "LG104", "must be a module and a name in it"),
        ('Own: {import: "a:B"}', "LG103", "does not say what it gives"),
        ('Own: {import: "a:B", output: same, outputs: [same]}', "LG116", "gives both"),
        ('Own: {import: "a:B", kind: loss, output: same}', "LG116", "means nothing to a loss"),
        ('Own: {import: "a:B", kind: loss, dtype: int32}', "LG116", "means nothing to a loss"),
        ('Own: {import: "a:B", output: [0]}', "LG105", "must be from 1"),
        ('Own: {import: "a:B", kind: layr, output: same}', "LG106", "must be one of"),
    ],
)
def test_a_wrong_declaration_is_one_error(declared, code, said, tmp_path):
    _, ((found, line, _, message, _),) = reported(tmp_path, declared)
    assert (found, line) == (code, 3)
    assert said in message


def test_what_is_declared_wrongly_is_not_reported_where_it_stands(tmp_path):
    for use in (
        "it: {type: Own, from: x}",
        "it: {type: Dense, from: x, units: 1, activation: Own}",
        "it: {type: Dense, from: x, units: 1, kernel_initializer: {type: Own, seed: 1}}",
        "it: {type: TimeDistributed, from: x, layer: Own}",
    ):
        _, found = reported(tmp_path, 'Own: {import: "a:B"}', use, "loss: Own")
        assert [code for code, *_ in found] == ["LG103"], use


@pytest.mark.parametrize(
    ("layer", "output", "code", "said", "help"),
    [
        ("it: {type: Owns, from: x}", "loss: mse", "LG111", "no layer", "did you mean `Own`?"),
        (
            "it: {type: swoosh, from: x}",
            "loss: mse",
            "LG111",
            "as an activation, and not as a layer",
            "`output`",
        ),
        (
            "it: {type: Own, from: x}",
            "loss: swoosh",
            "LG115",
            "as an activation, and not as a loss",
            "kind: loss",
        ),
        (
            "it: {type: Dense, from: x, units: 1, activation: Own}",
            "loss: mse",
            "LG115",
            "as a layer, and not as an",
            "",
        ),
        (
            "it: {type: Dense, from: x, units: 1, activation: swosh}",
            "loss: mse",
            "LG115",
            "no activation",
            "did you mean `swoosh`?",
        ),
        ("it: {type: Own, form: x}", "loss: mse", "LG201", "`it` has no `from`", ""),
        (
            "it: {type: Bidirectional, from: x, layer: {type: Own}}",
            "loss: mse",
            "LG106",
            "not `Own`",
            "",
        ),
        (
            "it: {type: TimeDistributed, from: x, layer: {type: Own}}",
            "loss: mse",
            "LG302",
            "at least 3",
            "",
        ),
        ("it: {type: Own, from: z}", "loss: mse", "LG203", "`z`", ""),
        ("it: {type: Own, from: {a: z}}", "loss: mse", "LG203", "`z`", ""),
    ],
)
def test_a_wrong_use_is_one_error(layer, output, code, said, help, tmp_path):
    declared = f'{LAYER}\n  swoosh: {{import: "a.b:swoosh", kind: activation}}'
    _, ((found, _, _, message, helped),) = reported(tmp_path, declared, layer, output)
    assert found == code
    assert said in message
    assert help in (helped or "")


def test_names_differ_by_more_than_case(tmp_path):
    _, ((code, *_),) = reported(tmp_path, f'{LAYER}\n  own: {{import: "a:B", kind: loss}}')
    assert code == "LG109"


@pytest.mark.parametrize(
    ("declared", "layer", "dims", "dtype"),
    [
        ("output: same", "from: x", (8,), "float32"),
        ("output: [null, 4]", "from: x", (None, 4), "float32"),
        ("output: []", "from: x, dtype: float16", (), "float16"),
        ("output: same", "from: x, dtype: mixed_bfloat16", (8,), "bfloat16"),
        ("output: [3], dtype: int32", "from: x", (3,), "int32"),
        ("output: same", "from: {first: small, second: x}", (2,), "int32"),
        ("output: [5]", "from: small", (5,), "float32"),
        ("output: same", "from: [x, small]", (8,), "float32"),
    ],
)
def test_what_a_layer_gives(declared, layer, dims, dtype, tmp_path):
    (tmp_path / "graph.yaml").write_text(
        f'layergraph: 1\ncustom: {{Own: {{import: "a:Own", {declared}}}}}\n'
        "inputs: {x: {shape: [8]}, small: {shape: [2], dtype: int32}}\n"
        f"layers: {{it: {{type: Own, {layer}, any: [1, {{thing: true}}]}}}}\n"
        "outputs: {it: {from: it}}\n"
    )
    graph = validate(tmp_path / "graph.yaml").graph
    (output,) = graph.nodes["it"].outputs
    assert output.shape[1:] == dims
    assert output.dtype == dtype
    assert graph.nodes["it"].args["any"] == [1, {"thing": True}]
    assert not graph.nodes["it"].knows_weights


def test_each_file_has_its_own_declarations(tmp_path):
    (tmp_path / "parts.yaml").write_text(
        f"layergraph: 1\ncustom: {{{LAYER}}}\n"
        "blocks: {one: {inputs: [x], layers: {s: {type: Own, from: x}}, outputs: s}}\n"
    )
    text = (
        "layergraph: 1\nimports: {parts: parts.yaml}\ninputs: {x: {shape: [8]}}\n"
        "layers: {it: {block: parts.one, from: x}, more: {type: TYPE, from: it}}\n"
        "outputs: {y: {from: more, loss: mse}}\n"
    )
    (tmp_path / "graph.yaml").write_text(text.replace("TYPE", "ReLU"))
    assert validate(tmp_path / "graph.yaml").ok
    (tmp_path / "graph.yaml").write_text(text.replace("TYPE", "Own"))
    (found,) = validate(tmp_path / "graph.yaml").diagnostics
    assert (found.code.id, found.span.line) == ("LG111", 4)


def test_a_head_takes_whatever_arguments_it_likes(tmp_path):
    graph, found = reported(tmp_path, LAYER, output="type: Own, units: 3, losses: [], metric: 1")
    assert not found
    assert graph.nodes["y"].args == {"units": 3, "losses": [], "metric": 1}
