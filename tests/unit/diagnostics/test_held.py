"""Errors that count unless another one is found in the same entry."""

from layergraph.diagnostics import Diagnostic, Diagnostics, Source, Span, codes

SPAN = Span.whole(Source("graph.yaml", "layergraph: 1\n"))
ENTRY = ("layers", "hidden")
HELD = Diagnostic(codes.INVALID_EXPRESSION, "`i` is no name", SPAN, path=(*ENTRY, "units"))


def told(code, path):
    diagnostics = Diagnostics()
    diagnostics.hold(HELD, ENTRY)
    assert diagnostics.has_errors
    diagnostics.report(code, "another", SPAN, path=path)
    return [found.message for found in diagnostics]


def test_another_error_of_the_entry_is_told_in_its_place():
    assert told(codes.UNKNOWN_ARGUMENT, (*ENTRY, "reapet")) == ["another"]


def test_it_is_told_beside_an_error_of_another_entry():
    assert HELD.message in told(codes.UNKNOWN_ARGUMENT, ("layers", "other", "reapet"))


def test_it_is_told_beside_a_warning_of_the_entry():
    assert HELD.message in told(codes.LAYER_ALIAS, (*ENTRY, "type"))
