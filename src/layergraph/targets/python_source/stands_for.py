"""What names of a file stand for in the Python that is written for it."""

from __future__ import annotations

from collections.abc import Mapping

from layergraph.targets.python_source.expressions import Unsayable
from layergraph.targets.python_source.layout import Text


class Thing:
    """What a name stands for. `again` is the variable of the layer that made it, if there is one.

    `again_each` says that it holds a list of layers, to be called one after another.
    """

    again: Text | None = None
    again_each: bool = False

    def tensors(self) -> list[Text]:
        """Its tensors; one with a `*` stands for several."""
        raise NotImplementedError

    def one(self) -> Text:
        """Its only tensor."""
        found = self.tensors()
        if len(found) != 1 or found[0].text.startswith("*"):
            raise Unsayable("several tensors where one stands")
        return found[0]

    def member(self, step: str) -> Thing:
        """A part of it."""
        raise Unsayable(f"a reference to `{step}`")

    def number(self, tensor: int) -> Thing:
        """One of its tensors."""
        if tensor == 0:
            return One(self.one().text)
        raise Unsayable("a tensor's number")


class One(Thing):
    """A tensor."""

    def __init__(self, text: str) -> None:
        self._text = text

    def tensors(self) -> list[Text]:
        """It."""
        return [Text(self._text)]


class Several(Thing):
    """The tensors of a layer that gives several, or copies side by side, in one list."""

    def __init__(self, text: str, *, are_copies: bool = False) -> None:
        self._text = text
        self._are_copies = are_copies

    def tensors(self) -> list[Text]:
        """All of them."""
        return [Text(f"*{self._text}")]

    def member(self, step: str) -> Thing:
        """A copy, which counts from 1."""
        if self._are_copies and step.isdigit():
            return One(f"{self._text}[{int(step) - 1}]")
        return super().member(step)

    def number(self, tensor: int) -> Thing:
        """One of them."""
        if self._are_copies:
            return super().number(tensor)
        return One(f"{self._text}[{tensor}]")


class Parts(Thing):
    """A chain, or copies one after another: parts by step, of which it stands for the last."""

    def __init__(self, parts: Mapping[str, Thing], last: Thing) -> None:
        self._parts = parts
        self._last = last

    def tensors(self) -> list[Text]:
        """Those of the last."""
        return self._last.tensors()

    def member(self, step: str) -> Thing:
        """A part."""
        return self._parts[step] if step in self._parts else super().member(step)

    def number(self, tensor: int) -> Thing:
        """One of the last's."""
        return self._last.number(tensor)


class Outputs(Thing):
    """An instance of a block: its outputs by name."""

    def __init__(self, outputs: Mapping[str, Thing]) -> None:
        self._outputs = outputs

    def tensors(self) -> list[Text]:
        """Those of its output."""
        if len(self._outputs) != 1:
            raise Unsayable("an instance of several outputs, named bare")
        return next(iter(self._outputs.values())).tensors()

    def member(self, step: str) -> Thing:
        """An output."""
        return self._outputs[step] if step in self._outputs else super().member(step)

    def number(self, tensor: int) -> Thing:
        """One of its output's."""
        if len(self._outputs) != 1:
            raise Unsayable("an instance of several outputs, named bare")
        return next(iter(self._outputs.values())).number(tensor)
