"""The types of steps, as the editor needs them: schemas, blocks, where credentials go."""

from collections.abc import Callable, Mapping

from backend import resources
from backend.bridge.contract.automations import StepGroup, StepType
from backend.bridge.contract.shape import Nothing
from backend.bridge.desk import Desk
from engine.steps.action import Action
from engine.steps.flow import Flow
from engine.steps.registry import STEPS

# How a type looks in the editor: its group, and the name of its icon (Lucide).
_LOOKS: Mapping[str, tuple[StepGroup, str]] = {
    "apiCall": ("services", "globe"),
    "twitterCreateTweet": ("services", "send"),
    "twitterSearchUser": ("services", "user-search"),
    "twitterSearchTweets": ("services", "search"),
    "setVariable": ("data", "variable"),
    "modifyVariable": ("data", "square-pen"),
    "if": ("flow", "split"),
    "forEach": ("flow", "repeat"),
    "wait": ("flow", "timer"),
    "stop": ("flow", "octagon-x"),
}
ANY = ("*",)


def types(desk: Desk, _params: Nothing) -> tuple[StepType, ...]:
    return tuple(_shown(desk, kind) for kind in STEPS.values())


def _shown(desk: Desk, kind: Action | Flow) -> StepType:
    schema = resources.schema(f"steps/{kind.type}")
    group, icon = _LOOKS.get(kind.type, ("services", "puzzle"))
    action = kind if isinstance(kind, Action) else None
    return StepType(
        type=kind.type,
        group=group,
        title=str(schema["title"]),
        description=str(schema["description"]),
        icon=icon,
        schema=schema,
        blocks=desk.app.book.blocks(kind.type),
        request_fields=action.request_fields if action else (),
        credential_types=(action.credential_types or ANY) if action else (),
    )


HANDLERS: Mapping[str, Callable[..., object]] = {"types": types}
