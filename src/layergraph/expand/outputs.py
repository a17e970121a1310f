"""Outputs: their heads become nodes, and their names are kept apart from other nodes'."""

from __future__ import annotations

from collections.abc import Mapping

from layergraph.diagnostics import Diagnostics, Related, codes
from layergraph.expand.flat import FlatNode, FlatOutput, Tensors
from layergraph.expand.heads import add_head
from layergraph.expand.linking import Linking
from layergraph.expand.lookup import Unresolved, find
from layergraph.expand.nodes import Nodes
from layergraph.expand.scopes import Scope, Spot
from layergraph.expand.things import picked
from layergraph.objects.declared import declarations
from layergraph.spec.graph_spec import InputSpec, OutputSpec
from layergraph.spec.reading import read_output

Outputs = dict[str, FlatOutput | None]


def expand_outputs(
    scope: Scope,
    inputs: Mapping[str, InputSpec | None],
    nodes: Nodes,
    linking: Linking,
    diagnostics: Diagnostics,
) -> tuple[dict[str, FlatNode], Outputs]:
    """The nodes of a graph with those that outputs add, and the outputs by name.

    Args:
        scope: the graph's names, its nodes all expanded.
        inputs: the graph's inputs.
        nodes: what gives expressions their values.
        linking: what finds the tensors of references.
        diagnostics: where names that are taken are reported.
    """
    flat = linking.link(scope.drafts)
    keras_names = {name: given.keys.name or name for name, given in inputs.items() if given}
    keras_names |= {path: node.keras_name for path, node in flat.items()}
    scope.drafts = []
    found: dict[str, tuple[OutputSpec, str, str | None] | None] = {}
    unchanged: dict[str, OutputSpec] = {}
    for name, place in scope.file.spec.outputs.items():
        output = None
        if place is not None:
            known = nodes.substitution.into(place, scope.values)
            with declarations(scope.file.spec.custom):
                output = read_output(name, known, diagnostics)
        if output is None or not _name_is_free(name, output, scope, diagnostics):
            found[name] = None
            continue
        keras_name = output.keys.name or name
        exposed = _exposed(output, scope, linking)
        head = None
        if output.head is not None or (exposed and keras_names.get(exposed) != keras_name):
            taken = name in scope.nodes or name in inputs  # which Keras knows by another name
            head = f"{name} (output)" if taken else name
            add_head(Spot(head, name, keras_name), output, scope)
        elif unchanged.setdefault(keras_name, output) is not output:
            _report_same_name(keras_name, unchanged[keras_name], output, diagnostics)
        found[name] = (output, keras_name, head)
    heads = linking.link(scope.drafts)
    outputs: Outputs = {}
    for name, entry in found.items():
        outputs[name] = _output(name, *entry, scope, linking, diagnostics) if entry else None
    return flat | heads, outputs


def _output(
    name: str,
    output: OutputSpec,
    keras_name: str,
    head: str | None,
    scope: Scope,
    linking: Linking,
    diagnostics: Diagnostics,
) -> FlatOutput:
    tensors: Tensors | None
    if head is not None:
        tensors = Tensors(head)
    else:
        place = output.place.at("from")
        named = scope.named(output.keys.from_, f"output `{name}`", place, diagnostics)
        tensors = linking.one_tensor(named)
    return FlatOutput(
        keras_name,
        output.keys.from_,
        tensors,
        head,
        output.loss,
        output.keys.loss_weight,
        output.metrics,
        output.place,
        output.keys,
    )


def _exposed(output: OutputSpec, scope: Scope, linking: Linking) -> str | None:
    """The path of the node that an output exposes, or something that no node is called."""
    reference = output.keys.from_
    try:
        thing = find(reference, scope.get, is_whole=scope.is_whole)
    except Unresolved:
        return None
    tensors = picked(linking.settled(thing), reference.tensor)
    if tensors is None:
        return None
    of = tensors[0].of
    return of if len(tensors) == 1 and isinstance(of, str) else " several"


def _report_same_name(
    name: str, first: OutputSpec, second: OutputSpec, diagnostics: Diagnostics
) -> None:
    at = second.place.at("name") if second.place.gives("name") else second.place
    diagnostics.report(
        codes.KERAS_NAME_CLASH,
        f"two outputs would be named `{name}` in Keras",
        at.span if at is not second.place else at.key_span,
        path=at.path,
        related=(Related(f"`{name}` is made here too", first.place.key_span),),
        help="drop `name` from one, or give it another",
    )


def _name_is_free(name: str, output: OutputSpec, scope: Scope, diagnostics: Diagnostics) -> bool:
    """Whether an output's name is no other node's: it may be that of the node it exposes."""
    if name not in scope.file.spec.inputs and name not in scope.nodes:
        return True
    reference = output.keys.from_
    help = "give the output a name of its own"
    if output.head is not None:
        message = f"output `{name}` has a head, and a node has its name already"
    elif reference.path != name:
        message = f"output `{name}` has the name of a node, but exposes `{reference}`"
        help += f", or write `from: {name}`"
    elif reference.tensor:
        message = f"output `{name}` has the name of a node, but exposes a further tensor of it"
    else:
        return True
    diagnostics.report(
        codes.OUTPUT_NAME_TAKEN,
        message,
        output.place.key_span,
        path=output.place.path,
        help=help,
    )
    return False
