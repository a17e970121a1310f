"""What architectures say, and how they may be wrong."""

import json
import random
from contextlib import suppress
from pathlib import Path

import pytest

from layergraph.diagnostics import GraphError
from layergraph.importers.graph_text import imported_graph, imported_text
from layergraph.importers.keras_json.reading import imported_json

CORPUS = Path(__file__).parents[2] / "corpus" / "keras_json"


def model(*layers, outputs=("y",), inputs=("x",), **further):
    entry = {"class_name": "InputLayer", "name": "x", "inbound_nodes": []}
    entry["config"] = {"batch_input_shape": [None, 4], "name": "x"}
    config = {
        "name": "m",
        "layers": [entry, *layers],
        "input_layers": [[name, 0, 0] for name in inputs],
        "output_layers": [[name, 0, 0] for name in outputs],
    }
    return {"class_name": "Model", "config": config, "keras_version": "2.0.9", **further}


def layer(kind, name="y", given=(("x", 0, 0, {}),), **config):
    node = [list(tensor) for tensor in given]
    return {
        "class_name": kind,
        "name": name,
        "config": {"name": name, **config},
        "inbound_nodes": [node],
    }


@pytest.fixture
def imported(tmp_path):
    def read(written):
        file = tmp_path / "old.json"
        file.write_text(written if isinstance(written, str) else json.dumps(written))
        return imported_json(file)

    return read


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("1.0/sequences", "unit_forget_bias: false"),
        ("2.0/translation", "{sequences: target, initial_state: [encoder:1, encoder:2]}"),
        ("2.15/functions", 'key: "[:, 1:3]"'),
        ("3/functions", 'key: "[:, 1:3]"'),
        ("1.2/models_in_models", "tower_2: {use: tower, from: input_2}"),
        ("2.15/models_in_models", "from: [pair.left, pair_2.left]"),
    ],
)
def test_what_a_file_says(name, said):
    assert said in imported_text(imported_json(CORPUS / f"{name}.json").document, flat=True)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("{", "it is no JSON"),
        ("[" * 100_000, "it is no JSON"),
        ("[]", "it has no `class_name`"),
        ({"class_name": "Model"}, "it has no `config`"),
        ({"class_name": "Net", "config": {}}, "is a `Net`, whose JSON tells nothing of its layers"),
        ({"class_name": "Sequential", "config": []}, "without layers"),
        (
            {
                "class_name": "Sequential",
                "config": [{"class_name": "Dense", "config": {"name": "d"}}],
            },
            "whose first layer, `d`, does not say what shape it is given",
        ),
        (model({"class_name": "Dense", "config": 3, "name": "y"}), r"layers\[1\].config` must be"),
        (
            model(layer("Dense", given=[("z", 0, 0, {})], units=1)),
            "names a layer that is not there",
        ),
        (model(layer("Dense", units=1), outputs=["z"]), "output_layers"),
    ],
)
def test_what_is_no_architecture_is_refused(imported, written, said):
    with pytest.raises(GraphError, match=rf"LG522 `.*old.json` cannot be imported: .*{said}"):
        imported(written)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (layer("Lambda", function=["code"]), "`y` is a `Lambda`"),
        (layer("MaxoutDense", output_dim=3), "`y` is a `MaxoutDense`, which Keras 3 no longer has"),
        (layer("Merge", mode="<lambda>", mode_type="lambda"), "which is Python code"),
        (layer("Merge", mode=["sum"]), "is a `Merge` with the mode"),
        (layer("BatchNormalization", mode=2), "with `mode: 2`"),
        (layer("Embedding", input_dim=3, output_dim=2, dropout=0.2), "an Embedding with dropout"),
        (
            layer("LSTM", output_dim=3, forget_bias_init="he_normal"),
            "`forget_bias_init: he_normal`",
        ),
        (layer("Mine", width=3), "`y` is a `Mine`, which is no layer of Keras"),
        (layer("Dense", units=3, depth=2), "`depth: 2`, which Keras 3 has no argument for"),
        (
            layer("Dense", units=3, kernel_initializer={"class_name": "Mine", "config": {}}),
            "`Mine` as its `kernel_initializer`",
        ),
        (layer("TFOpLambda", function="signal.fft"), "calls TensorFlow's function `signal.fft`"),
        (layer("Dense", given=[("x", 0, 0, {}), ("y", 5, 0, {})], units=3), "call 5 of `y`"),
    ],
)
def test_what_cannot_be_said_is_refused_by_the_name_of_its_layer(imported, wrong, said):
    with pytest.raises(GraphError) as raised:
        imported(model(wrong))
    assert said in str(raised.value)
    assert [d.code.id for d in raised.value.diagnostics] == ["LG521"]


