"""The explicit table of methods: which handler answers which, after its parameters were checked."""

from collections.abc import Callable, Mapping
from typing import TypeAlias

from backend.bridge.contract import METHODS
from backend.bridge.contract.shape import to_json
from backend.bridge.desk import Desk
from backend.bridge.errors import Refusal
from backend.bridge.handlers import (
    automations,
    bundle,
    credentials,
    curl,
    history,
    imports,
    runs,
    schedules,
    settings,
    steps,
    vault,
)
from backend.bridge.handlers import window as window_handlers
from backend.bridge.params import read_params

Handler: TypeAlias = Callable[..., object]
"""Takes the desk and the parameters of its method, gives its answer."""

_TOPICS: Mapping[str, Mapping[str, Handler]] = {
    "bundle": bundle.HANDLERS,
    "window": window_handlers.HANDLERS,
    "dialogs": window_handlers.DIALOGS,
    "app": settings.APP,
    "settings": settings.HANDLERS,
    "vault": vault.HANDLERS,
    "credentials": credentials.HANDLERS,
    "automations": {**automations.HANDLERS, **curl.HANDLERS},
    "steps": {**steps.HANDLERS, **curl.STEPS},
    "imports": imports.HANDLERS,
    "schedules": schedules.HANDLERS,
    "runs": runs.HANDLERS,
    "history": history.HANDLERS,
}
HANDLERS: Mapping[str, Handler] = {
    f"{topic}.{verb}": handler for topic, handlers in _TOPICS.items() for verb, handler in handlers.items()
}


class Dispatch:
    """Carries out the page's methods."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def __call__(self, name: str, document: Mapping[str, object]) -> object:
        """The JSON value that the method answers.

        Raises Refusal `bridge.no_such_method`, `bridge.bad_params`; `vault.locked`; what the method raises.
        """
        method = METHODS.get(name)
        if method is None:
            raise Refusal("bridge.no_such_method")
        params: object = read_params(method.params, document)
        if not method.is_open:
            self._desk.require_open()
        return to_json(HANDLERS[name](self._desk, params))
