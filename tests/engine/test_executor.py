from base64 import b64encode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

import pytest

from drive.templates import lookup
from engine.effects import StepCall, StepResult
from engine.errors import LoopiError
from engine.events import Fact, RequestSent
from engine.executor import Executor
from engine.http.client import HttpClient
from engine.model import Json, Retry, Step
from engine.ports import Credential, Settings
from engine.redact import Redactor
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

    def withdraw(self, path: str, attempt: int) -> None:
        self.found.remove((path, attempt))


@pytest.fixture
def server() -> Iterator[EchoServer]:
    with EchoServer() as running:
        yield running


def credential(server: EchoServer, credential_type: str = "apiKey") -> Credential:
    fields: dict[str, Secret | str] = {"apiUrl": server.url + "/", "apiKey": Secret(KEY)}
    return Credential("c", "Mine", credential_type, fields, hosts=(server.url,))


def execute(
    step: Step,
    found: Mapping[str, Credential | None],
    intents: Intended | None = None,
    max_wait_s: float | None = None,
    **params: object,
) -> tuple[StepResult, list[Fact]]:
    facts: list[Fact] = []
    redactor = Redactor([KEY])
    with HttpClient(Settings()) as http:
        resources = RunResources(http, Settings(), HeldClock(), redactor, max_wait_s=max_wait_s)
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


@pytest.mark.parametrize(("attempts", "kept"), [(2, 1), (1, 0)])
def test_what_an_attempt_got_is_kept_for_the_next_one_alone(
    server: EchoServer, attempts: int, kept: int
) -> None:
    server.reply("/", json_reply([1]), json_reply({}, status=429), json_reply([]))
    params: dict[str, Json] = {"url": server.url + "/", "pagination": {"kind": "page", "parameter": "p"}}
    step = Step("s", "apiCall", params, retry=Retry(attempts=attempts))
    call = StepCall("0", step, params, "read")
    with HttpClient(Settings()) as http:
        executor = Executor("r", RunResources(http, Settings(), HeldClock(), Redactor()), {}, Intended())
        executor.execute(call, lambda _fact: None, lambda: False)
        assert len(executor.progress) == kept
        last = executor.execute(replace(call, attempt=2), lambda _fact: None, lambda: False)
    assert last.output["data"] == ([1] if kept else [])
    assert executor.progress == {}


def test_nothing_is_sent_when_its_intent_cannot_be_kept(server: EchoServer) -> None:
    result, _facts = execute(
        Step("s", "apiCall", {"url": server.url, "method": "POST"}), {}, Intended(is_full=True)
    )

    assert result.failure is not None
    assert result.failure.code == "history.unusable"
    assert server.requests == []


def test_a_failure_shows_no_secret(server: EchoServer) -> None:
    body: Json = {"message": f"Bad key {KEY}"}
    server.reply("/", json_reply(body, status=429, headers={"Retry-After": "9"}))
    step = Step("s", "apiCall", {"url": server.url + "/"})

    result, _facts = execute(step, {})

    assert result.failure is not None
    assert KEY not in repr(result)


@pytest.mark.parametrize(
    ("asked_s", "own_s", "run_s", "waits"),
    [
        (960, None, None, True),
        (961, None, None, False),
        (961, 1000.0, None, True),
        (100, 0.0, None, False),
        (961, 0.0, 1000.0, True),
        (30, 1000.0, 0.0, False),
    ],
)
def test_a_service_is_waited_for_no_longer_than_the_user_allows(
    server: EchoServer, *, asked_s: int, own_s: float | None, run_s: float | None, waits: bool
) -> None:
    server.reply("/", json_reply({}, status=429, headers={"Retry-After": str(asked_s)}))
    step = Step("s", "apiCall", {"url": server.url + "/"}, retry=Retry(max_wait_s=own_s))

    result, _facts = execute(step, {}, max_wait_s=run_s)

    assert result.failure is not None
    assert result.failure.retryable == waits
    assert result.failure.retry_at == (1_000 + asked_s if waits else None)
    assert ("this step may" in result.failure.hint) != waits
