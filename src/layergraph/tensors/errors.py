"""The error that a shape rule raises; the walk over the graph gives it names and places."""

from __future__ import annotations

from layergraph.diagnostics import Code


class ShapeError(Exception):
    """A layer cannot be called on these tensors.

    In `message`, `label` and `help`, ``{node}`` stands for the node's name and ``{0}``, ``{1}``
    … for the names of the tensors it was called on.

    Args:
        code: what is wrong.
        message: a sentence that stands alone.
        label: the detail, for beside the place in the file.
        inputs: the numbers of the tensors concerned, in the order of the call; the last of them
            is where the file is pointed at, unless `argument` is.
        argument: the argument of the layer that is at fault, where one is.
        help: what to do.
    """

    def __init__(
        self,
        code: Code,
        message: str,
        *,
        label: str = "",
        inputs: tuple[int, ...] = (0,),
        argument: str | None = None,
        help: str | None = None,
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.label = label
        self.inputs = inputs
        self.argument = argument
        self.help = help
