"""Why the door refuses a request: each with its HTTP status, written for a person."""

from collections.abc import Mapping

from engine.errors import LoopiError

_OPEN_AGAIN = "Start Loopi again and open the new link that it shows."

# code: (HTTP status, what happened, what to do next)
_WORDS: Mapping[str, tuple[str, str, str]] = {
    "bridge.wrong_host": (
        "421 Misdirected Request",
        "This address is not Loopi's.",
        "Open the link that Loopi showed when it started.",
    ),
    "bridge.no_session": ("403 Forbidden", "This browser has not been let in.", _OPEN_AGAIN),
    "bridge.link_used": (
        "403 Forbidden",
        "This link was used before, or is not one of Loopi's.",
        _OPEN_AGAIN,
    ),
    "bridge.foreign_user": (
        "403 Forbidden",
        "This connection belongs to another user of this computer.",
        "Nothing was given away. Open the link as the user who started Loopi.",
    ),
    "bridge.foreign_origin": (
        "403 Forbidden",
        "The request came from another page.",
        "Use the page that Loopi opened itself.",
    ),
    "bridge.no_token": ("403 Forbidden", "The request lacks the page's token.", "Load the page again."),
    "bridge.wrong_verb": ("405 Method Not Allowed", "This cannot be asked so.", "Load the page again."),
    "bridge.wrong_content": (
        "415 Unsupported Media Type",
        "The request is not JSON.",
        "Load the page again.",
    ),
    "bridge.too_large": (
        "413 Content Too Large",
        "The request is larger than 4 MB.",
        "Split what you are saving into smaller parts.",
    ),
    "bridge.not_json": ("400 Bad Request", "The request is not sound JSON.", "Load the page again."),
    "bridge.not_http": ("400 Bad Request", "The request is not sound HTTP.", "Load the page again."),
    "bridge.bad_params": ("400 Bad Request", "The request does not fit the method.", "Load the page again."),
    "bridge.no_such_method": (
        "404 Not Found",
        "Loopi has no such method.",
        "Load the page again: it may be of another version.",
    ),
    "bridge.no_such_page": ("404 Not Found", "There is nothing here.", "Go back to the page's start."),
}


class Refusal(LoopiError):
    """A request that reaches no method. `status` is the HTTP status; `fields` names wrong parameters."""

    def __init__(self, code: str, message: str = "", *, fields: Mapping[str, str] | None = None) -> None:
        self.status, words, advice = _WORDS[code]
        super().__init__(code, message or words, hint=advice)
        self.fields: Mapping[str, str] = dict(fields or {})


def bad_params(fields: Mapping[str, str]) -> Refusal:
    """One refusal for all parameters that are wrong, by their place. Values are never repeated."""
    listed = "; ".join(f"{place}: {problem}" for place, problem in fields.items())
    return Refusal("bridge.bad_params", f"The request does not fit the method. {listed}", fields=fields)