def test_every_layer_that_cannot_be_said_is_told(imported):
    first, second = layer("Lambda", "a"), layer("Highway", "y", [("a", 0, 0, {})])
    with pytest.raises(GraphError) as raised:
        imported(model(first, second))
    assert len(raised.value.diagnostics) == 2


def test_nothing_in_it_is_run(imported, tmp_path):
    """Names of modules, of functions and of classes are names alone."""
    harm = {"module": "os", "class_name": "system", "config": f"touch {tmp_path}/harm"}
    document = imported(model(layer("Dense", units=3, kernel_initializer=harm))).document
    with pytest.raises(GraphError, match="LG523"):
        imported_graph(document)
    assert not (tmp_path / "harm").exists()


def test_what_is_another_function_now_is_said(imported):
    found = imported(model(layer("Dense", units=3, activation="hard_sigmoid")))
    assert [note.split(" in Keras 3")[0] for note in found.notes] == [
        "`hard_sigmoid` is another function"
    ]
    modern = model(layer("Dense", units=3, activation="hard_sigmoid"), keras_version="3.1.0")
    assert imported(modern).notes == ()


def test_a_text_that_was_written_as_json_again_is_read(imported):
    assert imported(json.dumps(json.dumps(model(layer("Dense", units=3))))).document["layers"] == {
        "y": {"type": "Dense", "from": "x", "units": 3}
    }


def test_what_it_was_compiled_with_is_kept(imported):
    written = model(layer("Dense", units=3), layer("Dense", "z", units=1), outputs=["y", "z"])
    written["compile_config"] = {
        "optimizer": {"class_name": "Adam", "config": {"learning_rate": 0.01, "name": "adam"}},
        "loss": {"y": "categorical_crossentropy", "z": {"class_name": "Huber", "config": {}}},
        "loss_weights": [1.0, 0.5],
        "metrics": [["accuracy"], None],
    }
    found = imported(written).document
    assert found["outputs"] == {
        "y": {
            "from": "y",
            "loss": "categorical_crossentropy",
            "loss_weight": 1.0,
            "metrics": ["accuracy"],
        },
        "z": {"from": "z", "loss": "huber", "loss_weight": 0.5},
    }
    assert found["training"] == {"optimizer": {"type": "Adam", "learning_rate": 0.01}}


ODD = (None, [], {}, [["a"]], {"a": 1}, "x", 3, -1, True, [None, 2], {"class_name": "Dense"})


def places(value):
    """Every place in a JSON value: what holds it, and its key or position there."""
    steps = (
        value if isinstance(value, dict) else range(len(value) if isinstance(value, list) else 0)
    )
    for step in steps:
        yield value, step
        yield from places(value[step])


@pytest.mark.parametrize("file", sorted(CORPUS.glob("*/*.json")), ids=lambda file: file.stem)
def test_whatever_stands_in_it_is_read_or_refused(imported, file):
    draw = random.Random(1)
    for _ in range(60):
        written = json.loads(file.read_text(encoding="utf-8"))
        holder, step = draw.choice(list(places(written)))
        holder[step] = draw.choice(ODD)
        with suppress(GraphError):
            imported(written)
