"""Columns of data → what the model is given."""

import numpy as np
import pandas as pd
import pytest

from layergraph.training.columns import Eager, Mapped, OneHot
from layergraph.training.encoding import needed_columns, word_columns
from tests.unit.training.asked import (
    OUTPUT,
    binary,
    classes,
    encoded,
    field,
    mistake,
    mistakes,
    said,
    target,
)

NAN = np.nan
SPECIES = ("Adelie", "Chinstrap", "Gentoo")


def values(column):
    return column.take(np.arange(len(column))).tolist()


def test_columns_side_by_side():
    samples = encoded(
        {"a": [1, 2], "b": [True, False], "c": [0.5, 1.5]},
        [field("x", "a", "b", "c", shape=(3,))],
    )
    (column,) = samples.inputs.values()
    assert isinstance(column, Eager)
    assert (column.dtype, column.shape, len(samples)) == ("float32", (3,), 2)
    assert column.values.flags.c_contiguous
    assert values(column) == [[1, 1, 0.5], [2, 0, 1.5]]
    assert samples.weights == samples.gaps == {}
    assert samples.rows.tolist() == [0, 1]


@pytest.mark.parametrize(
    ("given", "shape", "has"),
    [
        ((4,), (), ()),
        ((4,), (1,), (1,)),
        ((4, 1), (), ()),
        ((4, 3), (3,), (3,)),
        ((4, 3), (None,), (3,)),
        ((4, 3), (3, 1), (3, 1)),
        ((4, 8, 8), (8, 8, 1), (8, 8, 1)),
        ((4, 8, 6, 3), (None, None, 3), (8, 6, 3)),
    ],
)
def test_shapes_that_fit(given, shape, has):
    samples = encoded({"x": np.zeros(given)}, [field(shape=shape)])
    assert samples.inputs["x"].shape == has
    assert samples.inputs["x"].take(np.array([2, 0])).shape == (2, *has)


@pytest.mark.parametrize(
    ("given", "shape", "message"),
    [
        ((4, 3), (4,), "a row of `x` is (3,), and input `x` takes (4,)"),
        ((4,), (4,), "a row of `x` is (), and input `x` takes (4,)"),
        ((4, 8, 8), (8, 8, 3), "a row of `x` is (8, 8), and input `x` takes (8, 8, 3)"),
        (
            (4, 28, 28, 1),
            (32, 32, 1),
            "a row of `x` is (28, 28, 1), and input `x` takes (32, 32, 1)",
        ),
        ((4, 2, 2), (None,), "a row of `x` is (2, 2), and input `x` takes (?,)"),
    ],
)
def test_shapes_that_do_not_fit(given, shape, message):
    assert said(encoded, {"x": np.zeros(given)}, [field(shape=shape)]) == ("LG604", message)


def test_several_columns_that_do_not_fit():
    data = {"a": [1, 2], "b": [[1, 2], [3, 4]]}
    assert said(encoded, data, [field("x", "a", "b", shape=(2,))]) == (
        "LG604",
        "a row of `b` is (2,), and input `x` takes ()",
    )
    data = {"a": [1, 2], "b": [3, 4]}
    assert said(encoded, data, [field("x", "a", "b", shape=(3,))]) == (
        "LG604",
        "a row of 2 columns side by side is (2,), and input `x` takes (3,)",
    )


@pytest.mark.parametrize(
    "dtype", ["float16", "bfloat16", "float64", "int8", "uint8", "int64", "bool", "complex64"]
)
def test_dtypes(dtype):
    column = encoded({"x": [0.0, 1.0]}, [field(dtype=dtype)]).inputs["x"]
    assert column.dtype == dtype
    assert column.values.dtype.name == dtype
    assert values(column) == [[0], [1]]


