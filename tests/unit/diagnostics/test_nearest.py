"""The nearest name, in the writing that was used."""

import pytest

from layergraph.diagnostics.nearest import did_you_mean, nearest

INITIALIZERS = ("Zeros", "Ones", "HeNormal", "zeros", "ones", "he_normal")


@pytest.mark.parametrize(
    ("name", "known", "expected"),
    [
        ("zeos", INITIALIZERS, "zeros"),
        ("Zeos", INITIALIZERS, "Zeros"),
        ("HeNorml", INITIALIZERS, "HeNormal"),
        ("he_norml", INITIALIZERS, "he_normal"),
        ("he-normal", INITIALIZERS, "he_normal"),
        ("henormal", INITIALIZERS, "he_normal"),
        ("Adm", ("adam", "Adam", "adamax", "Adamax"), "Adam"),
        ("adm", ("Adam", "adam", "Adamax", "adamax"), "adam"),
        ("MES", ("mse", "MSE", "mae", "MAE"), "MSE"),
        ("Unit", ("units", "activation"), "units"),
        ("kernelSize", ("kernel_size", "strides"), "kernel_size"),
    ],
)
def test_nearest(name, known, expected):
    assert nearest(name, known) == expected


def test_first_of_two_spellings_that_are_as_near():
    assert nearest("AdAm", ("Adam", "aDAm")) == "Adam"


@pytest.mark.parametrize("known", [(), ("units", "activation")])
def test_nothing_is_near(known):
    assert nearest("xyzzy", known) is None
    assert did_you_mean("xyzzy", known) is None


def test_separators_alone():
    assert nearest("_", ("_", "a")) == "_"


def test_help():
    assert did_you_mean("zeos", INITIALIZERS) == "did you mean `zeros`?"
