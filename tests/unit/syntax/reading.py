"""Short ways for tests to read a text and to look at what was reported."""

from layergraph.diagnostics import Diagnostics, Source
from layergraph.syntax import DEFAULT, parse


def read(text, limits=DEFAULT):
    """The tree, and each report as `(code, line, column, end line, end column)`."""
    diagnostics = Diagnostics()
    tree = parse(Source("graph.yaml", text), diagnostics, limits)
    return tree, [(found.code.id, *found.span[1:]) for found in diagnostics]


def only_report(text, limits=DEFAULT):
    """The one diagnostic of a text."""
    diagnostics = Diagnostics()
    parse(Source("graph.yaml", text), diagnostics, limits)
    (found,) = diagnostics
    return found


def places(found):
    """Where the related places of a diagnostic are."""
    return [(*related.span[1:],) for related in found.related]
