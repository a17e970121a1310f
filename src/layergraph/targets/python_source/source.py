"""A graph → the text of a Python module that builds the same Keras model, and needs Keras alone.

Where everything in the file has a form in Python, the module has the file's own structure: a
function for each block, loops, and the file's params as arguments. Else each call is spelt out,
and a comment says why.
"""

from __future__ import annotations

from pathlib import Path

from layergraph.expand.expressions import ExpressionError
from layergraph.graph.given_params import check_params
from layergraph.graph.graph import Graph
from layergraph.targets.python_source.expressions import Unsayable
from layergraph.targets.python_source.flat_code import FlatCode
from layergraph.targets.python_source.layout import Writer
from layergraph.targets.python_source.literals import prose
from layergraph.targets.python_source.mask_names import write_mask_names
from layergraph.targets.python_source.model_code import write_model
from layergraph.targets.python_source.module import Module
from layergraph.targets.python_source.signatures import docstring, signature
from layergraph.targets.python_source.whole_graph import write_structured


def python_source(graph: Graph) -> str:
    """The module, as `ruff format` leaves it.

    Raises:
        GraphError: where a param has no value.
    """
    check_params(graph)
    about = prose(graph.description or f"The model {graph.name}.")
    origin = f"Written by layergraph from `{prose(Path(graph.source.name).name)}`."
    title = "\n".join(docstring(about, 0, [origin]))
    module = Module(graph)
    try:
        write_structured(module)
    except (Unsayable, ExpressionError) as reason:
        module = Module(graph)
        has = reason if isinstance(reason, Unsayable) else "an expression that has no value here"
        _write_flat(module, f"Every call is written out, since the file has {has}.")
    return module.text(title)


def _write_flat(module: Module, why: str) -> None:
    graph = module.graph
    out = Writer(depth=1)
    out.comment(why)
    write_mask_names(graph, out)
    names = module.names.inner()
    model = names.fresh("model")
    code = FlatCode(module, names, out)
    code.write(node for node in graph.nodes.values() if node.path in graph.in_model)
    inputs = {n.keras_name: code.tensor_of(n.path) for n in graph.nodes.values() if n.input}
    outputs = {name: code.tensor(output.edge) for name, output in graph.heads.items()}
    write_model(module, out, model, inputs, outputs)
    head = signature(module.build, [], [], "keras.Model")
    about = docstring("Build the model and compile it.", 4)
    module.functions.append([*head, *about, *out.lines])
