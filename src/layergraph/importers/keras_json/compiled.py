"""What Keras 3 writes of the compilation of a model → the keys of its outputs, and `training`."""

from __future__ import annotations

from typing import Any

from layergraph.importers.keras_json.document import Document


def add_compiled(found: dict[str, Any], written: Any, document: Document) -> None:
    """Add losses, their weights, metrics and the optimizer to a document.

    Args:
        found: the document, whose outputs stand in the model's order.
        written: the `compile_config` of the JSON, or None.
        document: converts the values, and takes notes and what cannot be said.
    """
    if not isinstance(written, dict):
        return
    outputs, convert = found.get("outputs", {}), document.values.value
    for name, loss in _by_output("loss", written, outputs, document).items():
        with document.refusals.about(f"output `{name}`"):
            outputs[name]["loss"] = convert("loss", loss)
    for name, weight in _by_output("loss_weights", written, outputs, document).items():
        if "loss" in outputs[name]:
            outputs[name]["loss_weight"] = convert("loss_weight", weight)
    for name, metrics in _by_output("metrics", written, outputs, document).items():
        with document.refusals.about(f"output `{name}`"):
            listed = metrics if isinstance(metrics, list) else [metrics]
            outputs[name]["metrics"] = [convert("metric", metric) for metric in listed]
    if written.get("optimizer"):
        with document.refusals.about("the model's compilation"):
            found["training"] = {"optimizer": convert("optimizer", written["optimizer"])}


def _by_output(
    argument: str, written: dict[str, Any], outputs: dict[str, Any], document: Document
) -> dict[str, Any]:
    """What each output is given, where one value stands for all, or there is one for each."""
    value = written.get(argument)
    if value is None:
        return {}
    if isinstance(value, dict) and "class_name" not in value:
        if set(value) <= set(outputs):
            return {name: item for name, item in value.items() if item is not None}
    elif isinstance(value, list):
        if argument == "metrics" and len(outputs) == 1:
            (name,) = outputs
            return {name: value}
        if len(value) == len(outputs):
            named = zip(outputs, value, strict=True)
            return {name: item for name, item in named if item is not None}
    elif argument != "loss_weights":
        return dict.fromkeys(outputs, value)
    document.notes.append(f"the `{argument}` that it was compiled with stay behind")
    return {}
