"""A step of the Electron app as one of ours. What has no counterpart is told, not guessed. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias, cast

from backend.importers.loopi_data import DATA_TYPES, Fields, expression
from backend.importers.loopi_template import Names, as_number, variable
from engine.model import INLINE_SECRETS, Json

Step: TypeAlias = dict[str, Json]

TWITTER_FIELDS: Mapping[str, tuple[str, ...]] = {
    "twitterCreateTweet": ("text", "replyToTweetId", "quoteTweetId", "mediaId"),
    "twitterDeleteTweet": ("tweetId",),
    "twitterLikeTweet": ("tweetId",),
    "twitterRetweet": ("tweetId",),
    "twitterSearchTweets": ("searchQuery", "maxResults", "startTime", "endTime"),
    "twitterSendDM": ("userId", "text", "mediaId"),
    "twitterSearchUser": ("username",),
    "twitterUploadMedia": ("filePath",),
}
_OPERATORS: Mapping[str, str] = {
    "variableEquals": "equals",
    "variableContains": "contains",
    "variableGreaterThan": "greaterThan",
    "variableLessThan": "lessThan",
    "variableExists": "exists",
}
_BROWSER = (
    "navigate",
    "click",
    "type",
    "selectOption",
    "hover",
    "fileUpload",
    "extract",
    "screenshot",
    "scroll",
)


@dataclass(slots=True)
class StepMaker:
    """Makes steps with ids that are free. `notes` say what was not taken over."""

    names: Names
    notes: list[str] = field(default_factory=list)
    # The ids that are taken, and the number that the next one of this name gets.
    _ids: dict[str, int] = field(default_factory=dict)

    def make(self, node_id: str, old: Fields) -> Step | None:
        """The step, or None and a note when there is no such step here."""
        kind = str(old.get("type") or "")
        if kind in TWITTER_FIELDS:
            return self._twitter(node_id, old, TWITTER_FIELDS[kind])
        if kind in DATA_TYPES:
            return self._data(node_id, old)
        make = _MAKERS.get(kind)
        if make is None:
            self.notes.append(f"The step {_called(old, node_id)} was left out: {_why(kind)}.")
            return None
        return self._step(node_id, old, make(old, self.names))

    def condition(self, old: Fields) -> Mapping[str, Json] | None:
        """What a variableConditional asks, or None for a question that only a browser can answer."""
        operator = _OPERATORS.get(str(old.get("variableConditionType")))
        path = self.names.path(str(old.get("variableName") or ""))
        if operator is None or path is None:
            return None
        left = f"{{{{{as_number(path) if old.get('parseAsNumber') is True else path}}}}}"
        if operator == "exists":
            return {"left": f"{{{{{path.partition(' |')[0]}}}}}", "operator": operator}
        expected = self.names.text(old.get("expectedValue", ""))
        return {"left": left, "operator": operator, "right": cast("Json", expected)}

    def block(self, node_id: str, old: Fields, kind: str, fields: Mapping[str, Json]) -> Step:
        """A step that holds others."""
        return self._step(node_id, {**old, "type": kind}, fields)

    def _twitter(self, node_id: str, old: Fields, fields: tuple[str, ...]) -> Step:
        taken = {key: self.names.text(old[key]) for key in fields if old.get(key) not in (None, "")}
        references = {key: old[key] for key in ("credentialId", *INLINE_SECRETS) if old.get(key)}
        return self._step(node_id, old, cast("Mapping[str, Json]", {**taken, **references}))

    def _data(self, node_id: str, old: Fields) -> Step | None:
        made = expression(old, self.names)
        if made is None:
            self.notes.append(
                f"The step {_called(old, node_id)} was left out: its operation is not known here."
            )
            return None
        name = variable(str(old.get("storeKey") or node_id))
        value = f"{{{{ {made} }}}}"
        without = {key: found for key, found in old.items() if key != "storeKey"}
        fields: Mapping[str, Json] = {"variableName": name, "value": value}
        return self._step(node_id, {**without, "type": "setVariable"}, fields)

    def _step(self, node_id: str, old: Fields, fields: Mapping[str, Json]) -> Step:
        step: Step = {"id": self._free(str(old.get("id") or node_id)), "type": str(old["type"])}
        if old.get("description"):
            step["description"] = str(old["description"])
        step.update(fields)
        if old.get("storeKey"):
            step["storeKey"] = variable(str(old["storeKey"]))
        return step

    def _free(self, wanted: str) -> str:
        clean = step_id(wanted)
        number, free = self._ids.get(clean, 2), clean
        while free in self._ids:
            number, free = number + 1, f"{clean}-{number}"
        self._ids[clean] = number
        self._ids.setdefault(free, 2)
        return free


def step_id(wanted: str) -> str:
    """An id that we allow, from any."""
    return (
        "".join(sign if sign.isascii() and (sign.isalnum() or sign in "_-") else "-" for sign in wanted)[:90]
        or "step"
    )


def _api_call(old: Fields, names: Names) -> Mapping[str, Json]:
    fields: dict[str, object] = {
        "method": str(old.get("method") or "GET").upper(),
        "url": names.text(old.get("url")),
    }
    headers = old.get("headers")
    if isinstance(headers, dict) and headers:
        fields["headers"] = names.tree(headers)
    body, content_type = old.get("body"), str(old.get("contentType") or "")
    if isinstance(body, str) and body and content_type != "none":
        fields["body"] = names.text(body)
        fields["contentType"] = content_type if content_type in ("json", "form", "text") else "json"
    timeout = old.get("timeout")
    if isinstance(timeout, int | float) and timeout > 0:
        fields["timeoutSeconds"] = min(timeout / 1000, 86_400)
    if old.get("credentialId"):
        fields["credentialId"] = old["credentialId"]
    return cast("Mapping[str, Json]", fields)


def _set_variable(old: Fields, names: Names) -> Mapping[str, Json]:
    value = cast("Json", names.tree(old.get("value", "")))
    return {"variableName": variable(str(old.get("variableName") or "value")), "value": value}


def _modify_variable(old: Fields, names: Names) -> Mapping[str, Json]:
    operation = str(old.get("operation") or "set")
    return {**_set_variable(old, names), "operation": operation}


def _wait(old: Fields, names: Names) -> Mapping[str, Json]:
    return {"value": cast("Json", names.text(old.get("value") or 1))}


_MAKERS: Mapping[str, Callable[[Fields, Names], Mapping[str, Json]]] = {
    "apiCall": _api_call,
    "setVariable": _set_variable,
    "modifyVariable": _modify_variable,
    "wait": _wait,
}
STEP_TYPES = frozenset({*_MAKERS, *TWITTER_FIELDS, *DATA_TYPES})


def _called(old: Fields, node_id: str) -> str:
    name = str(old.get("description") or old.get("id") or node_id)[:80]
    return f"“{name}” ({str(old.get('type') or 'no type')[:40]})"


def _why(kind: str) -> str:
    if kind in _BROWSER or kind.startswith("browser"):
        return "it works a browser"
    if kind.startswith("desktop") or kind == "systemCommand":
        return "it works this computer itself"
    if kind == "codeExecute":
        return "it runs code"
    if kind.startswith("ai"):
        return "it asks a language model; an API call can do so"
    return (
        "it belongs to another service; an API call with its credential can do the same"
        if kind
        else "it has no type"
    )
