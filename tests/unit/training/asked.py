"""What tests ask of data: fields and targets at places of a small graph file."""

from layergraph.diagnostics import GraphError, Severity, Source, Span
from layergraph.training.encoding import encode, needed_columns, word_columns
from layergraph.training.fields import Field, Target
from layergraph.training.reading import read_data

GRAPH = Source("graph.yaml", "inputs:\n  x: {shape: [1]}\noutputs:\n  y: {from: x}\n")
INPUT = Span(GRAPH, 2, 3, 2, 4)
OUTPUT = Span(GRAPH, 4, 3, 4, 4)


def field(name="x", *columns, shape=(1,), dtype="float32", **keys):
    return Field(name, columns or (name,), shape, dtype, INPUT, **keys)


def target(name="y", *columns, shape=(1,), dtype="float32", form="number", **keys):
    return Target(name, columns or (name,), shape, dtype, OUTPUT, form, **keys)


def classes(name="y", *columns, shape=(), **keys):
    """A target of numbers of classes."""
    return target(name, *columns, shape=shape, dtype="int32", form="integer", **keys)


def binary(name="y", *columns, **keys):
    return target(name, *columns, form="probability", count=2, **keys)


def encoded(data, fields=(), targets=(), **keys):
    fields, targets = tuple(fields), tuple(targets)
    needed = needed_columns(fields, targets)
    return encode(
        read_data(data, needed=needed, words=word_columns(fields)), fields, targets, **keys
    )


def mistakes(function, *arguments, **keys):
    """(code, message, notes, help) of each error that a call raises."""
    try:
        function(*arguments, **keys)
    except GraphError as error:
        errors = [d for d in error.diagnostics if d.severity is Severity.ERROR]
        return [(d.code.id, d.message, d.notes, d.help) for d in errors]
    raise AssertionError("nothing was wrong")


def mistake(function, *arguments, **keys):
    (only,) = mistakes(function, *arguments, **keys)
    return only


def said(function, *arguments, **keys):
    """The code and the message of the only diagnostic that a call raises."""
    return mistake(function, *arguments, **keys)[:2]
