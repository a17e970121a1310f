"""The order of rows in an epoch, which the seed and the number of the epoch alone decide."""

import numpy as np
import pytest

from layergraph.training.batches import Epochs, batches, steps
from layergraph.training.columns import Eager

pytestmark = pytest.mark.slow

ROWS = np.array([2, 3, 5, 7, 11, 13, 17, 19, 23, 29])
SIZE = 4
SEED = 2**32 - 1


def taken(epochs, rows=ROWS, size=SIZE):
    """The rows of each batch."""
    columns = ({"x": Eager(np.arange(30.0))},)
    return [x["x"].numpy().astype(int).tolist() for (x,) in batches(columns, rows, size, epochs)]


def epoch(number, seed=SEED, rows=ROWS, size=SIZE):
    import tensorflow as tf

    order = tf.random.experimental.stateless_shuffle(
        tf.constant(rows, tf.int64), seed=tf.constant([seed, number], tf.int64)
    )
    order = order.numpy().tolist()
    return [order[start : start + size] for start in range(0, len(order), size)]


def test_the_order_is_the_stateless_shuffle_of_the_seed_and_the_epoch():
    found = taken(Epochs(0, 3, 0, SEED))
    assert found == [*epoch(0), *epoch(1), *epoch(2)]
    assert [len(batch) for batch in found] == [4, 4, 2] * 3
    assert epoch(0) != epoch(1) != epoch(2)
    assert taken(Epochs(0, 1, 0, 8)) == epoch(0, 8) != epoch(0)


def test_a_fit_goes_on_in_the_midst_of_an_epoch():
    whole = taken(Epochs(0, 4, 0, SEED))
    for first in range(4):
        for skip in range(3):
            assert taken(Epochs(first, 4, skip, SEED)) == whole[3 * first + skip :]
    assert taken(Epochs(1, 2, 2, SEED)) == epoch(1)[2:]


def test_without_a_seed_rows_keep_their_order():
    assert taken(Epochs()) == [[2, 3, 5, 7], [11, 13, 17, 19], [23, 29]]
    assert taken(Epochs(), ROWS[::-1])[0] == [29, 23, 19, 17]


@pytest.mark.parametrize(
    ("rows", "size", "count"), [(10, 4, 3), (8, 4, 2), (1, 4, 1), (3, 100, 1), (0, 4, 0)]
)
def test_the_last_batch_of_an_epoch_may_be_smaller(rows, size, count):
    assert steps(rows, size) == count
    found = taken(Epochs(0, 2), ROWS[:rows], size)
    assert len(found) == 2 * count
    assert sum(map(len, found)) == 2 * rows


def test_parts_of_a_batch_are_of_the_same_rows_and_words_are_text():
    columns = (
        {"word": Eager(np.array(["a", "ü", ""] * 4, object)), "x": Eager(np.arange(12))},
        {"y": Eager(np.arange(24, dtype="float32").reshape(12, 2))},
        {"y": Eager(np.arange(12, dtype="float32") / 2)},
    )
    seen = []
    for x, y, weights in batches(columns, np.arange(12), 5, Epochs(0, 1, 0, SEED)):
        rows = x["x"].numpy()
        seen += rows.tolist()
        words = [word.decode() for word in x["word"].numpy()]
        assert words == [("a", "ü", "")[row % 3] for row in rows]
        np.testing.assert_array_equal(y["y"], np.stack([2 * rows, 2 * rows + 1], 1))
        np.testing.assert_array_equal(weights["y"], rows / 2)
        assert (x["word"].dtype, x["x"].dtype, y["y"].dtype) == ("string", "int64", "float32")
    assert sorted(seen) == list(range(12))
