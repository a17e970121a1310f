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


@pytest.mark.parametrize(
    ("name", "known", "certain"),
    [
        ("unts", ("units", "activation"), "units"),
        ("Unit_s", ("units", "activation"), "units"),
        ("untis", ("units", "activation"), "units"),
        ("un", ("units", "activation"), None),
        ("unt", ("unit", "units"), "unit"),
        ("uits", ("units", "bits"), None),  # one slip from either
        ("xz", ("xy", "x"), None),
        ("X", ("x", "y"), "x"),
        ("kernal_szie", ("kernel_size", "strides"), "kernel_size"),
        ("krnal_szie", ("kernel_size", "strides"), None),  # three slips
        ("conv2", ("conv1", "pool"), None),
        ("cnv2", ("conv1", "conv2"), "conv2"),
        ("Convd", ("Conv1D", "Conv2D"), None),
        ("henormal", INITIALIZERS, "he_normal"),
        ("units", ("units",), None),  # nothing to put right
        ("Conv_1", ("Conv1", "Conv1_"), None),  # two nodes
        ("HeNormall", INITIALIZERS, "HeNormal"),
        ("he_normall", INITIALIZERS, "he_normal"),
        ("rleu", ("ReLU", "relu", "Softmax"), "relu"),
    ],
)
def test_what_is_certain(name, known, certain):
    help = did_you_mean(name, known)
    assert (help.certain if help is not None else None) == certain


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
