from base64 import b64encode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import pytest

from drive.run import automation
from drive.templates import lookup
from engine.effects import StepCall, StepResult
from engine.errors import LoopiError
from engine.events import Fact, RequestSent
from engine.executor import Executor, snapshot
from engine.http.client import HttpClient
from engine.model import Json, Step
from engine.ports import Credential, Settings
from engine.redact import Redactor
from engine.retry import MAX_DELAY_S
from engine.secrets import BULLETS, Secret
from engine.steps.action import RunResources
from engine.template.render import render_url
from servers.echo import EchoServer, json_reply

KEY = "s3cret-Key-0123456789"


@dataclass(slots=True)
class HeldClock:
    """Time that stands still."""

    def now(self) -> float:
        return 1_000.0

    def monotonic(self) -> float:
        return 0.0

    def wait(self, seconds: float, is_cancelled: object) -> None:
        raise AssertionError("Nothing here waits.")


@dataclass(slots=True)
class Intended:
    """Remembers intents in the order in which they came, or refuses them."""

    is_full: bool = False
    found: list[tuple[str, int]] = field(default_factory=list)

    def intend(self, path: str, attempt: int) -> None:
        if self.is_full:
            raise LoopiError("history.unusable", "The disk is full.")
        self.found.append((path, attempt))


@dataclass(slots=True)
class Named:
    """Credentials by their names; counts how often it is asked."""

    known: Mapping[str, Credential]
    asked: list[str] = field(default_factory=list)

    def find(self, reference: str) -> Credential | None:
        self.asked.append(reference)
        return self.known.get(reference)


@pytest.fixture
def server() -> Iterator[EchoServer]:
    with EchoServer() as running:
        yield running


def credential(server: EchoServer, credential_type: str = "apiKey") -> Credential:
    fields: dict[str, Secret | str] = {"apiUrl": server.url + "/", "apiKey": Secret(KEY)}
    return Credential("c", "Mine", credential_type, fields, hosts=(server.url,))


def execute(
    step: Step, found: Mapping[str, Credential | None], intents: Intended | None = None, **params: object
) -> tuple[StepResult, list[Fact]]:
    facts: list[Fact] = []
    redactor = Redactor([KEY])
    with HttpClient(Settings()) as http:
        resources = RunResources(http, Settings(), HeldClock(), redactor)
        executor = Executor("r", resources, found, intents or Intended())
        url = render_url(str(step.params.get("url", "")), lookup())
        method = str(step.params.get("method", "GET"))
        call = StepCall(
            "0", step, {**step.params, "url": url, **params}, "once" if method == "POST" else "read"
        )
        return executor.execute(call, facts.append, lambda: False), facts


def test_a_call_is_sent_with_its_secret_and_leaves_without(server: EchoServer) -> None:
    server.reply("/w", json_reply({"you_sent": KEY}))
    step = Step("s", "apiCall", {"url": "{{credentials.apiUrl}}w?k={{credentials.apiKey}}"}, credential="c")

    result, facts = execute(step, {"s": credential(server)})

    assert server.requests[0].target == f"/w?k={KEY}"
    assert result.output["data"] == {"you_sent": BULLETS}
    sent = next(fact for fact in facts if isinstance(fact, RequestSent))
    assert sent.url == f"{server.url}/w?k={BULLETS}"


def test_an_echo_of_a_secret_encoded_twice_leaves_without_it(server: EchoServer) -> None:
    twice = b64encode(b64encode(KEY.encode())).decode()
    url = "{{credentials.apiUrl}}w?k={{credentials.apiKey | base64 | base64}}"
    server.reply("/w", json_reply({"you_sent": twice}))

    result, _facts = execute(Step("s", "apiCall", {"url": url}, credential="c"), {"s": credential(server)})

    assert server.requests[0].query == {"k": twice}
    assert result.output["data"] == {"you_sent": BULLETS}