@pytest.mark.parametrize(
    ("given", "dtype", "message"),
    [
        (
            ["1", "one"],
            "float32",
            'row 1 of `x` is the word "one", and input `x` takes float32 numbers',
        ),
        (
            ["1", "2"],
            "float32",
            'row 0 of `x` is the word "1", and input `x` takes float32 numbers',
        ),
        ([1, "one"], "int32", 'row 1 of `x` is the word "one", and input `x` takes whole numbers'),
        ([None, None], "float32", "row 0 of `x` is missing"),
        ([7, 8], "string", "`x` holds no words (row 0 is 7), and input `x` takes words"),
        (["a", 5], "string", "row 1 of `x` is the number 5 among words"),
        ([1, 2.5], "int32", "row 1 of `x` is 2.5, and input `x` takes whole numbers (int32)"),
        (
            [1, 300],
            "uint8",
            "row 1 of `x` is 300, and input `x` takes uint8, which holds 0 to 255",
        ),
        (
            [1, -1],
            "uint8",
            "row 1 of `x` is -1, and input `x` takes uint8, which holds 0 to 255",
        ),
        (
            [1, 2],
            "bool",
            "row 1 of `x` is 2, and input `x` takes bool, which holds 0 to 1",
        ),
        (
            [1.0, 1e39],
            "float32",
            "row 1 of `x` is 1e+39, and input `x` takes float32, which holds 3.403e+38 at most",
        ),
        ([1j, 2], "float32", "`x` holds complex numbers, and input `x` takes float32 numbers"),
        (
            np.array(["2024-01-01", "2024-01-02"], "M8[D]"),
            "float32",
            "`x` holds dates, and input `x` takes float32 numbers",
        ),
        (
            [{"a": 1}, {}],
            "float32",
            "row 0 of `x` is of type `dict`, and input `x` takes float32 numbers",
        ),
    ],
)
def test_values_of_the_wrong_kind(given, dtype, message):
    code, text, _, help = mistake(encoded, {"x": given}, [field(dtype=dtype)])
    assert (code, text) == ("LG607" if "missing" in message else "LG605", message)
    assert help


def test_the_first_row_at_fault_and_how_many_more():
    data = {"x": [1, 2.5, 3, 4.5, 5.5]}
    assert mistake(encoded, data, [field(dtype="int32")], first_row=1000) == (
        "LG605",
        "row 1001 of `x` is 2.5, and input `x` takes whole numbers (int32)",
        ("so it is in 2 more rows",),
        "round the data, or take `dtype: float32`",
    )


def test_rows_are_counted_across_blocks():
    given = np.zeros(3_000_000)
    given[[2_000_000, 2_999_999]] = NAN
    assert mistake(encoded, {"x": given}, [field()])[1:3] == (
        "row 2000000 of `x` is missing",
        ("so it is in 1 more row",),
    )


def test_every_mistake_is_told_at_once():
    found = mistakes(
        encoded,
        {"a": ["w", "v"], "b": [1, NAN], "y": ["Adelei", "Gentoo"], "z": [1, 2]},
        [field("p", "a"), field("q", "b", "nix", shape=(2,)), field("r", "b")],
        [classes("y", classes=SPECIES), binary("s", "z", sample_weight="w")],
    )
    assert sorted(code for code, *_ in found) == [
        "LG602",
        "LG602",
        "LG605",
        "LG606",
        "LG607",
        "LG609",
    ]


def test_a_missing_column_offers_the_nearest_of_all():
    frame = pd.DataFrame({"bill_length_mm": [1.0], "island": ["Dream"]})
    assert mistake(encoded, frame, [field("bill", "bill_lenght_mm")]) == (
        "LG602",
        "input `bill` takes the column `bill_lenght_mm`, and the data have none of that name",
        (),
        "did you mean `bill_length_mm`?",
    )
    assert mistake(encoded, {"x": [1]}, [field("unlike")])[3] == "the arrays are `x`"


def test_an_array_that_nobody_takes():
    (warning,) = encoded({"x": [1], "spare": [2]}, [field()]).warnings
    assert (warning.code.id, warning.message) == (
        "LG603",
        "nothing in the graph takes the array `spare` of the data",
    )
    assert encoded(pd.DataFrame({"x": [1], "spare": [2]}), [field()]).warnings == ()


def test_gaps_are_errors():
    code, message, _, help = mistake(encoded, {"x": [1, NAN]}, [field()])
    assert (code, message) == ("LG607", "row 1 of `x` is missing")
    assert "missing: drop" in help
    assert "missing: allow" in help
    assert said(encoded, {"x": ["a", ""]}, [field(dtype="string")]) == ("LG607", message)


def test_gaps_are_allowed():
    data = {"x": [1, NAN], "w": ["a", None]}
    fields = [field(missing="allow"), field("w", dtype="string", missing="allow")]
    samples = encoded(data, fields)
    assert str(values(samples.inputs["x"])) == "[[1.0], [nan]]"
    assert values(samples.inputs["w"]) == [["a"], [""]]


def test_whole_numbers_have_no_gaps():
    code, message, _, help = mistake(
        encoded, {"x": [1, NAN]}, [field(dtype="int32", missing="allow")]
    )
    assert (code, message) == ("LG607", "row 1 of `x` is missing")
    assert help.startswith("int32 has no NaN")


