"""That a text says after formatting what it said before: no value and no comment may be lost."""

from __future__ import annotations

from collections import Counter

from layergraph.diagnostics import Source
from layergraph.syntax.comments import comments
from layergraph.syntax.formatting.order import FORMS, form_inside, is_sorted
from layergraph.syntax.tree import Mapping, Scalar, Sequence, Tree


def same_values(before: Tree, after: Tree, form: str = "file") -> bool:
    """Whether two trees hold the same, in the same order but for keys that are put in order."""
    match before, after:
        case Mapping(), Mapping():
            if sorted(before.entries) != sorted(after.entries):
                return False
            if not is_sorted(form) and list(before.entries) != list(after.entries):
                return False
            return all(
                same_values(entry.value, after.entries[key].value, form_inside(form, key))
                for key, entry in before.entries.items()
            )
        case Sequence(), Sequence():
            inside = FORMS[form].items
            return len(before.items) == len(after.items) and all(
                same_values(old, new, inside)
                for old, new in zip(before.items, after.items, strict=True)
            )
        case Scalar(), Scalar():
            return repr(before.value) == repr(after.value)
    return False


def same_comments(before: Source, after: Source) -> bool:
    """Whether the same comments are there, wherever they stand."""
    return _comments(before) == _comments(after)


def _comments(source: Source) -> Counter[str]:
    return Counter(comment.text.rstrip() for comment in comments(source))
