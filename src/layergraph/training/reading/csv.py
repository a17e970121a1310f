"""Tables as text, by pandas."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any, Final

from layergraph.diagnostics import GraphError
from layergraph.training.reading.digest import digest_of_files
from layergraph.training.reading.frames import columns_of
from layergraph.training.reading.packages import package
from layergraph.training.reading.table import Table, table_of, unreadable, worth_reading

GAPS: Final = ("", "NA", "N/A", "#N/A", "<NA>", "NaN", "nan", "NULL", "null")
"""What stands for a missing value. "None" and "no" are words."""

_ENCODING: Final = "utf-8-sig"  # with or without the mark that Excel writes


def read_csv(path: Path, name: str, needed: frozenset[str], words: frozenset[str]) -> Table:
    """The columns of a CSV file that are needed.

    Columns of which every value is a number are numbers, and those of True and False are 0 and 1;
    all others are words, and so are those in `words`.

    Raises:
        GraphError: unreadable-data, missing-package.
    """
    pandas = package("pandas", "a `.csv` file")
    names = _header(path, name)
    wanted = worth_reading(names, needed)
    try:
        frame = pandas.read_csv(
            path,
            usecols=list(wanted),
            dtype={column: str for column in wanted if column in words},
            index_col=False,
            na_values=list(GAPS),
            keep_default_na=False,
            encoding=_ENCODING,
            low_memory=False,  # else a column may be words in one half and numbers in another
        )
    except (pandas.errors.ParserError, ValueError) as error:
        raise _bad(name, error) from error
    columns = columns_of(frame, wanted, name)
    digest = digest_of_files([path])
    return table_of(columns, name, digest, names=names, folder=path.parent, has_own_columns=True)


def _header(path: Path, name: str) -> tuple[str, ...]:
    """The names of the columns.

    All lines are looked at: where it reads some columns alone, pandas takes no notice of a line
    that is too long or too short, whose values would be those of other columns.
    """
    limit = csv.field_size_limit(2**31 - 1)
    try:
        with path.open(encoding=_ENCODING, newline="") as stream:
            lines = csv.reader(stream)
            names = next((line for line in lines if line), [])
            count = len(names)
            for line in lines:
                if len(line) != count and line:
                    raise _bad(
                        name, f"line {lines.line_num} has {len(line)} values for {count} columns"
                    )
    except (UnicodeDecodeError, csv.Error) as error:
        raise _bad(name, error) from error
    finally:
        csv.field_size_limit(limit)
    if not names:
        raise unreadable(f"{name} is empty", help="its first line names the columns")
    twice = sorted({column for column in names if names.count(column) > 1})
    if twice:
        raise unreadable(
            f"{name} has several columns `{twice[0]}`", help="give every column a name of its own"
        )
    separator = next((sign for sign in ";\t|" if len(names) == 1 and sign in names[0]), None)
    if separator is not None:
        raise unreadable(
            f"the columns of {name} are separated by {separator!r}, not by commas",
            help=f"write it with commas: `pandas.read_csv({name!r}, sep={separator!r})` in Python "
            "reads it, and its `to_csv(…, index=False)` writes it",
        )
    return tuple(names)


def _bad(name: str, error: Any) -> GraphError:
    if isinstance(error, UnicodeDecodeError):
        return unreadable(
            f"{name} is not in UTF-8",
            notes=(str(error),),
            help=f"save it in UTF-8: `iconv -f WINDOWS-1252 -t UTF-8 {name}` turns Latin letters",
        )
    said = " ".join(str(error).removeprefix("Error tokenizing data. C error: ").split())
    return unreadable(
        f"{name} is no sound CSV",
        notes=(said,),
        help="every line has a value for each column; put those with commas in double quotes",
    )