def test_rows_with_gaps_are_dropped_everywhere():
    samples = encoded(
        {
            "x": [1, NAN, 3, 4, 5],
            "w": ["a", "b", None, "d", "e"],
            "y": [0, 99, 1, NAN, 2],  # the 99 goes with its row
            "weight": [1, -1, 1, 1, 2],
        },
        [field(missing="drop"), field("w", dtype="string", missing="drop")],
        [classes(count=3, sample_weight="weight")],
        first_row=10,
    )
    assert samples.rows.tolist() == [10, 13, 14]
    assert len(samples) == 3
    assert values(samples.inputs["x"]) == [[1], [4], [5]]
    assert values(samples.inputs["w"]) == [["a"], ["d"], ["e"]]
    assert values(samples.targets["y"]) == [0, 0, 2]
    assert samples.labels("y").tolist() == [0, -1, 2]
    assert samples.gaps == {"y": 1}
    assert samples.weights["y"].tolist() == [1, 0, 2]


def test_mistakes_name_the_rows_of_the_data_where_some_are_dropped():
    data = {"x": [NAN, NAN, 1, 2], "y": [0, 1, 0, 7]}
    assert said(encoded, data, [field(missing="drop")], [classes(count=3)]) == (
        "LG606",
        "row 3 of `y` is 7, and the classes of output `y` are 0 to 2",
    )


def test_all_rows_are_dropped():
    data = {"a": [1, NAN], "b": [NAN, NAN]}
    fields = [field("p", "a", missing="drop"), field("q", "b", missing="drop")]
    assert said(encoded, data, fields) == (
        "LG608",
        "`missing: drop` leaves out all 2 rows of the data: 2 of them have no `b`",
    )


@pytest.mark.parametrize("keys", [{}, {"missing": "drop"}, {"missing": "allow"}])
def test_infinity_is_always_an_error(keys):
    assert said(encoded, {"x": [1, -np.inf]}, [field(**keys)]) == (
        "LG607",
        "row 1 of `x` is infinite (-inf)",
    )
    assert said(encoded, {"y": [1, np.inf]}, [], [target()]) == (
        "LG607",
        "row 1 of `y` is infinite (inf)",
    )


def test_tokens_beyond_an_embedding():
    tokens = np.array([[1, 2], [3, 5000], [7311, 1]])
    assert mistake(encoded, {"x": tokens}, [field(shape=(2,), dtype="int32", below=5000)]) == (
        "LG606",
        "row 1 of `x` is 5000, and the embedding that input `x` goes into takes 0 to 4999",
        ("so it is in 1 more row",),
        "give it an `input_dim` of more than 7311, or mend the data",
    )
    assert mistake(encoded, {"x": [-1]}, [field(dtype="int32", below=9)])[3] == (
        "an embedding counts from 0: mend the data"
    )


@pytest.mark.parametrize(
    ("given", "labels", "expected"),
    [
        (["Gentoo", "Adelie", None, ""], SPECIES, [2, 0, -1, -1]),
        ([2, 0, 1], SPECIES, [2, 0, 1]),
        ([1.0, NAN, 2.0], (1, 2, 3), [0, -1, 1]),
        ([3, 1], (1, 2, 3), [2, 0]),
        (["3", "1"], (1, 2, 3), [2, 0]),
        ([3, 1], ("1", "2", "3"), [2, 0]),
        ([True, False], ("True", "False"), [0, 1]),
        ([True, False], ("no", "yes"), [1, 0]),
        ([2.0, 0.0, NAN], None, [2, 0, -1]),
    ],
)
def test_labels_of_classes(given, labels, expected):
    samples = encoded({"y": given}, [], [classes(classes=labels, count=len(labels or SPECIES))])
    assert samples.labels("y").tolist() == expected
    column = samples.targets["y"]
    assert (column.dtype, column.shape) == ("int32", ())
    assert values(column) == [max(code, 0) for code in expected]
    assert samples.gaps == ({"y": expected.count(-1)} if -1 in expected else {})
    if -1 in expected:
        assert samples.weights["y"].tolist() == [float(code >= 0) for code in expected]


