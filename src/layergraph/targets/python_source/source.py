"""A graph → the text of a Python module that builds the same Keras model, and needs Keras alone."""

from __future__ import annotations

from layergraph.graph.given_params import check_params
from layergraph.graph.graph import Graph
from layergraph.targets.python_source.compiling import compile_call
from layergraph.targets.python_source.flat_code import FlatCode
from layergraph.targets.python_source.layout import Writer, call
from layergraph.targets.python_source.literals import literal, mapped, prose
from layergraph.targets.python_source.module import Module


def python_source(graph: Graph) -> str:
    """The module, as `ruff format` leaves it.

    Raises:
        GraphError: where a param has no value.
    """
    check_params(graph)
    module = Module(graph)
    _write_flat(module)
    return module.text(_title(graph))


def _title(graph: Graph) -> str:
    about = prose(graph.description or f"The model {graph.name}.")
    lines = _wrapped(about, 0)
    return "\n".join([*lines[:-1], lines[-1]])


def _write_flat(module: Module) -> None:
    graph = module.graph
    out = Writer(depth=1)
    names = module.names.inner()
    model = names.fresh("model")
    code = FlatCode(module, names, out)
    code.write(node for node in graph.nodes.values() if node.path in graph.in_model)
    inputs = {n.keras_name: code.tensor_of(n.path) for n in graph.nodes.values() if n.input}
    outputs = {name: code.tensor(output.edge) for name, output in graph.heads.items()}
    made = call(
        "keras.Model", inputs=mapped(inputs), outputs=mapped(outputs), name=literal(graph.name)
    )
    compiled = compile_call(graph, module.objects, model)
    if compiled is None:
        out.put("return ", made)
    else:
        out.line()
        out.put(f"{model} = ", made)
        out.put("", compiled)
        out.line(f"return {model}")
    head = f"def {module.build}() -> keras.Model:"
    module.functions.append([head, '    """Build the model and compile it."""', *out.lines])


def _wrapped(text: str, indent: int) -> list[str]:
    """A docstring."""
    import textwrap

    closing = ' """' if text.endswith('"') else '"""'
    lines = textwrap.wrap(text, 81 - indent, break_long_words=False, break_on_hyphens=False)
    if len(lines) == 1:
        return [f'{" " * indent}"""{text}{closing}']
    return [" " * indent + line for line in [f'"""{lines[0]}', *lines[1:], '"""']]
