"""What a step that steers the run is made of: a generator that computes, and may enter blocks of steps."""

from collections.abc import Callable, Generator, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeAlias, cast

from engine.chance import settled
from engine.effects import Answer, Effect
from engine.model import Json, Step
from engine.template.expression import Lookup
from engine.template.render import is_deferred, render_tree
from engine.variables import Scope, credentials_not_here


@dataclass(frozen=True, slots=True)
class Enter:
    """Run a block of steps; answered with what its last step left as `data`.

    `first` is the number that the first of them has in its block.
    """

    steps: tuple[Step, ...]
    path: str
    scope: Scope
    first: int = 0


@dataclass(frozen=True, slots=True)
class FlowContext:
    """Where a flow step stands, the names it sees, and a way to run a block by itself (parallel rounds).

    `lookup` is the scope's, and knows what was taken for the fields of this step (`engine.chance`).
    """

    path: str
    scope: Scope
    branch: "Callable[[Enter], Generator[Effect, Answer, Json]]"
    lookup: Lookup

    def resolve(self, value: object) -> Json:
        """A field of the step with its placeholders filled. A credential in it is an error."""
        resolved = render_tree(value, self.lookup)
        if is_deferred(resolved):
            raise credentials_not_here()
        return cast("Json", resolved)

    def settled(self, fields: object) -> "Generator[Effect, Answer, FlowContext]":
        """The same place, with what these fields want to know just now."""
        return replace(self, lookup=(yield from settled(fields, self.path, self.scope)))


Flowing: TypeAlias = Generator[Effect | Enter, Answer, Mapping[str, Json]]


@dataclass(frozen=True, slots=True)
class Flow:
    """A step type without an effect of its own: `run` returns the step's output.

    `check` says of the fields, blocks included, what a schema cannot: `(path, message)`. `settles`: it asks
    for what its fields want to know by itself. `binds`: the fields that name a variable of its blocks, each
    with its usual name.
    """

    type: str
    run: Callable[[Step, FlowContext], Flowing]
    check: Callable[[Mapping[str, object]], Iterable[tuple[str, str]]] = lambda _fields: ()
    settles: bool = False
    binds: Mapping[str, str] = field(default_factory=dict)
