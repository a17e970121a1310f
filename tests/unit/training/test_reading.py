"""Every form of data → the same table, or a way out."""

import sys

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from layergraph.training import packages
from layergraph.training.reading import GivenDataset, ParquetStream, read_data
from tests.unit.training.asked import mistake, said

NAMES = ("age", "city")
AGES = np.array([31.0, np.nan, 7.0])
CITIES = ["Oslo", None, "Bergen"]


def frame():
    return pd.DataFrame({"age": AGES, "city": CITIES, "other": [1, 2, 3]})


def as_npz(folder):
    np.savez(folder / "d.npz", age=AGES, city=np.array(["Oslo", "", "Bergen"]), other=[1, 2, 3])
    return folder / "d.npz"


def as_folder(folder):
    (folder / "d").mkdir()
    np.save(folder / "d" / "age.npy", AGES)
    np.save(folder / "d" / "city.npy", np.array(["Oslo", "", "Bergen"]))
    np.save(folder / "d" / "other.npy", [1, 2, 3])
    return folder / "d"


def as_csv(folder):
    frame().to_csv(folder / "d.csv", index=False)
    return folder / "d.csv"


def as_parquet(folder):
    frame().to_parquet(folder / "d.parquet")
    return folder / "d.parquet"


def as_dict(folder):
    return {"age": [31, None, 7], "city": CITIES, "other": (1, 2, 3)}


def as_frame(folder):
    return frame()


FORMS = (as_npz, as_folder, as_csv, as_parquet, as_dict, as_frame)


def read(data, *needed, **keys):
    return read_data(data, needed=needed or ("x",), **keys)


@pytest.mark.parametrize("form", FORMS)
def test_every_form_gives_the_same_columns(form, tmp_path):
    table = read_data(form(tmp_path), needed=NAMES)
    assert len(table) == 3
    assert tuple(table.columns) == NAMES
    assert set(table.names) == {"age", "city", "other"}
    np.testing.assert_array_equal(table.columns["age"], AGES)
    assert [word or None for word in table.columns["city"]] == CITIES
    assert table.columns["city"].dtype == object


@pytest.mark.parametrize("form", FORMS)
def test_the_digest_tells_data_apart(form, tmp_path):
    data = form(tmp_path)
    digest = read_data(data, needed=NAMES).digest
    assert len(digest) == 64
    assert read_data(data, needed=NAMES).digest == digest
    if form is as_dict:
        data["age"][0] = 32
    elif form is as_frame:
        data.loc[0, "city"] = "Moss"
    else:
        file = data / "age.npy" if data.is_dir() else data
        file.write_bytes(file.read_bytes()[:-1] + b" ")
        if form in (as_npz, as_parquet):
            return  # which are no longer sound
    assert read_data(data, needed=NAMES).digest != digest


@pytest.mark.parametrize("form", FORMS)
def test_a_column_that_is_not_there_is_no_matter_of_reading(form, tmp_path):
    table = read_data(form(tmp_path), needed=["aeg"])
    assert "aeg" not in table.columns
    assert len(table) == 3


def test_a_folder_stays_on_disk(tmp_path):
    table = read_data(as_folder(tmp_path), needed=NAMES)
    assert isinstance(table.columns["age"], np.memmap)


def test_a_mapped_array_given_in_python_stays_on_disk(tmp_path):
    np.save(tmp_path / "x.npy", AGES)
    table = read({"x": np.load(tmp_path / "x.npy", mmap_mode="r")})
    assert isinstance(table.columns["x"], np.memmap)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("none.csv", None, "{} does not exist"),
        ("empty.csv", b"", "{} is empty"),
        ("blank.csv", b"\n\n", "{} is empty"),
        ("head.csv", b"x,y\n", "{} has no rows"),
        ("twice.csv", b"x,x\n1,2\n", "{} has several columns `x`"),
        ("wide.csv", b"x,y\n1,2\n1,2,3\n", "{} is no sound CSV"),
        ("all_wide.csv", b"x,y\n1,2,3\n", "{} is no sound CSV"),
        ("open.csv", b'x,y\n1,"2\n', "{} is no sound CSV"),
        ("semicolon.csv", b"x;y\n1;2\n", "the columns of {} are separated by ';', not by commas"),
        ("latin.csv", "x,y\n1,é\n".encode("latin-1"), "{} is not in UTF-8"),
        ("junk.npz", b"junk", "{} is no archive of arrays"),
        ("junk.parquet", b"junk" * 40, "{} is no sound Parquet file"),
        ("data.txt", b"x", "{} has an unknown form, the ending `.txt`"),
        ("data", b"x", "{} has an unknown form, a file without an ending"),
    ],
)
def test_a_file_that_cannot_be_read(name, content, message, tmp_path):
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    code, text, _, help = mistake(read, path, "x", "y")
    assert (code, text) == ("LG601", message.format(path))
    assert help


