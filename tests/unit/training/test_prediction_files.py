"""Predictions in files: the columns of each kind of output, and what cannot be written."""

import csv
from zipfile import ZipFile

import ml_dtypes
import numpy as np
import pyarrow.parquet as pq
import pytest

import layergraph as lg
from layergraph.diagnostics import GraphError
from layergraph.tensors import TensorSpec
from layergraph.training.prediction_columns import form_of
from layergraph.training.prediction_files import check_predictions_file, write_predictions

NAN = float("nan")


def outputs_of(tmp_path, *lines, shape="[4]"):
    """The outputs of a graph file, each a line of its section."""
    file = tmp_path / "graph.yaml"
    body = "".join(f"  {line}\n" for line in lines)
    file.write_text(f"layergraph: 1\ninputs:\n  x: {{shape: {shape}}}\noutputs:\n{body}")
    return lg.load(file).heads


def array(*rows, dtype="float32"):
    return np.array(rows, dtype=dtype)


def rows_of(file):
    with file.open(encoding="utf-8", newline="") as text:
        return list(csv.reader(text))


def written_csv(tmp_path, outputs, predictions, **kwargs):
    return rows_of(write_predictions(tmp_path / "out.csv", predictions, outputs, **kwargs))


def message_of(call, *args, **kwargs):
    with pytest.raises(GraphError) as raised:
        call(*args, **kwargs)
    (diagnostic,) = raised.value.diagnostics
    return diagnostic.code.id, diagnostic.message, diagnostic.help


@pytest.mark.parametrize(
    ("keys", "form"),
    [
        ("task: multiclass, classes: 3", "multiclass"),
        ("task: multiclass, classes: 3, labels: one_hot", "multiclass"),
        ("task: multiclass, classes: [a, b, c]", "multiclass"),
        ("task: binary", "binary"),
        ("task: binary, classes: [a, b]", "binary"),
        ("task: multilabel, classes: [a, b]", "multilabel"),
        ("task: regression", "numbers"),
        ("task: regression, units: 3", "numbers"),
        ("type: Dense, units: 3, loss: sparse_categorical_crossentropy", "multiclass"),
        ("type: Dense, units: 3, loss: {type: CategoricalFocalCrossentropy}", "multiclass"),
        ("type: Dense, units: 1, loss: {type: BinaryCrossentropy, from_logits: true}", "binary"),
        ("type: Dense, units: 2, loss: bce", "multilabel"),
        ("type: Dense, units: 2, loss: mse", "numbers"),
        ("type: Dense, units: 2", "numbers"),
        ("type: Dense, units: 3, classes: [a, b, c]", "multiclass"),
        ("type: Dense, units: 8, loss: {type: Circle}", "numbers"),
    ],
)
def test_form_of_an_output(tmp_path, keys, form):
    assert form_of(outputs_of(tmp_path, f"y: {{from: x, {keys}}}")["y"]) == form


def test_classes_that_are_not_on_the_last_axis_are_numbers(tmp_path):
    loss = "{type: SparseCategoricalCrossentropy, axis: 1}"
    head = f"y: {{from: x, type: Activation, activation: softmax, loss: {loss}}}"
    heads = outputs_of(tmp_path, head, shape="[3, 8]")
    assert form_of(heads["y"]) == "numbers"


def test_classes(tmp_path):
    heads = outputs_of(
        tmp_path,
        "species: {from: x, task: multiclass, classes: [Adelie, Chinstrap]}",
        "digit: {from: x, task: multiclass, classes: 3}",
    )
    predictions = {
        "species": array([0.25, 0.75], [0.9, 0.1]),
        "digit": array([0.5, 0.25, 0.25], [0.0, 0.0, 1.0]),
    }
    assert written_csv(tmp_path, heads, predictions) == [
        [
            "species",
            "species_Adelie",
            "species_Chinstrap",
            "digit",
            "digit_0",
            "digit_1",
            "digit_2",
        ],
        ["Chinstrap", "0.25", "0.75", "0", "0.5", "0.25", "0.25"],
        ["Adelie", "0.9", "0.1", "2", "0.0", "0.0", "1.0"],
    ]


