"""The types of steps, as the editor needs them: schemas, blocks, where credentials go."""

import inspect
import re
from collections.abc import Callable, Mapping
from typing import cast

from backend import resources
from backend.adapters.credentials import VaultCredentials
from backend.bridge.contract import automations as contract
from backend.bridge.contract.automations import StepGroup, StepType
from backend.bridge.contract.shape import Nothing
from backend.bridge.desk import Desk
from engine.model import Json
from engine.parse.problem import InvalidAutomation
from engine.steps.action import Action
from engine.steps.flow import Flow
from engine.steps.registry import STEPS
from engine.steps.tweet_length import TWEET_LIMIT, weighted_length, without_placeholders

# How a type looks in the editor: its group, and the name of its icon (Lucide).
_LOOKS: Mapping[str, tuple[StepGroup, str]] = {
    "apiCall": ("services", "globe"),
    "twitterCreateTweet": ("services", "send"),
    "twitterDeleteTweet": ("services", "trash-2"),
    "twitterLikeTweet": ("services", "heart"),
    "twitterUnlikeTweet": ("services", "heart-off"),
    "twitterRetweet": ("services", "repeat-2"),
    "twitterUndoRetweet": ("services", "undo-2"),
    "twitterSendDM": ("services", "mail"),
    "twitterUploadMedia": ("services", "image-up"),
    "twitterSearchTweets": ("services", "search"),
    "twitterUserTweets": ("services", "scroll-text"),
    "twitterSearchUser": ("services", "user-search"),
    "setVariable": ("data", "variable"),
    "modifyVariable": ("data", "square-pen"),
    "if": ("flow", "split"),
    "forEach": ("flow", "repeat"),
    "repeat": ("flow", "rotate-cw"),
    "runAutomation": ("flow", "workflow"),
    "try": ("flow", "shield-check"),
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


def filters(_desk: Desk, _params: Nothing) -> tuple[contract.TemplateFilter, ...]:
    """In the order of the documentation. What each does is the example of its docstring."""
    from engine.template.filters import FILTERS

    return tuple(contract.TemplateFilter(name, _about(act)) for name, act in FILTERS.items())


def _about(act: Callable[..., object]) -> str:
    words = " ".join((inspect.getdoc(act) or "").split()).replace("`", "")
    found = re.match(r"[^;]*?gives [^;.]*", words)
    return found[0] if found else words[:80]


def tweet_length(_desk: Desk, params: contract.TweetText) -> contract.TweetLength:
    without = without_placeholders(params.text)
    return contract.TweetLength(weighted_length(without), TWEET_LIMIT, without != params.text)


def preview(desk: Desk, params: contract.StepToShow) -> contract.RequestPreview:
    """Sends nothing, whatever the step is. A step that is not complete yet is answered with what it lacks."""
    from backend.runs.clock import SystemClock
    from backend.runs.preview import Previewer, only

    app, values = desk.app, cast("Mapping[str, Json]", params.values)
    credentials = VaultCredentials(lambda: app.credentials, lambda: app.types)
    try:
        automation = app.parse(only(cast("Mapping[str, Json]", params.step)))
    except InvalidAutomation as invalid:
        first = invalid.problems[0]
        return contract.RequestPreview("", "", {}, "", f"{_field(first.path)} {first.message}.", "")
    shown = Previewer(credentials, app.settings, SystemClock()).show(automation, values)
    request, failure = shown.request, shown.failure
    if request is None:
        message = failure.message if failure else ""
        return contract.RequestPreview("", "", {}, "", message, failure.hint if failure else "")
    return contract.RequestPreview(request.method, request.url, request.headers, request.body, "", "")


def _field(path: str) -> str:
    return path.removeprefix("steps[0]").lstrip(".") or "The step"


HANDLERS: Mapping[str, Callable[..., object]] = {
    "types": types,
    "filters": filters,
    "preview": preview,
    "tweetLength": tweet_length,
}
