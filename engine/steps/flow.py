"""What a step that steers the run is made of: a generator that computes, and may enter blocks of steps."""

from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass
from typing import TypeAlias, cast

from engine.effects import Answer, Effect
from engine.model import Json, Step
from engine.template.render import is_deferred, render_tree
from engine.variables import Scope, credentials_not_here


@dataclass(frozen=True, slots=True)
class Enter:
    """Run a block of steps; answered with what its last step left as `data`."""

    steps: tuple[Step, ...]
    path: str
    scope: Scope


@dataclass(frozen=True, slots=True)
class FlowContext:
    """Where a flow step stands, the names it sees, and a way to run a block by itself (parallel rounds)."""

    path: str
    scope: Scope
    branch: "Callable[[Enter], Generator[Effect, Answer, Json]]"

    def resolve(self, value: object) -> Json:
        """A field of the step with its placeholders filled. A credential in it is an error."""
        resolved = render_tree(value, self.scope.lookup)
        if is_deferred(resolved):
            raise credentials_not_here()
        return cast("Json", resolved)


Flowing: TypeAlias = Generator[Effect | Enter, Answer, Mapping[str, Json]]


@dataclass(frozen=True, slots=True)
class Flow:
    """A step type without an effect of its own: `run` returns the step's output."""

    type: str
    run: Callable[[Step, FlowContext], Flowing]
