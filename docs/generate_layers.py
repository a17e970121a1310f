"""Write `docs/layers.md`, the catalogue of layers and objects, from the classes themselves.

python docs/generate_layers.py
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from pathlib import Path
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from layergraph.layers.base import Layer
from layergraph.layers.catalog import LAYERS
from layergraph.objects import catalogs
from layergraph.objects.base import Checked, KerasObject
from layergraph.objects.catalog import Catalog
from layergraph.objects.values import DType, FloatDType
from layergraph.schema.descriptions import described as documentation

PAGE = Path(__file__).with_name("layers.md")

OBJECTS = (
    ("Activations", catalogs.ACTIVATIONS),
    ("Initializers", catalogs.INITIALIZERS),
    ("Regularizers", catalogs.REGULARIZERS),
    ("Constraints", catalogs.CONSTRAINTS),
    ("Losses", catalogs.LOSSES),
    ("Metrics", catalogs.METRICS),
    ("Optimizers", catalogs.OPTIMIZERS),
    ("Optimizer maps", catalogs.OPTIMIZER_MAPS),
    ("Learning rate schedules", catalogs.SCHEDULES),
    ("Quantization configs", catalogs.QUANTIZATION_CONFIGS),
    ("Quantizers", catalogs.QUANTIZERS),
    ("Dtype policies", catalogs.DTYPE_POLICIES),
)

TITLES = {
    "categories": "Preprocessing of categories",
    "convolution_transposed": "Transposed convolution layers",
    "einsum_dense": "Dense layers by an equation",
    "grouped_query_attention": "Grouped-query attention",
    "image_colour": "Random colours of images",
    "image_geometry": "Random geometry of images",
    "image_mixing": "Erasing and mixing of images",
    "image_policies": "Random transformations of images, several at once",
    "image_resizing": "Resizing and cropping of images",
    "image_sharpness": "Random sharpness of images",
    "image_tones": "Tones of images",
    "lookup": "Preprocessing by lookup",
    "mel_spectrogram": "Mel spectrograms",
    "multi_head_attention": "Multi-head attention",
    "pipeline": "Layers one after another",
    "preprocessing": "Preprocessing of numbers",
    "recurrent_cells": "Recurrent cells",
    "recurrent_network": "Recurrence over cells",
    "reversible_embedding": "Reversible embeddings",
    "stft_spectrogram": "Fourier spectrograms",
    "text": "Preprocessing of text",
}
"""The titles of families whose module's name does not give one."""

INTRODUCTION = """\
# Layers

This page is generated from the classes that check graph files, by
`python docs/generate_layers.py`. A test compares the two.

A `type` is the name of a class in `keras.layers`, and its arguments stand beside it. Names and
defaults are those of Keras. An argument without a default is required.

Every layer also takes the arguments of this table, except where its own entry lists otherwise.

{common}

A dtype is one of
{dtypes}.
Floating-point dtypes have `float` in their name. What begins with `mixed_` computes in the dtype
that follows and keeps its weights in float32. `{{type: DTypePolicy, name: mixed_float16}}` is the
same as the name alone.

`from` gives the tensors of the call. A single reference or a list goes to the first argument
under **Called on**; a mapping names them. `call` takes the arguments under **`call`**.
[The language](language.md) describes both.
"""

OBJECTS_INTRODUCTION = """\
## Objects

Arguments that take an object accept its name, or `{type: …}` with its arguments, here with their
defaults. Names are those of Keras, and the short names that Keras knows (`he_normal`, `mse`) work
too. Losses, metrics, optimizers and schedules have a `name` besides.
"""


def page() -> str:
    """The whole page."""
    return "\n".join(_page()).rstrip("\n") + "\n"


