"""Tables of text."""

from layergraph.views.table import Column, table

NAME = Column("name", lambda row: row[0])
COUNT = Column("count", lambda row: row[1], is_right=True)
NOTE = Column("note", lambda row: row[2], is_optional=True)


def test_columns_are_as_wide_as_their_widest_cell():
    assert table([NAME, COUNT], [("a", "1234567", ""), ("longer", "1", "")]) == [
        "name      count",
        "------  -------",
        "a       1234567",
        "longer        1",
    ]


def test_an_optional_column_that_is_empty_is_left_out():
    assert table([NAME, NOTE], [("a", "", ""), ("b", "", "")])[0] == "name"
    assert table([NAME, NOTE], [("a", "", ""), ("b", "", "!")]) == [
        "name  note",
        "----  ----",
        "a",
        "b     !",
    ]


def test_no_line_ends_with_spaces():
    assert all(line == line.rstrip() for line in table([NAME, NAME], [("a", "", ""), ("", "", "")]))
