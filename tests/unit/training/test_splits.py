"""Rows for training and for validation: those that scikit-learn and Keras would take."""

import numpy as np
import pytest
from sklearn.model_selection import KFold, StratifiedKFold, train_test_split

from layergraph.spec.training_keys import Validation
from layergraph.training.splits import splits
from tests.unit.training.asked import mistake, said

LABELS = np.array([0, 1, 2, 1, 0, 1] * 6)
FRACTIONS = (0.01, 0.1, 0.2, 0.25, 0.3, 1 / 3, 0.5, 0.7, 0.8, 0.9, 0.99)


def split(rows, labels=None, seed=7, **keys):
    return splits(rows, Validation(**keys), seed=seed, labels=labels)


def same(found, expected):
    pairs = list(zip(found, expected, strict=True))
    return all(
        np.array_equal(one, two)
        for ours, theirs in pairs
        for one, two in zip(ours, theirs, strict=True)
    )


@pytest.mark.parametrize("shuffle", [False, True])
@pytest.mark.parametrize("seed", [0, 2**32 - 1])
@pytest.mark.parametrize(("folds", "rows"), [(2, 2), (3, 10), (5, 36)])
def test_folds_are_those_of_kfold(folds, rows, seed, shuffle):
    expected = KFold(folds, shuffle=shuffle, random_state=seed if shuffle else None)
    found = split(rows, seed=seed, folds=folds, shuffle=shuffle)
    assert same(found, expected.split(np.zeros(rows)))


@pytest.mark.parametrize("shuffle", [False, True])
def test_stratified_folds_are_those_of_stratified_kfold(shuffle):
    expected = StratifiedKFold(4, shuffle=shuffle, random_state=7 if shuffle else None)
    found = split(36, LABELS, folds=4, stratify="c", shuffle=shuffle)
    assert same(found, expected.split(np.zeros(36), LABELS))
    for part in found:
        assert {9, 27} == {len(rows) for rows in part}
        counts = np.bincount(LABELS[part.validation])
        assert np.abs(counts - [3, 4.5, 1.5]).max() < 1


@pytest.mark.parametrize(("labels", "stratify"), [(None, None), (LABELS, "c")])
@pytest.mark.parametrize("fraction", [0.2, 0.25, 1 / 3, 0.5])
def test_held_out_rows_are_those_of_train_test_split(fraction, labels, stratify):
    ((training, held_out),) = split(36, labels, fraction=fraction, stratify=stratify)
    expected = train_test_split(np.arange(36), test_size=fraction, random_state=7, stratify=labels)
    assert training.tolist() == sorted(expected[0])
    assert held_out.tolist() == sorted(expected[1])
    ((other, _),) = split(36, labels, seed=8, fraction=fraction, stratify=stratify)
    assert other.tolist() != training.tolist()


def test_classes_decide_also_where_nothing_is_shuffled():
    ((_, held_out),) = split(36, LABELS, fraction=0.25, stratify="c", shuffle=False)
    assert set(LABELS[held_out]) == {0, 1, 2}
    assert held_out.tolist() != list(range(27, 36))


@pytest.mark.slow
@pytest.mark.parametrize("fraction", FRACTIONS)
@pytest.mark.parametrize("rows", [2, 5, 10, 99, 100])
def test_without_shuffling_the_last_rows_are_held_out_as_by_keras(rows, fraction):
    from keras.src.trainers.data_adapters.array_slicing import train_validation_split

    numbers = np.arange(rows)
    try:
        (expected,), (held_out,) = train_validation_split((numbers,), fraction)
    except ValueError:
        assert said(split, rows, fraction=fraction, shuffle=False)[0] == "LG608"
        return
    ((ours, of_validation),) = split(rows, fraction=fraction, shuffle=False)
    assert ours.tolist() == expected.tolist()
    assert of_validation.tolist() == held_out.tolist()


@pytest.mark.parametrize("fraction", FRACTIONS)
@pytest.mark.parametrize("rows", range(1, 13))
def test_what_scikit_learn_cannot_split_is_refused_and_nothing_else(rows, fraction):
    for labels in (None, np.arange(rows) % 2, np.arange(rows) % 3, np.arange(rows) // 4):
        stratify = None if labels is None else "c"
        try:
            train_test_split(np.arange(rows), test_size=fraction, random_state=7, stratify=labels)
        except ValueError:
            code, _ = said(split, rows, labels, fraction=fraction, stratify=stratify)
            assert code in ("LG608", "LG617")
        else:
            assert len(split(rows, labels, fraction=fraction, stratify=stratify)) == 1


def test_every_row_is_validated_on_once():
    for labels, stratify in ((None, None), (LABELS, "c")):
        found = split(36, labels, folds=5, stratify=stratify)
        assert sorted(np.concatenate([part.validation for part in found])) == list(range(36))
        for part in found:
            assert sorted([*part.training, *part.validation]) == list(range(36))


@pytest.mark.parametrize(
    ("rows", "keys", "message", "help"),
    [
        (4, {"folds": 5}, "4 rows cannot be split into 5 folds", "ask for 4 folds or fewer"),
        (1, {"folds": 2}, "1 row cannot be split into 2 folds", "give more"),
        (
            1,
            {"fraction": 0.2},
            "a validation of 0.2 of 1 row leaves nothing to train on",
            "give more data",
        ),
        (
            3,
            {"fraction": 0.9, "shuffle": False},
            "a validation of 0.9 of 3 rows leaves nothing to train on",
            "another fraction",
        ),
    ],
)
def test_too_few_rows(rows, keys, message, help):
    code, told, _, way_out = mistake(split, rows, **keys)
    assert (code, told) == ("LG608", message)
    assert help in way_out


@pytest.mark.parametrize(
    ("labels", "keys", "message", "notes"),
    [
        (
            [0, 0, 0, 1, 1],
            {"folds": 3},
            "a class of `c` has 2 rows, fewer than the 3 parts that should each have its share",
            (),
        ),
        (
            [0, 0, 0, 1],
            {"fraction": 0.5},
            "a class of `c` has 1 row, fewer than the 2 parts that should each have its share",
            (),
        ),
        (
            [0, 0, 0, -1],
            {"fraction": 0.5},
            "a class of `c` has 1 row, fewer than the 2 parts that should each have its share",
            ("the rows whose target is missing count as a class",),
        ),
        (
            [0, 0, 1, 1, 2, 2] * 2,
            {"fraction": 0.1},
            "a part of 2 rows cannot hold the 3 classes of `c`",
            (),
        ),
    ],
)
def test_classes_that_are_too_small(labels, keys, message, notes):
    code, told, noted, help = mistake(split, len(labels), np.array(labels), stratify="c", **keys)
    assert (code, told, noted) == ("LG617", message, notes)
    assert "drop `stratify`" in help