def test_two_classes_of_one_probability(tmp_path):
    heads = outputs_of(
        tmp_path,
        "sex: {from: x, task: binary, classes: [female, male]}",
        "sick: {from: x, task: binary}",
        "side: {from: x, type: Dense, units: 1, classes: [left, right],"
        " loss: {type: BinaryCrossentropy, from_logits: true}}",
    )
    column = array([0.5], [0.625])
    predictions = {"sex": column, "sick": column, "side": column - 0.5625}
    assert written_csv(tmp_path, heads, predictions) == [
        ["sex", "sex_male", "sick", "side", "side_right"],
        ["female", "0.5", "0.5", "left", "-0.0625"],
        ["male", "0.625", "0.625", "right", "0.0625"],
    ]


def test_tags_and_numbers(tmp_path):
    heads = outputs_of(
        tmp_path,
        "tags: {from: x, task: multilabel, classes: [a, b], columns: [is_a, is_b]}",
        "marks: {from: x, task: multilabel, classes: 2}",
        "mass: {from: x, task: regression, column: body_mass_g}",
        "place: {from: x, task: regression, units: 2}",
        "size: {from: x, task: regression, units: 2, columns: [width, height]}",
    )
    predictions = {name: array([1, 2]) for name in heads} | {"mass": array([3])}
    assert written_csv(tmp_path, heads, predictions) == [
        ["tags_a", "tags_b", "marks_0", "marks_1", "mass", "place_0", "place_1", "width", "height"],
        ["1.0", "2.0", "1.0", "2.0", "3.0", "1.0", "2.0", "1.0", "2.0"],
    ]


def test_labels_that_are_numbers_stay_numbers(tmp_path):
    heads = outputs_of(tmp_path, "year: {from: x, task: multiclass, classes: [2007, 2008]}")
    predictions = {"year": array([0.1, 0.9], [NAN, 0.5])}
    file = write_predictions(tmp_path / "out.parquet", predictions, heads)
    table = pq.read_table(file)
    assert table.column_names == ["year", "year_2007", "year_2008"]
    assert table["year"].to_pylist() == [2008, None]
    assert str(table["year"].type) == "int64"
    file = write_predictions(tmp_path / "out.npz", predictions, heads)
    with np.load(file) as arrays:
        np.testing.assert_array_equal(arrays["year_label"], [2008, NAN])


def test_a_prediction_that_is_nan_has_no_label(tmp_path):
    heads = outputs_of(
        tmp_path,
        "species: {from: x, task: multiclass, classes: [Adelie, Chinstrap]}",
        "sex: {from: x, task: binary, classes: [female, male]}",
    )
    predictions = {"species": array([NAN, 0.5]), "sex": array([NAN])}
    rows = written_csv(tmp_path, heads, predictions)
    assert rows[1] == ["", "nan", "0.5", "", "nan"]
    with np.load(write_predictions(tmp_path / "out.npz", predictions, heads)) as arrays:
        assert arrays["species_label"].tolist() == arrays["sex_label"].tolist() == [""]


def test_npz_has_the_arrays_as_they_are(tmp_path):
    heads = outputs_of(
        tmp_path,
        "species: {from: x, task: multiclass, classes: [Adelie, Chinstrap]}",
        "file: {from: x, task: regression}",
    )
    predictions = {"species": array([0.25, 0.75]), "file": array([2], dtype="float16")}
    file = write_predictions(tmp_path / "out.npz", predictions, heads, rows=np.array([5]))
    with np.load(file) as arrays:
        assert set(arrays) == {"row", "species", "species_label", "file"}
        np.testing.assert_array_equal(arrays["species"], predictions["species"])
        assert arrays["species"].dtype == np.float32
        assert arrays["file"].dtype == np.float16
        assert arrays["species_label"].tolist() == ["Chinstrap"]
        assert arrays["row"].tolist() == [5]
    with ZipFile(file) as archive:
        assert {entry.date_time[0] for entry in archive.infolist()} == {1980}, "the same every time"


