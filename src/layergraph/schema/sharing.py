"""Arguments that several classes have alike, each written once."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Mapping

from layergraph.schema.forms import Schema, ref


def shared(definitions: Mapping[str, Schema]) -> dict[str, Schema]:
    """The definitions, with the form that an argument of one name mostly has moved into its own.

    What has another form somewhere (another default, say) stays there as it is.
    """
    forms: dict[str, Counter[str]] = defaultdict(Counter)
    for schema in definitions.values():
        for name, form in schema.get("properties", {}).items():
            if form is not True:
                forms[name][_text(form)] += 1
    usual = {name: counts.most_common(1)[0] for name, counts in forms.items()}
    common = {name: form for name, (form, count) in usual.items() if count > 1}
    own = {f"argument.{name}": json.loads(form) for name, form in common.items()}
    return own | {name: _with_shared(schema, common) for name, schema in definitions.items()}


def _with_shared(schema: Schema, common: Mapping[str, str]) -> Schema:
    if "properties" not in schema:
        return schema
    properties = {
        name: ref(f"argument.{name}") if common.get(name) == _text(form) else form
        for name, form in schema["properties"].items()
    }
    return {**schema, "properties": properties}


def _text(form: Schema) -> str:
    return json.dumps(form, sort_keys=True)
