"""The keys of nodes, a Pydantic model for each kind."""

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar

from pydantic import Field

from layergraph.objects.base import StrictModel
from layergraph.spec.names import KerasName
from layergraph.spec.references import From, OneTensor


class NodeKeys(StrictModel):
    """What a node may have beside the arguments of its layer."""

    noun: ClassVar[str] = "a node"

    type: str
    from_: From | None = Field(default=None, alias="from")
    call: dict[str, Any] = {}
    else_: OneTensor | None = Field(default=None, alias="else")
    name: KerasName | None = None


class InstanceKeys(StrictModel):
    """What an instance of a block may have beside the block's params."""

    noun: ClassVar[str] = "an instance of a block"

    block: str
    from_: From | None = Field(default=None, alias="from")
    else_: OneTensor | None = Field(default=None, alias="else")
    nested: bool = False
    name: KerasName | None = None


class ChainKeys(StrictModel):
    """A chain: its items have models of their own."""

    noun: ClassVar[str] = "a chain"

    chain: Annotated[tuple[Any, ...], Field(strict=False, min_length=1)]
    from_: From | None = Field(default=None, alias="from")
    else_: OneTensor | None = Field(default=None, alias="else")


class UseKeys(StrictModel):
    """A layer, chain or instance that is called again."""

    noun: ClassVar[str] = "a `use`"

    use: OneTensor
    from_: From | None = Field(default=None, alias="from")
    call: dict[str, Any] = {}
    else_: OneTensor | None = Field(default=None, alias="else")


class LeftOutKeys(StrictModel):
    """What matters of a node that is left out."""

    noun: ClassVar[str] = "a node"

    from_: From | None = Field(default=None, alias="from")
    else_: OneTensor | None = Field(default=None, alias="else")


KINDS: Mapping[str, type[StrictModel]] = {
    "type": NodeKeys,
    "block": InstanceKeys,
    "chain": ChainKeys,
    "use": UseKeys,
}
"""The keys that say what a node is."""

COPYING = ("when", "repeat", "each")
"""The keys that say whether a node is there, and how often."""