def test_a_folder_without_arrays(tmp_path):
    code, text = said(read, tmp_path)
    assert (code, text) == ("LG601", f"the folder {tmp_path} holds no `.npy` file")


def test_objects_are_never_unpickled(tmp_path):
    class Bomb:
        def __reduce__(self):
            return (sys.exit, (99,))

    bomb = np.array([Bomb()], dtype=object)
    np.savez(tmp_path / "d.npz", x=bomb)
    np.save(tmp_path / "x.npy", bomb)
    for path in (tmp_path / "d.npz", tmp_path):
        assert said(read, path) == (
            "LG601",
            f"`x` of {path} holds Python objects, which are not unpickled",
        )


def test_a_truncated_archive(tmp_path):
    path = as_npz(tmp_path)
    np.savez(path, x=np.arange(1000))
    content = bytearray(path.read_bytes())
    content[300:400] = bytes(100)
    path.write_bytes(content)
    assert said(read, path) == ("LG601", f"`x` of {path} is damaged")


@pytest.mark.parametrize("cut", [100, 2000])
def test_a_damaged_parquet_file(cut, tmp_path):
    path = tmp_path / "d.parquet"
    pd.DataFrame({"x": np.random.default_rng(0).normal(size=1000)}).to_parquet(path)
    content = bytearray(path.read_bytes())
    content[cut : cut + 60] = bytes(60)
    path.write_bytes(content[:-4] if cut == 100 else content)
    if cut == 100:
        assert said(read, path) == ("LG601", f"{path} is no sound Parquet file")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({}, "the data are an empty dict"),
        ({"x": [1, 2], "y": [1]}, "`x` of the data has 2 rows, and `y` has 1"),
        ({"x": 1}, "`x` of the data is a single value"),
        ({"x": []}, "the data have no rows"),
        ({3: [1]}, "the key 3 of the data is no name"),
        (
            {"x": [[1, 2], [3, 4], [5]]},
            "rows of `x` in the data differ in length: row 0 has 2, row 2 has 1",
        ),
        ([1, 2], "the data are of type `builtins.list`"),
        ({"x": [b"\xff"]}, "row 0 of `x` in the data is no UTF-8 text"),
    ],
)
def test_python_data_that_cannot_be_read(data, message):
    assert said(read, data, "x", "y") == ("LG601", message)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ([True, None], np.array([1, np.nan])),
        ([True, False], np.array([True, False])),
        ([1, 2], np.array([1, 2])),
        (["a", float("nan")], np.array(["a", None], object)),
        ([b"a", "b"], np.array(["a", "b"], object)),
        (np.array([b"a"]), np.array(["a"], object)),
        ([["a", "b"], ["c", "d"]], np.array([["a", "b"], ["c", "d"]], object)),
        ([[1, 2], None], np.array([[1, 2], [np.nan, np.nan]])),
        ([2**70, 1], np.array([2.0**70, 1])),
        (["a", 1], np.array(["a", 1], object)),
    ],
)
def test_values_of_python(given, expected):
    column = read({"x": given}).columns["x"]
    assert column.dtype == expected.dtype
    np.testing.assert_array_equal(column, expected)