def test_what_has_more_axes_is_nested_in_parquet(tmp_path):
    heads = outputs_of(
        tmp_path,
        "tag: {from: x, task: multiclass, classes: [noun, verb]}",
        "depth: {from: x, task: regression}",
        shape="[3, 4]",
    )
    depth = np.arange(6, dtype="float32").reshape(2, 3, 1)
    chances = np.array([[[0.1, 0.9], [0.8, 0.2], [0.7, 0.3]]] * 2)
    predictions = {"tag": chances, "depth": depth}
    table = pq.read_table(write_predictions(tmp_path / "out.parquet", predictions, heads))
    assert table.column_names == ["tag", "tag_noun", "tag_verb", "depth"]
    assert table["tag"].to_pylist() == [["verb", "noun", "noun"]] * 2
    assert table["tag_noun"].to_pylist() == [[0.1, 0.8, 0.7]] * 2
    assert table["depth"].to_pylist() == depth.tolist()


def test_csv_refuses_what_has_more_axes_before_anything_is_predicted(tmp_path):
    heads = outputs_of(tmp_path, "depth: {from: x, task: regression}", shape="[3, null, 4]")
    assert message_of(check_predictions_file, tmp_path / "out.csv", heads) == (
        "LG618",
        "output `depth` gives (3, ?, 1) for each row, which a .csv file cannot hold",
        "write a .parquet or a .npz file",
    )
    check_predictions_file(tmp_path / "out.parquet", heads)


def test_complex_numbers_are_for_npz(tmp_path):
    heads = outputs_of(tmp_path, "y: {from: x, task: regression}")
    heads = {"y": heads["y"]._replace(spec=TensorSpec(heads["y"].spec.dims, "complex64"))}
    _, message, help = message_of(check_predictions_file, tmp_path / "out.parquet", heads)
    assert message == "output `y` gives complex numbers, which a .parquet file cannot hold"
    assert help == "write a .npz file"
    check_predictions_file(tmp_path / "out.npz", heads)


def test_two_columns_of_one_name(tmp_path):
    heads = outputs_of(
        tmp_path,
        "a: {from: x, task: multiclass, classes: [b_c, d]}",
        "a_b: {from: x, task: multiclass, classes: [c, d]}",
    )
    assert message_of(check_predictions_file, tmp_path / "out.csv", heads) == (
        "LG618",
        "two columns of the predictions would be called `a_b_c`: of output `a` and of output `a_b`",
        "rename an output or a class",
    )
    check_predictions_file(tmp_path / "out.npz", heads)


def test_names_of_labels_and_rows_may_be_taken(tmp_path):
    heads = outputs_of(
        tmp_path,
        "a: {from: x, task: multiclass, classes: [b, c]}",
        "a_label: {from: x, task: regression}",
    )
    _, message, _ = message_of(check_predictions_file, tmp_path / "out.npz", heads)
    assert message.endswith("`a_label`: of output `a` and of output `a_label`")
    heads = outputs_of(tmp_path, "row: {from: x, task: regression}")
    check_predictions_file(tmp_path / "out.csv", heads)
    _, message, _ = message_of(check_predictions_file, tmp_path / "out.csv", heads, has_rows=True)
    assert message.endswith("`row`: of the rows and of output `row`")


def test_rows_come_first(tmp_path):
    heads = outputs_of(tmp_path, "y: {from: x, task: regression}")
    rows = written_csv(tmp_path, heads, {"y": array([1], [2])}, rows=np.array([0, 7]))
    assert rows == [["row", "y"], ["0", "1.0"], ["7", "2.0"]]


