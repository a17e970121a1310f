"""Graph files drawn from the language's grammar: every section, every kind of node, all objects.

Most that is drawn is wrong somewhere, which is meant: names are drawn from a few, so that many
references hold and many do not; arguments are those that a class has, with values that fit or not.
"""

from __future__ import annotations

from functools import cache
from random import Random
from typing import Any

import yaml
from hypothesis import strategies as st

from layergraph.layers.catalog import LAYERS
from layergraph.ops.catalog import OPS

NAMES = ("a", "b", "c", "d", "x", "y", "out", "n-1", "A", "7")
PARAMS = ("k", "sizes", "on", "word")
LAYER_TYPES = (*("Dense", "Add", "Conv2D", "LSTM", "Concatenate") * 6, *LAYERS.classes)
OP_TYPES = tuple(f"ops.{name}" for name in OPS.classes)
WORDS = (
    *("relu", "same", "valid", "he_normal", "l2", "float32", "int32", "string", "time", "batch"),
    *("accuracy", "mse", "adam", "", " ", "é界", "\t", "\u202e", "a:1", "a.b", "1", "true", "None"),
    *("channels_first", "ab,bc->ac", "[:, 0]", "../up.yaml", "/dev/zero", "x" * 300),
)
NUMBERS = (0, 1, 2, 3, 8, 16, -1, 7, 10**6, 2**31, 10**18, -(10**30), 0.5, 1.0, -0.5, 1e300, 1e-300)

names = st.sampled_from(NAMES)
references = st.one_of(
    names,
    st.builds("{}:{}".format, names, st.integers(0, 3)),
    st.builds("{}.{}".format, names, st.sampled_from([*NAMES, "1", "2", "99"])),
)
froms = st.one_of(
    references,
    st.lists(references, max_size=4),
    st.dictionaries(
        st.sampled_from(["query", "value", "key", "x", "x1", "x2", "inputs", "initial_state"]),
        references | st.lists(references, max_size=2),
        max_size=3,
    ),
)
atoms = st.sampled_from(
    [*PARAMS, "i", "item", "zz", "true", "null", "0", "1", "3", "10 ** 9", "''"]
)
expressions = st.recursive(
    atoms,
    lambda inner: st.one_of(
        st.builds(
            "({} {} {})".format,
            inner,
            st.sampled_from(["+", "*", "//", "/", "%", "**", "==", "<", "and", "in", "if 1 else"]),
            inner,
        ),
        st.builds(
            "{}({})".format,
            st.sampled_from(["range", "len", "min", "int", "sqrt", "round", "not ", "-", "print"]),
            inner,
        ),
        st.builds("[{}, {}]".format, inner, inner),
        st.builds("{}[{}]".format, inner, inner),
    ),
    max_leaves=6,
)
templates = st.one_of(
    st.builds("${{{}}}".format, expressions),
    st.builds("{}${{{}}}{}".format, st.sampled_from(["", "$", "n_"]), expressions, names),
)
scalars = st.one_of(
    st.sampled_from(NUMBERS), st.sampled_from(WORDS), st.booleans(), st.none(), templates
)


@cache
def _arguments(name: str) -> tuple[str, ...]:
    """The arguments of a type, with one that none has."""
    described = OPS.find(name[4:]) if name.startswith("ops.") else LAYERS.find(name)
    return (*(described.model_fields if described else ()), "unitz")


@st.composite
def objects(draw: st.DrawFn) -> dict[str, Any]:
    """What an argument may hold: an object, or a layer."""
    name = draw(st.sampled_from(["HeNormal", "L2", "Adam", "Huber", "relu", "None", *LAYER_TYPES]))
    given = draw(st.dictionaries(st.sampled_from(["seed", "units", "l2", "layer"]), scalars))
    return {"type": name, **given}