def test_words_of_a_csv_stay_words(tmp_path):
    path = tmp_path / "d.csv"
    path.write_text(
        "answer,none,flag,gap,zip,mixed\nno,None,True,NA,0150,1\nyes,n,False,2,5003,one\n"
    )
    names = ("answer", "none", "flag", "gap", "zip", "mixed")
    columns = read_data(path, needed=names, words=("zip",)).columns
    assert columns["answer"].tolist() == ["no", "yes"]
    assert columns["none"].tolist() == ["None", "n"]
    assert columns["flag"].tolist() == [True, False]
    np.testing.assert_array_equal(columns["gap"], [np.nan, 2])
    assert columns["zip"].tolist() == ["0150", "5003"]
    assert columns["mixed"].tolist() == ["1", "one"]


def test_a_csv_with_a_byte_order_mark(tmp_path):
    path = tmp_path / "d.csv"
    path.write_bytes(b"\xef\xbb\xbfx\n1\n")
    assert read(path).columns["x"].tolist() == [1]


def test_only_needed_columns_are_read(tmp_path, monkeypatch):
    asked = []
    real = pd.read_csv
    monkeypatch.setattr(pd, "read_csv", lambda *a, **k: asked.append(k["usecols"]) or real(*a, **k))
    read_data(as_csv(tmp_path), needed=["city"])
    assert asked == [["city"]]


ARROW = [
    (pa.array([1, None, 3], pa.int32()), [1, np.nan, 3]),
    (pa.array(["a", None, "c"]).dictionary_encode(), ["a", None, "c"]),
    (pa.array(["a", None, "c"], pa.large_string()), ["a", None, "c"]),
    (pa.array([True, None, False]), [1, np.nan, 0]),
    (pa.array([True, True, False]), [True, True, False]),
    (pa.array([1, 2, 3], pa.decimal128(5, 1)), [1.0, 2.0, 3.0]),
    (pa.array([[1, 2], [3, 4], [5, 6]]), [[1, 2], [3, 4], [5, 6]]),
    (pa.array([[1, 2], None, [5, 6]]), [[1, 2], [np.nan, np.nan], [5, 6]]),
    (pa.array([["a"], None, ["b"]]), [["a"], [None], ["b"]]),
    (pa.array([[1, 2], None, [5, 6]], pa.list_(pa.float32(), 2)), [[1, 2], [np.nan] * 2, [5, 6]]),
    (pa.array([[[1], [2]], [[3], [4]], [[5], [6]]]), [[[1], [2]], [[3], [4]], [[5], [6]]]),
    (pa.array([None, None, None]), [np.nan] * 3),
]


@pytest.mark.parametrize(("column", "expected"), ARROW, ids=lambda v: str(getattr(v, "type", "")))
def test_types_of_parquet(column, expected, tmp_path):
    pq.write_table(pa.table({"x": column}), tmp_path / "d.parquet")
    found = read(tmp_path / "d.parquet").columns["x"]
    np.testing.assert_array_equal(found, np.array(expected, found.dtype))


def test_lists_of_unequal_length_in_parquet(tmp_path):
    path = tmp_path / "d.parquet"
    pq.write_table(pa.table({"x": [[1, 2], None, [3]]}), path)
    code, message, _, help = mistake(read, path)
    assert (code, message) == (
        "LG601",
        f"rows of `x` in {path} differ in length: row 0 has 2, row 2 has 1",
    )
    assert help.startswith("pad the lists")


def test_a_type_of_parquet_that_no_tensor_holds(tmp_path):
    path = tmp_path / "d.parquet"
    pq.write_table(pa.table({"x": [{"a": 1}]}), path)
    assert said(read, path)[1] == (
        f"`x` of {path} has the type struct<a: int64>, which no tensor can hold"
    )


@pytest.mark.parametrize(
    "series",
    [
        pd.Series([1, None, 3], dtype="Int64"),
        pd.Series([1.0, None, 3], dtype="category"),
        pd.Series([1, pd.NA, 3], dtype=object),
        pd.Series([1, None, 3], dtype="int64[pyarrow]"),
    ],
    ids=lambda series: str(series.dtype),
)
def test_numbers_of_pandas(series):
    found = read(pd.DataFrame({"x": series})).columns["x"]
    np.testing.assert_array_equal(found, [1, np.nan, 3])