@pytest.mark.parametrize(
    ("given", "labels", "code", "message", "help"),
    [
        (
            ["Gentoo", "Adelei", "x"],
            SPECIES,
            "LG609",
            'row 1 of `y` is "Adelei", which is no class of output `y`',
            "did you mean `Adelie`?",
        ),
        (
            [1, 4],
            (1, 2),
            "LG609",
            "row 1 of `y` is 4, which is no class of output `y`",
            "its classes are `1`, `2`",
        ),
        (
            [1.5, 1],
            (1, 2),
            "LG609",
            "row 0 of `y` is 1.5, which is no class of output `y`",
            "its classes are `1`, `2`",
        ),
        (
            [0, 3],
            SPECIES,
            "LG606",
            "row 1 of `y` is 3, and the classes of output `y` are 0 to 2",
            None,
        ),
        (
            [0, -1],
            None,
            "LG606",
            "row 1 of `y` is -1, and the classes of output `y` are 0 to 2",
            None,
        ),
        (
            [0, 0.5],
            None,
            "LG605",
            "row 1 of `y` is 0.5, and output `y` takes whole numbers (int32)",
            None,
        ),
        (
            ["b", "a"],
            None,
            "LG605",
            '`y` holds words, such as "a", and output `y` has no labels for its classes',
            "name them in the order of their numbers: `classes: [a, b]`",
        ),
        (
            [None, None],
            SPECIES,
            "LG607",
            "every row of `y` is missing, so `y` has nothing to learn from",
            None,
        ),
        (
            ["", ""],
            SPECIES,
            "LG607",
            "every row of `y` is missing, so `y` has nothing to learn from",
            None,
        ),
    ],
)
def test_labels_that_are_none(given, labels, code, message, help):
    found = mistake(encoded, {"y": given}, [], [classes(classes=labels, count=3)])
    assert found[:2] == (code, message)
    assert help is None or found[3] == help


def test_the_number_that_a_loss_ignores():
    wanted = classes(shape=(2,), count=3, ignored=-1)
    samples = encoded({"y": [[0, -1], [2, 1]]}, [], [wanted])
    assert values(samples.targets["y"]) == [[0, -1], [2, 1]]
    assert said(encoded, {"y": [[0, -2], [2, 1]]}, [], [wanted])[0] == "LG606"


@pytest.mark.parametrize(
    ("given", "labels", "expected"),
    [
        (["female", "male", None], ("female", "male"), [0, 1, -1]),
        ([0, 1, NAN], None, [0, 1, -1]),
        ([True, False], None, [1, 0]),
        ([1, 2], (1, 2), [0, 1]),
        ([1, 0], ("female", "male"), [1, 0]),
    ],
)
def test_binary_targets(given, labels, expected):
    samples = encoded({"y": given}, [], [binary(classes=labels)])
    column = samples.targets["y"]
    assert (column.dtype, column.shape) == ("float32", (1,))
    assert values(column) == [[max(code, 0)] for code in expected]
    assert samples.labels("y").tolist() == expected


@pytest.mark.parametrize(
    ("given", "code", "message"),
    [
        (
            [0, 1.7],
            "LG606",
            "row 1 of `y` is 1.7, and the loss of output `y` takes probabilities from 0 to 1",
        ),
        (
            ["f", "m"],
            "LG605",
            '`y` holds words, such as "f", and output `y` has no labels for its classes',
        ),
    ],
)
def test_probabilities_that_are_none(given, code, message):
    assert said(encoded, {"y": given}, [], [binary()]) == (code, message)


@pytest.mark.parametrize("given", [["a", "c", None], [0, 2, NAN]])
def test_classes_become_one_hot(given):
    wanted = target(
        shape=(3,), form="probability", is_one_hot=True, count=3, classes=("a", "b", "c")
    )
    samples = encoded({"y": given}, [], [wanted])
    assert values(samples.targets["y"]) == [[1, 0, 0], [0, 0, 1], [0, 0, 0]]
    assert samples.labels("y").tolist() == [0, 2, -1]
    assert samples.weights["y"].tolist() == [1, 1, 0]


def test_one_hot_rows_stay_as_they_are():
    wanted = target(shape=(3,), form="probability", is_one_hot=True, count=3)
    samples = encoded({"y": [[0, 1, 0], [0.25, 0.25, 0.5]]}, [], [wanted])
    assert values(samples.targets["y"]) == [[0, 1, 0], [0.25, 0.25, 0.5]]
    assert samples.labels("y").tolist() == [1, 2]


def test_many_classes_are_one_hot_when_they_are_taken():
    n, count = 40_000, 1000
    wanted = target(shape=(count,), form="probability", is_one_hot=True, count=count)
    column = encoded({"y": np.arange(n) % count}, [], [wanted]).targets["y"]
    assert isinstance(column, OneHot)
    assert (column.dtype, column.shape, len(column)) == ("float32", (count,), n)
    assert column.take(np.array([1003])).nonzero()[1].tolist() == [3]


def test_multilabel_columns():
    wanted = target("y", "is_a", "is_b", shape=(2,), form="probability", count=2)
    samples = encoded({"is_a": [True, False], "is_b": [NAN, 1]}, [], [wanted])
    assert values(samples.targets["y"]) == [[1, 0], [0, 1]]
    assert samples.weights["y"].tolist() == [0, 1]
    with pytest.raises(KeyError):
        samples.labels("y")


