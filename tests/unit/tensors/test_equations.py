"""What named sizes are taken to be, and when that cannot be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layergraph.tensors import Size, SizesDiffer, equations, plus, require_equal, times

TIME, WORDS = Size("time"), Size("words")


def conflict(left, right):
    with pytest.raises(SizesDiffer) as caught:
        require_equal(left, right)
    return str(caught.value)


def test_known_sizes():
    require_equal(3, 3)
    require_equal(None, 3)
    assert conflict(3, 4) == "3 and 4 must be equal"


def test_a_size_is_not_itself_less_four():
    with equations():
        assert conflict(TIME, plus(TIME, -4)) == "time and time-4 must be equal"


def test_a_name_is_one_size_in_a_walk():
    with equations() as known:
        require_equal(TIME, 10)
        require_equal(TIME, 10)
        require_equal(plus(TIME, -4), 6)
        assert known.resolved(times(TIME, 2)) == 20
        assert conflict(TIME, 12) == "time and 12 must be equal"
        assert conflict(plus(TIME, 2), 10) == "time+2 and 10 must be equal"


def test_another_walk_starts_afresh():
    with equations():
        require_equal(TIME, 10)
    with equations():
        require_equal(TIME, 12)
    require_equal(TIME, 10)
    require_equal(TIME, 12)


def test_a_name_stands_for_another():
    with equations():
        require_equal(TIME, WORDS)
        require_equal(WORDS, 10)
        assert conflict(TIME, 12) == "time and 12 must be equal"
    with equations():
        require_equal(TIME, plus(times(WORDS, 2), 1))
        require_equal(TIME, 7)
        assert conflict(WORDS, 4) == "words and 4 must be equal"
        require_equal(WORDS, 3)


def test_names_in_a_circle():
    with equations():
        require_equal(TIME, WORDS)
        require_equal(WORDS, TIME)
        assert conflict(WORDS, plus(TIME, 1)) == "words and time+1 must be equal"


def test_sizes_that_no_number_gives():
    with equations():
        assert conflict(times(TIME, 2), 7) == "2*time and 7 must be equal"
        assert conflict(plus(TIME, 5), 3) == "time+5 and 3 must be equal"
        assert conflict(times(TIME, 2), plus(TIME, -3)) == "2*time and time-3 must be equal"


def test_a_name_solved_from_itself():
    with equations():
        require_equal(times(TIME, 2), plus(TIME, 6))
        assert conflict(TIME, 5) == "time and 5 must be equal"


def test_what_cannot_be_decided_passes():
    with equations():
        require_equal(times(TIME, 2), times(WORDS, 3))


def test_a_conflict_teaches_nothing():
    with equations():
        require_equal(TIME, 10)
        conflict(TIME, 12)
        require_equal(TIME, 10)


@given(
    st.dictionaries(st.sampled_from(["a", "b", "c"]), st.integers(0, 5), min_size=1),
    st.data(),
)
def test_what_holds_is_never_refused(values, data):
    """Equations that some numbers fulfil never conflict."""

    def value(size):
        if isinstance(size, int):
            return size
        return size.factor * values[size.name] + size.offset

    sizes = st.integers(0, 12) | st.builds(
        Size,
        st.sampled_from(sorted(values)),
        factor=st.integers(1, 3),
        offset=st.integers(-2, 3),
    )
    with equations():
        for _ in range(data.draw(st.integers(1, 5))):
            left, right = data.draw(sizes), data.draw(sizes)
            if value(left) == value(right):
                require_equal(left, right)
