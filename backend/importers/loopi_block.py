"""What a graph is read from, its nodes, and what it becomes, its blocks. Frozen data."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

Kind: TypeAlias = Literal["step", "branch", "forEach"]


@dataclass(frozen=True, slots=True)
class Node:
    """`ways` leads from a handle (`if`, `else`, `loop`, `done`, or an empty one) to the nodes behind it."""

    id: str
    kind: Kind
    ways: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def way(self, handle: str) -> str | None:
        """The first node behind a handle."""
        return next(iter(self.ways.get(handle, ())), None)

    def targets(self) -> list[str]:
        return [target for targets in self.ways.values() for target in targets]


@dataclass(frozen=True, slots=True)
class Plain:
    node: str


@dataclass(frozen=True, slots=True)
class Branch:
    node: str
    then: tuple["Block", ...]
    otherwise: tuple["Block", ...]


@dataclass(frozen=True, slots=True)
class Loop:
    """`forEach`: once for every item. `while` and `until`: by the condition of `node`, or its opposite."""

    node: str
    kind: Literal["forEach", "while", "until"]
    body: tuple["Block", ...]
    is_negated: bool = False


Block: TypeAlias = Plain | Branch | Loop


@dataclass(frozen=True, slots=True)
class Structure:
    """`lost` are ways back that are no loop of this language, as pairs of nodes."""

    blocks: tuple[Block, ...]
    lost: tuple[tuple[str, str], ...]


def names_in(blocks: Sequence[Block]) -> Iterator[str]:
    """The nodes of the blocks and of all inside them."""
    for block in blocks:
        yield block.node
        match block:
            case Branch():
                yield from names_in((*block.then, *block.otherwise))
            case Loop():
                yield from names_in(block.body)
            case Plain():
                pass