values = st.recursive(
    scalars | objects(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(names, inner, max_size=3),
    max_leaves=8,
)


@st.composite
def typed(draw: st.DrawFn) -> dict[str, Any]:
    """A layer or a function, with some of its arguments."""
    name = draw(st.sampled_from(LAYER_TYPES) | st.sampled_from(OP_TYPES))
    some = st.lists(st.sampled_from(_arguments(name)), max_size=4)
    fitting = st.sampled_from([1, 2, 3, 4, [2, 2], "same", "relu", True, 0.5])
    return {"type": name, **{argument: draw(fitting | values) for argument in draw(some)}}


chains = st.deferred(lambda: st.lists(st.sampled_from(LAYER_TYPES) | bodies, max_size=4))
calls = st.builds(
    lambda block, params: {"block": block, **params},
    st.sampled_from(["one", "two", "lib.one", "lib", "nothing"]),
    st.dictionaries(st.sampled_from([*PARAMS, "name"]), values, max_size=3),
)
bodies: st.SearchStrategy[dict[str, Any]] = st.one_of(
    typed(),
    typed(),
    calls,
    st.builds(lambda items: {"chain": items}, chains),
    st.builds(lambda path: {"use": path}, references),
)
counts = st.sampled_from([0, 1, 2, 3, 50, 10**9, -1]) | templates
extras = st.fixed_dictionaries(
    {},
    optional={
        "repeat": counts,
        "each": st.lists(scalars, max_size=3) | templates,
        "when": st.booleans() | templates,
        "else": references,
        "nested": st.booleans(),
        "name": names | templates,
        "call": st.dictionaries(st.sampled_from(["training", "mask", "zz"]), scalars, max_size=2),
        "zz": values,
    },
)
few_extras = st.just({}) | st.just({}) | extras
nodes = st.builds(
    lambda body, source, extra: {**body, "from": source, **extra}, bodies, froms, few_extras
)
layers = st.dictionaries(names, nodes, max_size=6)
params = st.dictionaries(
    st.sampled_from(PARAMS),
    values
    | st.dictionaries(
        st.sampled_from(["default", "doc", "min", "max", "choices", "example"]), values
    ),
    max_size=4,
)
blocks = st.dictionaries(
    st.sampled_from(["one", "two"]),
    st.fixed_dictionaries(
        {
            "inputs": st.lists(names, min_size=1, max_size=2),
            "layers": layers,
            "outputs": references,
        },
        optional={"params": params, "doc": scalars},
    ),
    max_size=2,
)
shapes = st.lists(st.sampled_from([None, 1, 4, 8, 28, "time", "k", 10**18, -1, True]), max_size=4)
inputs = st.dictionaries(
    st.sampled_from(["x", "y", "a"]),
    st.fixed_dictionaries(
        {"shape": shapes | values},
        optional={"dtype": scalars, "name": names, "column": scalars, "batch_size": scalars},
    ),
    max_size=3,
)
outputs = st.dictionaries(
    st.sampled_from(["y", "z", "out"]),
    st.builds(
        lambda source, more, head: {"from": source, **head, **more},
        references,
        st.fixed_dictionaries(
            {},
            optional={
                "task": st.sampled_from(["regression", "binary", "multiclass", "multilabel", "no"]),
                "classes": values,
                "labels": scalars,
                "loss": values,
                "metrics": values,
                "loss_weight": scalars,
                "units": scalars,
            },
        ),
        st.just({}) | typed(),
    ),
    max_size=3,
)
training = st.dictionaries(
    st.sampled_from(
        ["optimizer", "epochs", "batch_size", "seed", "validation", "callbacks", "precision"]
    ),
    values,
    max_size=4,
)
custom = st.dictionaries(
    st.sampled_from(["Mine", "swoosh"]),
    st.fixed_dictionaries(
        {"import": st.sampled_from(["this:code", "os:system", "no", "../x:y"]) | values},
        optional={"output": values, "outputs": values, "kind": scalars},
    ),
    max_size=2,
)
imports = st.dictionaries(
    st.sampled_from(["lib", "two"]),
    st.sampled_from(
        ["library.yaml", "library.yaml", "graph.yaml", ".", "..", "/etc/passwd", "no.yaml", ""]
    )
    | values,
    max_size=2,
)
graphs = st.fixed_dictionaries(
    {"layergraph": st.just(1) | scalars, "inputs": inputs, "layers": layers, "outputs": outputs},
    optional={
        "params": params,
        "blocks": blocks,
        "imports": imports,
        "training": training,
        "custom": custom,
        "merges": layers,
        "name": scalars,
        "description": scalars,
        "zz": values,
    },
)
libraries = st.fixed_dictionaries(
    {"layergraph": st.just(1), "blocks": blocks}, optional={"imports": imports}
)


@st.composite
def texts(draw: st.DrawFn, drawn: st.SearchStrategy[Any]) -> bytes:
    """A file of what is drawn, in one of YAML's styles, and more often than not as it is."""
    text: str = yaml.safe_dump(
        draw(drawn),
        sort_keys=False,
        allow_unicode=draw(st.booleans()),
        default_flow_style=draw(st.sampled_from([None, True, False])),
        width=draw(st.sampled_from([20, 100])),
    )
    for _ in range(draw(st.sampled_from([0, 0, 0, 1, 3]))):
        at = draw(st.integers(0, len(text)))
        cut = draw(st.integers(0, 6))
        text = text[:at] + draw(st.sampled_from(WRECKAGE)) + text[at + cut :]
    if draw(st.integers(0, 9)) == 0:
        text = text.replace("\n", draw(st.sampled_from(["\r\n", "\r", "\n\n", "\u2028"])))
    return text.encode()


def wrecked(graph: bytes, random: Random) -> bytes:
    """A file after a few changes to its text: pieces are lost, doubled, moved, or put in."""
    text = graph.decode(errors="replace")
    for _ in range(random.choice((1, 1, 2, 4))):
        at, other = random.randint(0, len(text)), random.randint(0, len(text))
        piece = text[other : other + random.choice((1, 5, 40))]
        lost = random.choice((0, 0, 1, 5, 40))
        text = text[:at] + random.choice((*WRECKAGE, *WORDS, piece, piece)) + text[at + lost :]
    return text.encode()


WRECKAGE = (
    *("", "", "[", "]", "{", "}", ":", ": ", "- ", "#", " #", "'", '"', "*a", "&a ", "<<: ", "? "),
    *("|", ">", "%", "@", "!tag ", "\t", "\n", "\r", "\x00", "\x0c", "\x85", "\ufeff", "---\n"),
    *("...\n", "${", "}", "$${", "  ", "\u202e", "界", "e\u0301", "\U0001f600", "\ud7ff", "~"),
)