def _page() -> Iterator[str]:
    dtypes = _coded(get_args(DType))
    yield INTRODUCTION.format(common=_table(Layer.model_fields), dtypes=dtypes)
    for family, names in LAYERS.families.items():
        links = ", ".join(f"[{name}](#{name.lower()})" for name in names)
        yield f"- [{_title(family)}](#{_anchor(_title(family))}): {links}"
    yield f"- [Refused](#refused)\n- [Objects](#objects): {_object_links()}\n"
    for family, names in LAYERS.families.items():
        yield f"## {_title(family)}\n"
        for name in names:
            yield from _layer(name)
    yield "## Refused\n"
    yield "layergraph knows these layers of Keras and refuses them.\n"
    yield from (f"- `{name}`: {reason}." for name, reason in LAYERS.refused.items())
    yield f"\n{OBJECTS_INTRODUCTION}"
    for title, catalog in OBJECTS:
        yield from _objects(title, catalog)


def _layer(name: str) -> Iterator[str]:
    described = LAYERS.find(name)
    assert described is not None
    assert issubclass(described, Layer)
    yield f"### {name}\n"
    yield f"{documentation(described)}\n"
    aliases = [alias for alias, proper in LAYERS.aliases.items() if proper == name]
    if aliases:
        yield f"Also written {_coded(aliases)}.\n"
    own = {
        key: field
        for key, field in described.model_fields.items()
        if key not in Layer.model_fields or _differs(field, Layer.model_fields[key])
    }
    if own:
        yield f"{_table(own)}\n"
    missing = [key for key in Layer.model_fields if key not in described.model_fields]
    if missing:
        yield f"Takes no {_coded(missing)}.\n"
    yield f"**Called on** {', '.join(_tensors(described))}.\n"
    options = described.Call.model_fields
    if options:
        given = (f"`{key}: {_default(field)}`" for key, field in options.items())
        yield f"**`call`** {', '.join(given)}.\n"


def _differs(field: FieldInfo, other: FieldInfo) -> bool:
    return (field.annotation, field.default) != (other.annotation, other.default)


def _tensors(described: type[Layer]) -> Iterator[str]:
    for argument in described.declared_tensor_arguments():
        kind = "a list" if argument.many else ""
        optional = "" if argument.required else "optional"
        remark = ", ".join(part for part in (kind, optional) if part)
        yield f"`{argument.name}`" + (f" ({remark})" if remark else "")


def _table(fields: dict[str, FieldInfo]) -> str:
    required_first = sorted(fields.items(), key=lambda item: not item[1].is_required())
    rows = ["| argument | takes | default |", "|---|---|---|"]
    for name, field in required_first:
        default = "" if field.is_required() else f"`{_default(field)}`"
        takes = _takes(field.annotation, field.metadata).replace("|", "\\|")
        rows.append(f"| `{field.alias or name}` | {takes} | {default} |")
    return "\n".join(rows)


def _default(field: FieldInfo) -> str:
    value = field.get_default(call_default_factory=True)
    assert value is not PydanticUndefined
    return _written(value)


