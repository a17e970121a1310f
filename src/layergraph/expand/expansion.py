"""The expand stage: params, imports, blocks, copies and chains → calls in a flat list.

Given a `FileSpec` and what it imports, it hands on a `FlatGraph` in which every node is one call
with a path of its own, and every reference is looked up. It reports what is wrong with params,
expressions, imports, blocks and references. Of what is left out by `when` nothing is said.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from layergraph.diagnostics import Diagnostics
from layergraph.expand.budget import Budget, Stopped
from layergraph.expand.files import LoadedFile
from layergraph.expand.flat import FlatGraph, FlatNode, Tensors
from layergraph.expand.instances import Instances
from layergraph.expand.linking import Linking
from layergraph.expand.nodes import Nodes
from layergraph.expand.outputs import expand_outputs
from layergraph.expand.params import values_of_file
from layergraph.expand.scopes import Draft, Scope
from layergraph.expand.substitution import Substitution
from layergraph.expand.things import SPOILT, Made
from layergraph.objects.declared import declarations
from layergraph.spec.graph_spec import InputSpec
from layergraph.spec.reading import read_input, read_training
from layergraph.syntax.limits import Limits


def expand(
    file: LoadedFile, params: Mapping[str, Any], limits: Limits, diagnostics: Diagnostics
) -> FlatGraph | None:
    """Flatten a file.

    Args:
        file: the file.
        params: what the caller sets.
        limits: how much it may expand to.
        diagnostics: where its mistakes go.

    Returns:
        The flat graph; None where it would be too large.
    """
    spec = file.spec
    values, examples = values_of_file(spec, params, diagnostics)
    substitution = Substitution(diagnostics, spec.params, limits.value_size)
    drafts: list[Draft] = []
    scope = Scope(file, spec.nodes, values, drafts, is_whole=spec.knows_all_names)
    scope.outputs = frozenset(spec.outputs)
    made = Nodes(substitution, Budget(limits.nodes, diagnostics), diagnostics)
    instances = Instances(made, diagnostics)
    made.instances = instances
    inputs: dict[str, InputSpec | None] = {}
    for name, place in spec.inputs.items():
        given = None
        if place is not None:
            given = read_input(name, substitution.into(place, values), diagnostics)
        inputs[name] = given
        scope.things[name] = Made(Tensors(name), is_input=True) if given else SPOILT
    linking = Linking(diagnostics)
    try:
        made.expand_all(scope)
        uncalled = instances.expand_uncalled(file, scope.entries)
        offered = [linking.settled(thing) for thing in made.offered]
        flat, outputs = expand_outputs(scope, inputs, made, linking, diagnostics)
    except Stopped:
        return None
    training = spec.training and substitution.into(spec.training, values)
    with declarations(spec.custom):
        trained = read_training(training, diagnostics)
    return FlatGraph(
        spec.source,
        spec.name,
        spec.description,
        inputs,
        flat,
        outputs,
        trained,
        training,
        scope.entries,
        _linked(uncalled, linking),
        examples,
        frozenset(path for found in offered for one in found or () for path in one.producers()),
        file,
        values,
    )


def _linked(drafts: list[Draft], linking: Linking) -> dict[str, FlatNode]:
    return linking.link(drafts)