def test_a_frame_with_a_name_twice():
    twice = pd.DataFrame([[1, 2]], columns=["x", "x"])
    assert said(read, twice) == ("LG601", "the data have several columns `x`")


@pytest.fixture
def module(tmp_path, monkeypatch):
    (tmp_path / "own_data.py").write_text(
        "from os import getcwd\n"
        "def load():\n    print('loading')\n    return {'x': [1, 2]}\n"
        "def fail():\n    raise ValueError('no such table')\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    yield "own_data"
    sys.modules.pop("own_data", None)


def test_a_function_is_called_where_its_module_is_allowed(module, capsys):
    table = read("own_data:load", allow=(module,))
    assert table.columns["x"].tolist() == [1, 2]
    assert capsys.readouterr().out == ""
    assert said(read, "own_data:fail", allow=(module,)) == (
        "LG601",
        "`own_data:fail` gives no data: no such table",
    )
    assert said(read, "own_data:laod", allow=(module,)) == (
        "LG509",
        "`own_data:laod` cannot be imported: the module has no `laod`",
    )
    assert said(read, "own_data:getcwd", allow=(module,)) == (
        "LG508",
        "`own_data:getcwd` comes from `posix`, which nobody has allowed",
    )


def test_a_module_that_is_not_allowed_is_not_imported(module):
    assert said(read, "own_data:load") == (
        "LG508",
        "`own_data:load` would import `own_data`, which nobody has allowed",
    )
    assert "own_data" not in sys.modules


@pytest.mark.parametrize(("form", "name"), [(as_csv, "pandas"), (as_parquet, "pyarrow")])
def test_a_package_that_is_missing(form, name, tmp_path, monkeypatch):
    path = form(tmp_path)
    monkeypatch.setattr(packages, "find_spec", lambda _: None)
    code, message, _, help = mistake(read, path)
    assert code == "LG616"
    assert name in message
    assert "pip install 'layergraph[train]'" in help


@pytest.fixture
def large(tmp_path):
    """150,000 rows in row groups of 100,000 and 50,000."""
    path = tmp_path / "large.parquet"
    n = 150_000
    table = pa.table({"x": np.arange(n), "y": [f"w{i % 7}" for i in range(n)], "z": np.ones(n)})
    pq.write_table(table, path, row_group_size=100_000)
    return path


@pytest.mark.parametrize("memory", [1000, 11_000_000, 40_000])
def test_a_large_parquet_file_is_a_stream(large, memory):
    stream = read_data(large, needed=("x", "y"), memory=memory)
    assert isinstance(stream, ParquetStream)
    assert (len(stream), stream.chunks) == (150_000, 3)
    assert stream.groups == (range(2), range(2, 3))
    assert [stream.start(i) for i in range(4)] == [0, 65_536, 100_000, 150_000]
    for i in (2, 0, 1, 1, 0, 2):
        table = stream.chunk(i)
        first = stream.start(i)
        assert table.is_part
        assert set(table.columns) == {"x", "y"}
        np.testing.assert_array_equal(table.columns["x"], np.arange(first, stream.start(i + 1)))
        assert table.columns["y"][0] == f"w{first % 7}"
    np.testing.assert_array_equal(stream.column("x"), np.arange(150_000))
    assert stream.digest == read_data(large, needed=("x",)).digest


def test_a_small_parquet_file_is_a_table(large):
    assert not isinstance(read_data(large, needed=("x",)), ParquetStream)


def test_a_list_that_differs_in_a_later_chunk(tmp_path):
    path = tmp_path / "d.parquet"
    lists = [[1, 2]] * 70_000 + [[3]]
    pq.write_table(pa.table({"x": lists}), path)
    stream = read_data(path, needed=("x",), memory=0)
    stream.chunk(0)
    assert said(stream.chunk, 1)[1] == (
        f"rows of `x` in {path} differ in length: row 65536 has 2, row 70000 has 1"
    )


def test_datasets_are_not_looked_for_in_packages_that_nobody_imported(monkeypatch):
    monkeypatch.delitem(sys.modules, "tensorflow", raising=False)
    assert not isinstance(read({"x": [1]}), GivenDataset)
