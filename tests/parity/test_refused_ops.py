"""Why some functions of Keras, or some of their calls, are refused: what they compute is wrong."""

import inspect

import keras
import numpy as np
import tensorflow as tf

NUMBERS = np.random.default_rng(0).normal(size=(4, 5)).astype("float32")


def computed(function, *arrays, **arguments):
    return np.asarray(getattr(keras.ops, function)(*arrays, **arguments))


def fails_traced(function, *arrays, **arguments):
    """Whether the function computes, and not as part of a saved model of unknown batch."""
    getattr(keras.ops, function)(*arrays, **arguments)
    signature = [tf.TensorSpec((None, *x.shape[1:]), x.dtype) for x in arrays]
    traced = tf.function(
        lambda *tensors: getattr(keras.ops, function)(*tensors, **arguments),
        input_signature=signature,
        autograph=False,
    )
    try:
        traced(*arrays)
    except (TypeError, ValueError, tf.errors.OpError):
        return True
    return False


def test_what_fails_in_a_saved_model():
    whole = np.ones((2, 3), "int32")
    for function in ("gcd", "lcm", "isin", "kron"):
        assert fails_traced(function, whole, whole)
        assert not fails_traced("add", whole, whole)
    for function, arguments in [
        ("nanmedian", {}),
        ("nanpercentile", {"q": 50}),
        ("nanquantile", {"q": 0.5}),
    ]:
        assert fails_traced(function, NUMBERS, axis=1, **arguments)
        assert not fails_traced(function, NUMBERS, **arguments)
    assert fails_traced("inner", np.ones((2, 3, 4), "float32"), np.ones((2, 2, 4), "float32"))


def test_other_shapes_and_dtypes_than_declared():
    declared = keras.ops.corrcoef(keras.KerasTensor((4, 5)))
    assert (declared.shape, computed("corrcoef", NUMBERS).shape) == ((4, 5), (4, 4))
    tensors = [keras.KerasTensor((3,), "int32")] * 2
    (first, _) = keras.ops.meshgrid(*tensors, indexing="ij")
    assert first.dtype == "float32"


def test_the_partition_of_fractions():
    """All of them are 0 to it."""
    fractions = np.array([0.9, 0.1, 0.5], "float32")
    found = computed("argpartition", fractions, kth=0)
    assert fractions[found[0]] != fractions.min()


def test_the_next_number_is_the_same():
    one, two = np.float32([1.0]), np.float32([2.0])
    assert computed("nextafter", one, two) == one


def test_half_a_turn_of_what_is_no_square():
    assert not np.array_equal(computed("rot90", NUMBERS, k=2), np.rot90(NUMBERS, k=2))
    assert np.array_equal(computed("flip", NUMBERS, axis=(0, 1)), np.rot90(NUMBERS, k=2))
    assert np.array_equal(computed("rot90", NUMBERS[:, :4], k=2), np.rot90(NUMBERS[:, :4], k=2))


def test_whole_numbers_bounded_by_those_of_floating_point():
    whole = np.array([1, 2, 3], "int32")
    with np.errstate(invalid="ignore"):
        assert len(set(computed("saturate_cast", whole, dtype="float32").tolist())) == 1


def test_places_in_a_matrix():
    """Of indices that are a matrix themselves, Keras takes the axes in another order."""
    places = np.array([1, 5])
    found = np.stack(keras.ops.unravel_index(places, (2, 3)))
    of_a_matrix = np.stack(keras.ops.unravel_index(places[None], (2, 3)))[:, 0]
    assert np.array_equal(found, np.unravel_index(places, (2, 3)))
    assert not np.array_equal(of_a_matrix, found)


def test_the_method_that_a_quantile_does_not_take():
    x = keras.Input(batch_shape=(4, 5))
    for method in ("linear", "lower"):
        made = keras.Function(x, keras.ops.quantile(x, 0.3, axis=1, method=method))
        np.testing.assert_allclose(made(NUMBERS), np.quantile(NUMBERS, 0.3, axis=1), rtol=1e-5)
    assert "method" in inspect.signature(keras.ops.quantile).parameters
