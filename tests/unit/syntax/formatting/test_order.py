"""Every key that a mapping may have has its place in the canonical order."""

import pytest

from layergraph.spec.block_keys import BlockKeys, LibraryKeys
from layergraph.spec.custom_keys import CustomKeys
from layergraph.spec.file_keys import FileKeys
from layergraph.spec.input_keys import InputKeys
from layergraph.spec.node_keys import COPYING, KINDS
from layergraph.spec.output_keys import OutputKeys
from layergraph.spec.param_keys import ParamKeys
from layergraph.spec.training_keys import Training, Validation
from layergraph.syntax.formatting.order import FORMS

MODELS = {
    "file": (FileKeys, LibraryKeys),
    "param": (ParamKeys,),
    "block": (BlockKeys,),
    "declaration": (CustomKeys,),
    "input": (InputKeys,),
    "node": tuple(KINDS.values()),
    "item": tuple(KINDS.values()),
    "output": (OutputKeys,),
    "training": (Training,),
    "validation": (Validation,),
}
BESIDE_ARGUMENTS = {"node": COPYING, "item": COPYING}
ARGUMENTS = {"output": {"units"}}
"""Keys of a task that are arguments of a head as well, among which they keep their place."""


@pytest.mark.parametrize("form", MODELS)
def test_a_form_has_the_keys_of_its_models(form):
    keys = {
        field.alias or name for model in MODELS[form] for name, field in model.model_fields.items()
    }
    placed = (*FORMS[form].first, *FORMS[form].last)
    assert len(set(placed)) == len(placed)
    assert set(placed) == (keys | set(BESIDE_ARGUMENTS.get(form, ()))) - ARGUMENTS.get(form, set())


def test_forms_are_named_as_they_are_known():
    for form in FORMS.values():
        assert {*form.inside.values(), form.others, form.items} <= set(FORMS)