@pytest.mark.parametrize(
    ("name", "message", "help"),
    [
        ("out.cvs", "`out.cvs` ends in `.cvs`, and", "did you mean `.csv`?"),
        ("out", "`out` has no ending, and", "it may be .csv, .parquet, .npz"),
        ("out.docx", "`out.docx` ends in `.docx`, and", "it may be .csv, .parquet, .npz"),
    ],
)
def test_an_ending_that_names_no_form(tmp_path, name, message, help):
    code, said, advice = message_of(check_predictions_file, tmp_path / name, {})
    assert code == "LG618"
    assert said == f"{message} predictions are written in the form that the ending names"
    assert advice == help


def test_what_stands_there_is_replaced_when_asked(tmp_path):
    heads = outputs_of(tmp_path, "y: {from: x, task: regression}")
    (tmp_path / "out.csv").write_text("old")
    code, *_ = message_of(write_predictions, tmp_path / "out.csv", {"y": array([1])}, heads)
    assert code == "LG501"
    assert (tmp_path / "out.csv").read_text() == "old"
    assert written_csv(tmp_path, heads, {"y": array([1])}, force=True) == [["y"], ["1.0"]]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["graph.yaml", "out.csv"]


def test_without_pyarrow(tmp_path, monkeypatch):
    monkeypatch.setattr("layergraph.training.packages.find_spec", lambda name: None)
    code, message, _ = message_of(check_predictions_file, tmp_path / "out.parquet", {})
    assert (code, message) == (
        "LG616",
        "a .parquet file needs pyarrow, which is not installed",
    )


@pytest.mark.parametrize("ending", ["csv", "parquet", "npz"])
def test_no_rows(tmp_path, ending):
    heads = outputs_of(
        tmp_path,
        "species: {from: x, task: multiclass, classes: [Adelie, Chinstrap]}",
        "sex: {from: x, task: binary, classes: [female, male]}",
        "mass: {from: x, task: regression}",
    )
    predictions = {"species": np.zeros((0, 2)), "sex": np.zeros((0, 1)), "mass": np.zeros((0, 1))}
    file = write_predictions(tmp_path / f"out.{ending}", predictions, heads)
    if ending == "csv":
        header = ["species", "species_Adelie", "species_Chinstrap", "sex", "sex_male", "mass"]
        assert rows_of(file) == [header]
    elif ending == "parquet":
        assert pq.read_table(file).num_rows == 0
    else:
        with np.load(file) as arrays:
            assert arrays["sex_label"].dtype.kind == "U"


def test_many_rows_are_written_in_pieces(tmp_path, monkeypatch):
    monkeypatch.setattr("layergraph.training.prediction_files.ROWS_AT_ONCE", 3)
    heads = outputs_of(tmp_path, "y: {from: x, task: regression}")
    rows = written_csv(tmp_path, heads, {"y": np.arange(8.0).reshape(8, 1)})
    assert [row[0] for row in rows] == ["y", *(f"{n}.0" for n in range(8))]


def test_dtypes_that_others_cannot_read(tmp_path):
    heads = outputs_of(tmp_path, "y: {from: x, task: regression, units: 2}")
    predictions = {"y": array([1, 2], dtype=ml_dtypes.bfloat16)}
    with np.load(write_predictions(tmp_path / "out.npz", predictions, heads)) as arrays:
        assert arrays["y"].dtype == np.float32
        assert arrays["y"].tolist() == [[1, 2]]
    words = {"y": np.array([[b"ja", "nein é".encode()]], dtype=object)}
    assert written_csv(tmp_path, heads, words)[1] == ["ja", "nein é"]
    with np.load(write_predictions(tmp_path / "out2.npz", words, heads)) as arrays:
        assert arrays["y"].tolist() == [["ja", "nein é"]]
    table = pq.read_table(write_predictions(tmp_path / "out.parquet", words, heads))
    assert table.to_pylist() == [{"y_0": "ja", "y_1": "nein é"}]
