"""Draws that several families' tests share."""

from hypothesis import strategies as st

SIZES = st.integers(1, 6)
FORMATS = st.sampled_from(["channels_last", "channels_first", None])
PADDINGS = st.sampled_from(["valid", "same"])
POLICIES = st.sampled_from(["float16", "float64", "mixed_bfloat16"])
DTYPES = st.sampled_from(["float32", "float16", "int32", "bool"])


def mostly(usual, odd):
    """The usual nine times in ten, so that a draw of many parts is not odd in one of them."""
    return st.integers(0, 9).flatmap(lambda number: odd if number == 7 else usual)


def windows(axes, most=4, least=1):
    """One size for all axes, or one for each; at times for one axis too many."""
    size = st.integers(least, most)
    listed = st.lists(size, min_size=axes, max_size=axes)
    return mostly(size | listed, st.lists(size, min_size=axes + 1, max_size=axes + 1))


def shapes(axes, most=8, least=1):
    """Shapes without the batch: `axes` and channels, with gaps, and at times of a wrong rank."""
    right = st.lists(st.none() | st.integers(least, most), min_size=axes, max_size=axes)
    channels = mostly(st.sampled_from([1, 2, 3, 4, 6]), st.none())
    whole = st.builds(lambda sizes, last: (*sizes, last), right, channels)
    return mostly(whole, st.lists(SIZES, max_size=5).map(tuple))


def laid_out(shape, arguments):
    """The shape in the order that the arguments' `data_format` asks for."""
    if arguments.get("data_format") == "channels_first" and shape:
        return (shape[-1], *shape[:-1])
    return shape
