"""Pictures, and datasets of TensorFlow and Keras."""

import numpy as np
import pandas as pd
import pytest

from layergraph.training.reading import GivenDataset, read_data
from tests.unit.training.asked import binary, classes, encoded, field, mistakes, said, target

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def tf():
    import tensorflow as tf

    return tf


@pytest.fixture
def pictures(tmp_path, tf):
    """A table of files: red of 4 × 4, and a gradient of 2 × 6."""
    red = np.zeros((4, 4, 3), np.uint8)
    red[..., 0] = 200
    wide = np.arange(36, dtype=np.uint8).reshape(2, 6, 3)
    (tmp_path / "red.png").write_bytes(tf.io.encode_png(red).numpy())
    (tmp_path / "wide.png").write_bytes(tf.io.encode_png(wide).numpy())
    (tmp_path / "bad.png").write_bytes(b"no picture")
    table = tmp_path / "d.csv"

    def write(*files):
        pd.DataFrame({"file": files}).to_csv(table, index=False)
        return table

    return write, red, wide


def photo(*shape, **keys):
    return field("photo", "file", shape=shape, decode="image", **keys)


def test_pictures_are_decoded_and_resized(pictures, tf):
    write, red, wide = pictures
    column = encoded(write("red.png", "wide.png"), [photo(4, 4, 3)]).inputs["photo"]
    assert (column.dtype, column.shape, len(column)) == ("float32", (4, 4, 3), 2)
    taken = column.take(np.array([1, 0]))
    assert taken.dtype == np.float32
    np.testing.assert_array_equal(taken[1], red)
    np.testing.assert_array_equal(taken[0], tf.image.resize(wide, (4, 4)))


def test_pictures_of_whole_numbers_and_other_channels(pictures):
    write, *_ = pictures
    column = encoded(write("red.png"), [photo(None, None, 1, dtype="uint8")]).inputs["photo"]
    taken = column.take(np.array([0]))
    assert (taken.dtype, taken.shape) == (np.uint8, (1, 4, 4, 1))


def test_pictures_of_several_sizes_where_the_shape_says_none(pictures):
    write, *_ = pictures
    column = encoded(write("red.png", "wide.png"), [photo(None, None, 3)]).inputs["photo"]
    code, message = said(column.take, np.array([0, 1]))
    assert code == "LG604"
    assert message.endswith("wide.png, is 2 × 6 × 3, and others of its batch are 4 × 4 × 3")


def test_a_picture_that_is_none(pictures, tmp_path):
    write, *_ = pictures
    assert said(encoded, write("red.png", "blue.png"), [photo(4, 4, 3)]) == (
        "LG615",
        f"row 1 of `file`: the file {tmp_path}/blue.png does not exist",
    )
    assert said(encoded, write("bad.png"), [photo(4, 4, 3)]) == (
        "LG615",
        f"row 0 of `file`, {tmp_path}/bad.png, cannot be decoded",
    )
    assert said(encoded, write("red.png", None), [photo(4, 4, 3)])[0] == "LG607"
    column = encoded(write(None, "red.png", "bad.png"), [photo(4, 4, 3, missing="drop")]).inputs
    assert said(column["photo"].take, np.array([0, 1])) == (
        "LG615",
        f"row 2 of `file`, {tmp_path}/bad.png, cannot be decoded",
    )


FIELDS = (field(shape=(3,)), field("w", shape=(), dtype="string"))
TARGETS = (classes(count=3), binary("z"))


def given(tf, x=(4, 3), words=("a",) * 4, y=np.int64, weights=False, names=("x", "w")):
    inputs = {names[0]: np.zeros(x, np.float32), names[1]: np.array(words)}
    targets = {"y": np.zeros(4, y), "z": np.zeros((4, 1))}
    parts = (inputs, targets, {"y": np.ones(4)}) if weights else (inputs, targets)
    dataset = tf.data.Dataset.from_tensor_slices(parts).batch(2)
    found = read_data(dataset, needed=())
    assert isinstance(found, GivenDataset)
    return found


def test_a_dataset_that_fits(tf):
    given(tf).check(FIELDS, TARGETS)
    given(tf, weights=True).check(FIELDS, TARGETS)
    given(tf).check(FIELDS)
    alone = tf.data.Dataset.from_tensors({"x": np.zeros((2, 3)), "w": np.array(["a", "b"])})
    read_data(alone, needed=()).check(FIELDS)


@pytest.mark.parametrize(
    ("keys", "code", "message"),
    [
        ({"names": ("xx", "w")}, "LG602", "the inputs of the dataset have no `x`"),
        (
            {"x": (4, 5)},
            "LG604",
            "the batches of `x` are (5,) for a sample, and it takes (3,)",
        ),
        ({"words": (1.0,) * 4}, "LG605", "the batches of `w` are float64, and it takes words"),
        (
            {"y": np.float32},
            "LG605",
            "the batches of `y` are float32, and it takes whole numbers (int32)",
        ),
    ],
)
def test_a_dataset_that_does_not_fit(tf, keys, code, message):
    assert said(given(tf, **keys).check, FIELDS, TARGETS) == (code, message)


def test_a_dataset_of_other_parts(tf):
    alone = read_data(tf.data.Dataset.range(3), needed=())
    assert said(alone.check, FIELDS, TARGETS) == ("LG601", "the dataset gives 1 part")
    assert said(alone.check, FIELDS) == ("LG601", "the dataset gives inputs that are no dict")
    found = mistakes(given(tf, weights=True).check, FIELDS, [target("z")])
    assert [code for code, *_ in found] == ["LG602"]


def test_a_dataset_of_keras(tf):
    import keras

    class Batches(keras.utils.PyDataset):
        def __len__(self):
            return 1

        def __getitem__(self, index):
            if self.fails:
                raise ValueError("no file")
            return {"x": np.zeros((2, 3)), "w": np.array(["a", "b"])}, {"y": np.zeros(2, int)}

    dataset = Batches()
    dataset.fails = False
    found = read_data(dataset, needed=())
    found.check(FIELDS, TARGETS[:1])
    assert said(found.check, FIELDS, TARGETS) == (
        "LG602",
        "the targets of the dataset have no `z`",
    )
    dataset.fails = True
    assert said(found.check, FIELDS, TARGETS) == (
        "LG601",
        "the dataset gives no first batch: no file",
    )
