"""Outputs: their heads become nodes, and their names are kept apart from other nodes'."""

from __future__ import annotations

from collections.abc import Mapping

from layergraph.diagnostics import Diagnostics, Related, codes
from layergraph.expand.flat import FlatNode, FlatOutput
from layergraph.spec.graph_spec import GraphSpec, OutputSpec
from layergraph.spec.references import Connection
from layergraph.syntax.tree import Mapping as MappingTree

Outputs = dict[str, FlatOutput | None]


def expand_outputs(
    spec: GraphSpec,
    stands_for: Mapping[str, str | None],
    keras_names: Mapping[str, str],
    diagnostics: Diagnostics,
) -> tuple[dict[str, FlatNode], Outputs]:
    """The nodes that outputs add to a graph, and the outputs by name.

    Args:
        spec: the graph file.
        stands_for: what each path that a reference may be names.
        keras_names: the Keras name of every input and node.
        diagnostics: where names that are taken are reported.
    """
    heads: dict[str, FlatNode] = {}
    outputs: Outputs = {}
    unchanged: dict[str, OutputSpec] = {}
    for name, output in spec.outputs.items():
        if output is None or not _name_is_free(name, output, spec, diagnostics):
            outputs[name] = None
            continue
        keras_name = output.keys.name or name
        exposed = stands_for.get(output.keys.from_.path)
        head = None
        if output.head is not None or (exposed and keras_names[exposed] != keras_name):
            head = _head(name, keras_name, output)
            if name in spec.nodes or name in spec.inputs:  # which Keras knows by another name
                head = head._replace(path=f"{name} (output)")
            heads[head.path] = head
        elif unchanged.setdefault(keras_name, output) is not output:
            _report_same_name(keras_name, unchanged[keras_name], output, diagnostics)
        outputs[name] = FlatOutput(
            keras_name,
            output.keys.from_,
            head.path if head else None,
            output.loss,
            output.keys.loss_weight,
            output.metrics,
            output.place,
        )
    return heads, outputs


def _head(name: str, keras_name: str, output: OutputSpec) -> FlatNode:
    return FlatNode(
        name,
        keras_name,
        output.head.type if output.head else "Identity",
        output.head.arguments if output.head else MappingTree({}, output.place.span),
        None,
        (Connection(None, (output.keys.from_,)),),
        output.place,
        output.place.at("from"),
    )


def _report_same_name(
    name: str, first: OutputSpec, second: OutputSpec, diagnostics: Diagnostics
) -> None:
    at = second.place.at("name") if second.place.has("name") else second.place
    diagnostics.report(
        codes.KERAS_NAME_CLASH,
        f"two outputs would be named `{name}` in Keras",
        at.span if at is not second.place else at.key_span,
        path=at.path,
        related=(Related(f"`{name}` is made here too", first.place.key_span),),
        help="drop `name` from one, or give it another",
    )


def _name_is_free(name: str, output: OutputSpec, spec: GraphSpec, diagnostics: Diagnostics) -> bool:
    """Whether an output's name is no other node's: it may be that of the node it exposes."""
    if name not in spec.inputs and name not in spec.nodes:
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
