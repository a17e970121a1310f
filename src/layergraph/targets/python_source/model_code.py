"""The end of `build`: the model of some inputs and outputs, and the call that compiles it."""

from __future__ import annotations

from layergraph.targets.python_source.compiling import OfOutput, compile_call
from layergraph.targets.python_source.layout import Expression, Writer, call
from layergraph.targets.python_source.literals import literal, mapped
from layergraph.targets.python_source.module import Module
from layergraph.targets.python_source.written import Written


def write_model(
    module: Module,
    out: Writer,
    model: str,
    inputs: dict[str, Expression],
    outputs: dict[str, Expression],
    training: Written | None = None,
    of_output: OfOutput = lambda output: None,  # noqa: ARG005
) -> None:
    """Write the model, and the call that compiles it."""
    graph = module.graph
    made = call(
        "keras.Model", inputs=mapped(inputs), outputs=mapped(outputs), name=literal(graph.name)
    )
    compiled = compile_call(graph, module.objects, model, training, of_output)
    out.line()
    if compiled is None:
        out.put("return ", made)
        return
    out.put(f"{model} = ", made)
    out.put("", compiled)
    out.line(f"return {model}")
