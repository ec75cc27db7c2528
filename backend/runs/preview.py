"""The request of one step as a run would send it, made by the code of a run over a network that is not there.

What has no value yet stays a placeholder. Nothing is sent, waited for or written down.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import count
from typing import cast

from backend.runs.nowhere import NOT_SENT, Nothing, Nowhere
from engine.effects import StepCall
from engine.errors import LoopiError
from engine.events import Fact, RequestSent
from engine.executor import Executor, snapshot
from engine.http.client import HttpClient
from engine.model import Automation, Json, located
from engine.ports import Clock, Credentials, Settings
from engine.redact import Redactor
from engine.steps.action import Action, RunResources
from engine.steps.params import resolved
from engine.steps.registry import STEPS
from engine.template.errors import TemplateError
from engine.template.render import Placeholder, template
from engine.variables import Scope


@dataclass(frozen=True, slots=True)
class Preview:
    """The request, secrets as bullets; or why there is none to be shown."""

    request: RequestSent | None
    failure: LoopiError | None = None


@dataclass(frozen=True, slots=True)
class Previewer:
    """Shows requests with the credentials and settings that a run would take now."""

    credentials: Credentials
    settings: Settings
    clock: Clock

    def show(self, automation: Automation, values: Mapping[str, Json]) -> Preview:
        """The first request of the automation's one step. `values` are the names that are known."""
        step = next(each for _, each in located(automation.steps))
        action = STEPS[step.type]
        if not isinstance(action, Action):
            return Preview(None)
        gaps = _Gaps()
        try:
            found = snapshot(automation, self.credentials, {})
            secrets = [each.secrets() for each in found.values() if each]
            pairs = [pair for each in found.values() if each for pair in each.pairs()]
            redactor = Redactor([secret for one in secrets for secret in one], pairs=pairs)
            params = {name: gaps.keep(value, Scope(values)) for name, value in step.params.items()}
            step = replace(step, params=params)
            call = StepCall("0", step, resolved(action, step, Scope(values).lookup), "read")
        except LoopiError as error:
            return Preview(None, error)
        resources = RunResources(cast("HttpClient", Nowhere()), self.settings, self.clock, redactor)
        sent: list[Fact] = []
        executor = Executor("preview", resources, found, Nothing())
        result = executor.execute(call, sent.append, lambda: False)
        request = next((fact for fact in sent if isinstance(fact, RequestSent)), None)
        if request is not None:
            return Preview(gaps.shown(request, redactor))
        failure = result.failure
        words = (failure.code, failure.message, failure.hint) if failure else (NOT_SENT, "", "")
        return Preview(None, LoopiError(words[0], gaps.text(words[1]), hint=words[2]))


@dataclass(slots=True)
class _Gaps:
    """Placeholders without a value: each is a plain word on its way through the code of a run."""

    words: dict[str, str] = field(default_factory=dict)
    _numbers: "count[int]" = field(default_factory=count)

    def keep(self, value: Json, scope: Scope) -> Json:
        """The value with a word for each placeholder that cannot be filled."""
        if isinstance(value, str):
            return self._kept(value, scope) if "{{" in value else value
        if isinstance(value, Mapping):
            return {key: self.keep(inner, scope) for key, inner in value.items()}
        if isinstance(value, list | tuple):
            return [self.keep(inner, scope) for inner in value]
        return value

    def _kept(self, source: str, scope: Scope) -> str:
        parts = template(source).parts
        return "".join(part if isinstance(part, str) else self._part(part, scope) for part in parts)

    def _part(self, part: Placeholder, scope: Scope) -> str:
        written = f"{{{{{part.expression.source}{' | raw' if part.is_raw else ''}}}}}"
        if part.is_credential:
            return written
        try:
            part.expression.compute(scope.lookup)
        except TemplateError:
            word = f"loopigap{next(self._numbers)}x"
            self.words[word] = written
            return word
        return written

    def text(self, text: str) -> str:
        """With the placeholders again."""
        for word, written in self.words.items():
            text = text.replace(word, written)
        return text

    def shown(self, request: RequestSent, redactor: Redactor) -> RequestSent:
        headers = {name: self.text(redactor.text(str(value))) for name, value in request.headers.items()}
        url, body = (self.text(redactor.text(text)) for text in (request.url, request.body))
        return replace(request, url=url, headers=headers, body=body)


def only(step: Mapping[str, Json]) -> dict[str, Json]:
    """A document with this one step, and without what is of no matter to its request."""
    kept = {key: value for key, value in step.items() if key not in {"retry", "disabled", "onError"}}
    return {"format": "loopi-automation/1", "name": "Preview", "steps": [kept]}
