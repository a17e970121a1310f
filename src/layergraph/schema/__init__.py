"""The JSON Schema of graph files, for editors and other tools.

Given the classes that check graph files, it says the same in JSON Schema, as far as that can: a
file that layergraph accepts passes the schema, and what the schema refuses, layergraph refuses. It
knows keys, arguments, types, ranges and choices, and nothing of references, shapes and values.

Two things of a file are beyond a schema. What `when` leaves out is checked like everything else,
since expressions have no values here. And a file that declares names under `custom` may use any
name where one of Keras could stand.
"""

from layergraph.schema.document import DRAFTS, document, text

__all__ = ["DRAFTS", "document", "text"]