@pytest.mark.parametrize("credentials", [{}, {"s": None}])
def test_a_missing_credential_fails_the_step_before_any_request(
    server: EchoServer, credentials: Mapping[str, Credential | None]
) -> None:
    step = Step("s", "apiCall", {"url": server.url + "/?k={{credentials.apiKey}}"}, credential="gone")

    result, _facts = execute(step, credentials)

    assert result.failure is not None
    assert result.failure.code == "credential.missing"
    assert server.requests == []


def test_a_credential_of_another_type_is_refused(server: EchoServer) -> None:
    step = Step("s", "twitterCreateTweet", {"text": "Hi"}, credential="c")

    result, _facts = execute(step, {"s": credential(server)})

    assert result.failure is not None
    assert result.failure.code == "credential.wrong_type"
    assert "twitter" in result.failure.message


def test_what_is_done_once_is_intended_first_and_what_is_read_is_not(server: EchoServer) -> None:
    intents = Intended()

    execute(Step("s", "apiCall", {"url": server.url, "method": "POST"}), {}, intents)
    execute(Step("s", "apiCall", {"url": server.url}), {}, intents)

    assert intents.found == [("0", 1)]
    assert len(server.requests) == 2


def test_nothing_is_sent_when_its_intent_cannot_be_kept(server: EchoServer) -> None:
    result, _facts = execute(
        Step("s", "apiCall", {"url": server.url, "method": "POST"}), {}, Intended(is_full=True)
    )

    assert result.failure is not None
    assert result.failure.code == "history.unusable"
    assert server.requests == []


def test_a_failure_shows_no_secret_and_waits_no_longer_than_a_day(server: EchoServer) -> None:
    body: Json = {"message": f"Bad key {KEY}"}
    server.reply("/", json_reply(body, status=429, headers={"Retry-After": "999999999"}))
    step = Step("s", "apiCall", {"url": server.url + "/"})

    result, _facts = execute(step, {})

    assert result.failure is not None
    assert KEY not in repr(result)
    assert result.failure.retry_at is None or result.failure.retry_at <= 1_000 + MAX_DELAY_S


def test_each_credential_is_looked_up_once_for_the_run() -> None:
    mine = Credential("c", "Mine", "custom", {})
    steps = [{"type": "apiCall", "url": "https://h/", "credentialId": "Mine"}] * 3
    known = Named({"Mine": mine, "Other": Credential("o", "Other", "custom", {})})

    found = snapshot(automation(*steps, {"type": "stop"}), known, {"s1": "Other", "s2": "Gone"})

    assert {step_id: each and each.name for step_id, each in found.items()} == {
        "s0": "Mine",
        "s1": "Other",
        "s2": None,
    }
    assert sorted(known.asked) == ["Gone", "Mine", "Other"]


def test_a_disabled_step_and_what_is_in_it_take_no_credential_into_the_run() -> None:
    inner: dict[str, Json] = {
        "type": "apiCall",
        "method": "GET",
        "url": "https://a.example/",
        "credentialId": "P",
    }
    condition: Json = {"left": 1, "operator": "equals", "right": 1}
    steps: list[Mapping[str, Json]] = [
        {**inner, "disabled": True},
        {"type": "if", "condition": condition, "then": [{**inner, "id": "x"}], "disabled": True},
    ]
    asked: list[str] = []

    class Asking:
        def find(self, reference: str) -> Credential | None:
            asked.append(reference)
            return None

    assert snapshot(automation(*steps), Asking(), {}) == {}
    assert asked == []


def test_keys_in_the_file_are_a_credential_of_that_step_alone() -> None:
    whole = automation({"type": "twitterCreateTweet", "text": "Hi", "apiKey": "a" * 9, "apiSecret": "b" * 9})

    found = snapshot(whole, Named({}), {})["s0"]

    assert found is not None
    assert (found.type, found.signing.kind) == ("twitter", "oauth1")
    assert found.secrets() == ("a" * 9, "b" * 9)
