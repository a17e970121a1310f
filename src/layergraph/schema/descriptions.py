"""What editors show beside keys: from docstrings, and for keys from here."""

from __future__ import annotations

import inspect
import re
from collections.abc import Mapping

from pydantic import BaseModel

from layergraph.schema.argument_words import ARGUMENTS

KEYS: Mapping[str, str] = {
    "type": "What the node is: a layer of Keras, `ops.…` for a function, or a layer of `custom`.",
    "block": "The block that the node is an instance of; its params stand beside it.",
    "chain": "Layers one after another; an item has no `from`.",
    "use": "The node that is called again, with the same weights.",
    "from": "What it is called on: `a`, `[a, b]`, or `{query: a, value: b}` by name.",
    "call": "Arguments of the call that are no tensors.",
    "when": "Whether the node is there; where not, its `else` or its one `from` stands for it.",
    "else": "What stands for the node where `when` leaves it out.",
    "repeat": "How many copies there are, each fed by the one before; `${i}` counts them from 1.",
    "each": "A copy for every item, all on the same `from`; `${item}` is the item, `${i}` counts.",
    "nested": "Whether the instance is a Keras model of its own, and not inlined.",
    "name": "The whole Keras name, where it cannot be the key.",
    "item name": "The item's name, by which references know it: `features.norm`.",
}
"""The keys of nodes."""

_KEYS_OF: Mapping[str, Mapping[str, str]] = {
    "FileKeys": {
        "layergraph": "The version of the language.",
        "name": "The model's name in Keras; by default the file's name up to its first dot.",
        "description": "What the model is for.",
        "params": "Values that a caller may set, and that expressions use.",
        "imports": "Other files by names of their own: files of blocks, or whole graphs.",
        "blocks": "Reusable subgraphs by name.",
        "custom": "Layers and objects of the user's own by name.",
        "inputs": "The model's inputs by name.",
        "layers": "Nodes by name; `from` makes their order.",
        "merges": "Nodes that join tensors, by name. They may stand in `layers` too.",
        "outputs": "The model's named outputs: head, loss, metrics.",
        "training": "How the model is trained.",
    },
    "ParamKeys": {
        "default": "The value where nobody sets one; without it the param is required.",
        "doc": "What it is for.",
        "min": "The least that it may be.",
        "max": "The most that it may be.",
        "choices": "The values that it may have.",
        "example": "Stands in for a required param where the file is checked or looked at.",
    },
    "BlockKeys": {
        "description": "What the block is for.",
        "params": "Values that an instance may set.",
        "inputs": "The names of what it is called on, in order.",
        "layers": "Nodes by name, as in a graph.",
        "merges": "Nodes that join tensors, by name.",
        "outputs": "The node that it gives, or `name: node` for several.",
    },
    "CustomKeys": {
        "import": 'The module and the name in it: `"package.module:Name"`.',
        "kind": "What it is.",
        "output": "What a layer gives: `same`, the shape of its input, or one without the batch.",
        "outputs": "A list of those, where a layer gives several.",
        "dtype": "The dtype of what a layer gives, where it is not what it computes in.",
    },
    "InputKeys": {
        "shape": "The sizes of the axes without the batch: numbers, null, or names such as `time`.",
        "dtype": "The dtype of the elements.",
        "batch_size": "Fixes the size of the batch.",
        "sparse": "Whether the tensor is sparse.",
        "ragged": "Whether the tensor is ragged.",
        "optional": "Whether the model may be called without it.",
        "name": KEYS["name"],
        "column": "The column of the data, where it has not the input's name.",
        "columns": "Columns of the data that stand side by side on the last axis.",
        "decode": "`image`: the column holds paths of images, read and resized to the shape.",
        "missing": "What becomes of gaps: an error, rows left out, or NaN for the model.",
    },
    "OutputKeys": {
        "from": "The tensor: one reference.",
        "type": "A head: one more layer, which takes the output's name; arguments stand beside it.",
        "task": "A head, a loss and a metric in one word.",
        "units": "How many numbers a regression gives.",
        "classes": "The labels of the classes as the data write them, or how many there are.",
        "labels": "Whether labels are class numbers or rows with a single 1.",
        "loss": "The loss; an output without one is not trained.",
        "loss_weight": "The weight of the loss, by default 1.",
        "metrics": "What is measured.",
        "name": KEYS["name"],
        "column": "The column of the data, where it has not the output's name.",
        "columns": "Columns of the data that stand side by side on the last axis.",
        "class_weight": "`balanced`, or a weight for every label: what a row of it counts.",
        "sample_weight": "A column of the data: what every row counts.",
    },
    "Training": {
        "optimizer": "The optimizer.",
        "epochs": "How often training goes through the data.",
        "batch_size": "How many samples a step takes.",
        "samples": "About how many samples there are to train on; warnings heed it, nothing else.",
        "seed": "What all that is drawn at random begins with.",
        "validation": "What is held out: a fraction of the rows, or folds in turn.",
        "precision": "What layers compute in; `mixed_…` keeps weights in float32.",
        "callbacks": "What is done while the model is trained, by callbacks of Keras.",
    },
    "Validation": {
        "fraction": "The share of the rows that is held out.",
        "folds": "How many parts are held out in turn; the model itself is trained on all rows.",
        "stratify": "The output whose classes every part has in the same shares.",
        "shuffle": "Whether rows are shuffled before they are parted.",
    },
}

_KINDS_OF_WEIGHTS = re.compile(r"(?P<weight>\w+)_(?P<kind>initializer|regularizer|constraint)")

_WHAT = {
    "initializer": "How `{}` begins.",
    "regularizer": "What of `{}` is added to the loss.",
    "constraint": "What `{}` is held to after each step.",
}


def key_words(model: type[BaseModel], key: str) -> str:
    """What a key of one of a file's mappings is for."""
    same = "FileKeys" if model.__name__ == "LibraryKeys" else model.__name__
    return _KEYS_OF[same][key]


def words_of(argument: str) -> str:
    """What an argument of this name is for, wherever it stands; "" where nothing is known."""
    match = _KINDS_OF_WEIGHTS.fullmatch(argument)
    if match is not None and argument not in ARGUMENTS:
        return _WHAT[match["kind"]].format(match["weight"])
    return ARGUMENTS.get(argument, "")


def described(model: type[BaseModel]) -> str:
    """A class' docstring; what it leaves to a base class is put in its place."""
    text = inspect.cleandoc(model.__doc__ or "")
    for base in model.__mro__:
        reference = re.compile(rf": see `{base.__name__}`(?: for the shapes)?\.")
        if reference.search(text):
            shared = inspect.cleandoc(base.__doc__ or "").removeprefix("The base of ")
            shared = shared.removeprefix("what ")
            text = f". {shared[0].upper()}{shared[1:]}".join(reference.split(text))
    return "\n\n".join(paragraph.replace("\n", " ") for paragraph in text.split("\n\n"))