def _written(value: Any) -> str:
    """A value as a graph file writes it."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_written, value))}]"
    if isinstance(value, str) and not re.fullmatch(r"\w[\w -]*", value):
        return f'"{value}"'
    return str(value)


def _takes(annotation: Any, metadata: Any = ()) -> str:
    """What an argument takes, in words."""
    return " ".join([_kind(annotation, metadata), *_bounds(metadata)])


def _kind(annotation: Any, metadata: Any) -> str:
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _takes(arguments[0], arguments[1:])
    catalog = _catalog(metadata)
    if catalog is not None and annotation is not float | KerasObject:
        return catalog.kind
    if origin in (Union, UnionType):
        kinds = dict.fromkeys(_takes(part) for part in arguments if part is not NoneType)
        return _alternatives([*kinds, "null"] if NoneType in arguments else list(kinds))
    if origin is Literal:
        named = {DType: "dtype", FloatDType: "floating-point dtype"}.get(annotation)
        return named or _alternatives([f"`{_written(choice)}`" for choice in arguments])
    if origin in (tuple, list):
        return _list(origin, arguments)
    if origin is dict:
        return f"mapping of {_takes(arguments[0])} to a {_takes(arguments[1])}"
    if annotation is KerasObject:
        return "learning rate schedule"
    if isinstance(annotation, type) and issubclass(annotation, Layer):
        return "layer"
    return _PLAIN[annotation]


def _list(origin: Any, items: tuple[Any, ...]) -> str:
    item = _takes(items[0])
    if origin is tuple and items[-1] is not Ellipsis:
        return f"list of {len(items)}" + (f" (each {item})" if " or " in item else "")
    return f"list (each {item})" if " or " in item else f"list of {_plural(item)}"


_PLAIN = {
    Any: "value",
    bool: "`true` or `false`",
    float: "number",
    int: "whole number",
    str: "string",
}


def _catalog(metadata: Any) -> Catalog | None:
    """The catalogue that a value is looked up in."""
    for part in metadata:
        check = part._check if isinstance(part, Checked) else None  # noqa: SLF001
        if isinstance(getattr(check, "__self__", None), Catalog):
            return check.__self__
    return None


def _bounds(metadata: Any) -> Iterator[str]:
    """The bounds that tell more than that a number has to fit into memory."""
    for part in metadata:
        for item in getattr(part, "metadata", [part]):
            for name, words in (("ge", "from"), ("gt", "above"), ("le", "to"), ("lt", "below")):
                bound = getattr(item, name, None)
                if bound is not None and abs(bound) < 64:
                    yield f"{words} {bound:g}"


def _alternatives(kinds: list[str]) -> str:
    return kinds[0] if len(kinds) == 1 else f"{', '.join(kinds[:-1])} or {kinds[-1]}"


def _plural(words: str) -> str:
    return re.sub(r"^(whole number|number|string|list|value)\b", r"\1s", words)


def _objects(title: str, catalog: Catalog) -> Iterator[str]:
    yield f"### {title}\n"
    for names in catalog.families.values():
        classes = [found for name in names if (found := catalog.find(name)) is not None]
        shared = _shared(classes)
        if shared:
            yield f"All of these take `{_arguments(classes[0], shared)}`:\n"
        for described in classes:
            own = [key for key in described.model_fields if key not in (*shared, "name")]
            needy = " Not by its name alone." if described.__name__ in catalog.needy else ""
            given = f" `{_arguments(described, own)}`" if own else ""
            yield f"- **{described.__name__}**{given}: {_first_sentences(described)}{needy}"
        yield ""
    if catalog.functions:
        yield f"By name alone: {_coded(catalog.functions)}.\n"


def _first_sentences(described: type[KerasObject]) -> str:
    return inspect.cleandoc(described.__doc__ or "").partition("\n\n")[0].replace("\n", " ")


def _shared(classes: list[type[KerasObject]]) -> list[str]:
    """The arguments that all classes of a kind have, with one default."""
    first, *others = (described.model_fields for described in classes)
    return [
        key
        for key, field in first.items()
        if key != "name"
        and others
        and all(key in o and not _differs(o[key], field) for o in others)
    ]


def _arguments(described: type[KerasObject], names: list[str]) -> str:
    fields = [(name, described.model_fields[name]) for name in names]
    fields.sort(key=lambda item: not item[1].is_required())
    return ", ".join(
        (field.alias or name) + ("" if field.is_required() else f": {_default(field)}")
        for name, field in fields
    )


def _object_links() -> str:
    return ", ".join(f"[{title.lower()}](#{_anchor(title)})" for title, _ in OBJECTS)


def _title(family: str) -> str:
    return TITLES.get(family, f"{family.replace('_', ' ').capitalize()} layers")


def _anchor(title: str) -> str:
    return re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-")


def _coded(names: Any) -> str:
    return ", ".join(f"`{name}`" for name in names)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
