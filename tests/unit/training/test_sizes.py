"""Sizes of memory, as they are written on the command line."""

import click
import pytest

from layergraph.cli.sizes import SIZE


def converted(text):
    return SIZE.convert(text, None, None)


@pytest.mark.parametrize(
    ("text", "bytes"),
    [
        ("1", 1),
        ("1000", 1000),
        ("500MB", 500_000_000),
        ("500mb", 500_000_000),
        ("2GiB", 2 * 2**30),
        ("1.5 GiB", 3 * 2**29),
        ("64KiB", 65_536),
        ("64 kB", 64_000),
        ("3gb", 3 * 10**9),
        ("1MiB", 2**20),
        ("0", 1),
        ("0.1", 1),
        (2**28, 2**28),
    ],
)
def test_a_size(text, bytes):
    assert converted(text) == bytes


@pytest.mark.parametrize("text", ["", "MB", "-1", "1e3", "1TB", "1,5GB", "1 000", "٣MB", "1MB x"])
def test_what_is_none(text):
    with pytest.raises(click.BadParameter, match="is no size, such as 500MB or 2GiB"):
        converted(text)