def test_targets_of_numbers():
    samples = encoded({"y": [1.5, NAN, 3]}, [], [target()])
    assert values(samples.targets["y"]) == [[1.5], [0], [3]]
    assert samples.gaps == {"y": 1}
    assert said(encoded, {"y": ["a", "b"]}, [], [target()]) == (
        "LG605",
        'row 0 of `y` is the word "a", and output `y` takes numbers',
    )


@pytest.mark.parametrize(
    ("given", "code", "message"),
    [
        ([1, -2], "LG606", "row 1 of `w` is -2, and the weight of a sample is not negative"),
        ([1, NAN], "LG607", "row 1 of `w` is missing"),
        (["a", "b"], "LG605", 'row 0 of `w` is the word "a", and the weight of `y` takes numbers'),
        (
            [[1, 2], [3, 4]],
            "LG604",
            "a row of `w` is (2,), and the weight of `y` takes ()",
        ),
    ],
)
def test_weights_that_are_none(given, code, message):
    data = {"y": [1, 2], "w": given}
    assert said(encoded, data, [], [target(sample_weight="w")]) == (code, message)


def test_weights_that_are_all_1_are_left_out():
    assert encoded({"y": [1, 2], "w": [1, 1]}, [], [target(sample_weight="w")]).weights == {}


@pytest.fixture
def mapped(tmp_path):
    generator = np.random.default_rng(0)
    np.save(tmp_path / "x.npy", generator.normal(size=(100, 4)))
    np.save(tmp_path / "y.npy", generator.integers(0, 3, size=(100, 2)))
    np.save(tmp_path / "a.npy", np.where(np.arange(100) == 7, NAN, np.arange(100)))
    return tmp_path


def test_what_is_on_disk_stays_there(mapped):
    samples = encoded(
        mapped,
        [field(shape=(4,)), field("p", "a", missing="drop")],
        [classes(shape=(2,), count=3)],
    )
    for column in (samples.inputs["x"], samples.inputs["p"], samples.targets["y"]):
        assert isinstance(column, Mapped)
        assert len(column) == 99
    taken = samples.inputs["x"].take(np.array([7, 0]))
    assert taken.dtype == np.float32
    np.testing.assert_array_equal(taken, np.load(mapped / "x.npy")[[8, 0]].astype(np.float32))
    assert values(samples.inputs["p"])[6:8] == [[6], [8]]
    assert samples.targets["y"].take(np.array([0])).dtype == np.int32


def test_targets_on_disk_are_filled_when_they_are_taken(mapped):
    samples = encoded(mapped, [], [target("a")])
    assert isinstance(samples.targets["a"], Mapped)
    assert values(samples.targets["a"])[6:9] == [[6], [0], [8]]
    assert samples.weights["a"][7] == 0


def test_what_is_on_disk_is_checked(mapped):
    assert said(encoded, mapped, [field("a")]) == ("LG607", "row 7 of `a` is missing")
    assert said(encoded, mapped, [], [classes(shape=(2,), count=2)])[0] == "LG606"


def test_a_chunk_may_have_no_target_or_no_row(tmp_path):
    from layergraph.training.encoding import encode
    from layergraph.training.reading import read_data

    path = tmp_path / "d.parquet"
    pd.DataFrame({"x": [NAN, NAN], "y": [NAN, NAN]}).to_parquet(path)
    table = read_data(path, needed=("x", "y"), memory=0).chunk(0)
    samples = encode(table, [field(missing="drop")], [target()])
    assert len(samples) == 0
    assert samples.inputs["x"].take(np.array([], int)).shape == (0, 1)
    samples = encode(table, [field(missing="allow")], [target()])
    assert samples.weights["y"].tolist() == [0, 0]


def test_diagnostics_stand_at_the_output():
    from layergraph.diagnostics import GraphError

    with pytest.raises(GraphError) as raised:
        encoded({"y": ["a"]}, [], [classes(classes=("b", "c"))])
    (diagnostic,) = raised.value.diagnostics
    assert diagnostic.span == OUTPUT
    assert diagnostic.path == ("outputs", "y")


def test_needed_columns():
    fields = [field("x", "a", "b"), field("w", dtype="string"), field("p", "file", decode="image")]
    targets = [target("y", sample_weight="k")]
    assert needed_columns(iter(fields), iter(targets)) == {"a", "b", "w", "file", "y", "k"}
    assert word_columns(fields) == {"w", "file"}
