"""Runs from start to end in threads of their own: real steps, a real journal, real servers on loopback."""

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from backend.logs import configure
from backend.runs.active import RunOptions
from backend.runs.clock import SystemClock
from backend.runs.journal import Journal
from backend.runs.service import RunService
from engine.errors import LoopiError
from engine.events import Event, RequestSent, RunFinished, StepFinished, StepRetrying
from engine.model import Json
from engine.ports import Credential, Settings, Signing
from engine.secrets import BULLETS, Secret
from runs import automation
from servers.echo import EchoServer
from servers.loopback import Reply

KEY = "canary-4f1d2c3b4a5968"


@dataclass
class Saved:
    """Credentials in memory, as the engine asks for them."""

    credentials: dict[str, Credential] = field(default_factory=dict)

    def find(self, reference: str) -> Credential | None:
        return self.credentials.get(reference)


@dataclass
class Bench:
    """A service with its journal, and what the listeners saw."""

    service: RunService
    journal: Journal
    saved: Saved
    seen: list[Event] = field(default_factory=list)

    def run(self, *steps: Mapping[str, object], options: RunOptions | None = None) -> RunFinished:
        active = self.service.start(automation(*steps), options or RunOptions(sinks=(self.seen.append,)))
        finished = active.wait(30)
        assert finished is not None
        return finished


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    journal, saved = Journal(tmp_path / "runs.db"), Saved()
    return Bench(RunService(lambda: journal, saved, settings=Settings, clock=SystemClock()), journal, saved)


def call(url: str, **more: object) -> dict[str, object]:
    return {"id": "call", "type": "apiCall", "method": "GET", "url": url, **more}


WAIT = {"id": "long", "type": "wait", "value": 3600}


def test_a_run_is_the_list_of_its_events_and_the_journal_has_them_all(bench: Bench) -> None:
    finished = bench.run({"id": "set", "type": "setVariable", "variableName": "x", "value": "5"})
    assert finished.outcome == "succeeded"
    assert [event.seq for event in bench.seen] == list(range(len(bench.seen)))
    assert list(bench.journal.events(bench.seen[0].run_id)) == bench.seen


def test_stop_ends_a_wait_and_closes_what_was_open(bench: Bench) -> None:
    started = threading.Event()

    def watch(event: Event) -> None:
        bench.seen.append(event)
        if event.path == "0":
            started.set()

    active = bench.service.start(automation(WAIT), RunOptions(sinks=(watch,)))
    assert started.wait(10)
    active.cancel()
    finished = active.wait(10)
    assert finished == RunFinished("cancelled")
    assert [event.fact.outcome for event in bench.seen if isinstance(event.fact, StepFinished)] == [
        "cancelled"
    ]


def test_all_runs_are_cancelled_and_waited_for_at_the_end(bench: Bench) -> None:
    runs = [bench.service.start(automation(WAIT)) for _ in range(3)]
    bench.service.end_all(patience_s=20)
    assert [run.wait(0) for run in runs] == [RunFinished("cancelled")] * 3
    assert bench.service.active() == ()


def test_a_run_has_the_id_that_was_given_to_it(bench: Bench) -> None:
    active = bench.service.start(automation(), RunOptions(run_id="tick-1"))
    assert active.wait(20)
    assert bench.journal.catalog.run("tick-1")["outcome"] == "succeeded"


def test_a_run_that_takes_too_long_fails_with_its_own_code(bench: Bench) -> None:
    finished = bench.run(WAIT, options=RunOptions(timeout_s=0.2))
    assert finished.outcome == "failed"
    assert finished.error is not None
    assert finished.error["code"] == "run.timeout"


def test_a_missing_credential_fails_the_step_before_any_request(bench: Bench, server: EchoServer) -> None:
    finished = bench.run(call(f"{server.url}/echo?k={{{{credentials.apiKey}}}}", credentialId="gone"))
    assert finished.error is not None
    assert finished.error["code"] == "credential.missing"
    assert server.requests == []


def test_a_credential_reaches_the_server_and_no_event(bench: Bench, server: EchoServer) -> None:
    bench.saved.credentials["c1"] = Credential(
        "c1", "Key", "apiKey", {"apiKey": Secret(KEY), "apiUrl": f"{server.url}/"}, Signing(), (server.url,)
    )
    url = "{{credentials.apiUrl}}echo?k={{credentials.apiKey}}"
    finished = bench.run(call(url, credentialId="c1", storeKey="answer"))
    assert finished.outcome == "succeeded", finished.error
    assert server.requests[0].query == {"k": KEY}
    sent = next(event.fact for event in bench.seen if isinstance(event.fact, RequestSent))
    assert sent.url == f"{server.url}/echo?k={BULLETS}"
    assert KEY not in repr([event.to_json() for event in bench.seen])


def test_what_the_answer_echoes_never_becomes_a_variable_with_the_secret(
    bench: Bench, server: EchoServer
) -> None:
    bench.saved.credentials["c1"] = Credential(
        "c1", "Key", "apiKey", {"apiKey": Secret(KEY)}, Signing(), (server.url,)
    )
    first = call(f"{server.url}/echo?k={{{{credentials.apiKey}}}}", credentialId="c1", storeKey="answer")
    second = {
        **call(f"{server.url}/echo", method="POST", body={"json": {"copied": "{{answer}}"}}),
        "id": "second",
    }
    assert bench.run(first, second).outcome == "succeeded"
    assert KEY.encode() not in server.requests[1].body
    assert BULLETS.encode() in server.requests[1].body or b"\\u2022" in server.requests[1].body


def test_a_variable_that_spells_a_placeholder_is_sent_as_it_is(bench: Bench, server: EchoServer) -> None:
    bench.saved.credentials["c1"] = Credential(
        "c1", "Key", "apiKey", {"apiKey": Secret(KEY)}, Signing(), (server.url,)
    )
    spelled: Mapping[str, Json] = {"evil": "{{credentials.apiKey}}"}
    step = call(f"{server.url}/echo", method="POST", body={"json": {"a": "{{evil}}"}}, credentialId="c1")
    bench.run(step, options=RunOptions(variables=spelled, sinks=(bench.seen.append,)))
    assert b"{{credentials.apiKey}}" in server.requests[0].body


def test_the_snapshot_of_a_run_outlives_a_deletion(bench: Bench, server: EchoServer) -> None:
    bench.saved.credentials["c1"] = Credential(
        "c1", "Key", "apiKey", {"apiKey": Secret(KEY)}, Signing(), (server.url,)
    )

    def delete(_event: Event) -> None:
        bench.saved.credentials.clear()

    step = call(f"{server.url}/echo?k={{{{credentials.apiKey}}}}", credentialId="c1")
    assert bench.run(step, options=RunOptions(sinks=(delete,))).outcome == "succeeded"


def test_a_step_is_tried_again_as_often_as_it_says(bench: Bench, server: EchoServer) -> None:
    step = call(server.reply("/down", Reply(503)), retry={"attempts": 3, "delaySeconds": 0.01})
    finished = bench.run(step)
    assert finished.outcome == "failed"
    assert len(server.requests) == 3
    assert sum(isinstance(event.fact, StepRetrying) for event in bench.seen) == 2


def test_rounds_run_side_by_side_and_keep_their_order(bench: Bench, server: EchoServer) -> None:
    loop = {
        "id": "all",
        "type": "forEach",
        "items": list(range(20)),
        "concurrency": 4,
        "storeKey": "results",
        "steps": [{"id": "keep", "type": "setVariable", "variableName": "mine", "value": "{{currentItem}}"}],
    }
    assert bench.run(loop).outcome == "succeeded"
    stored = next(
        event.fact for event in bench.seen if isinstance(event.fact, StepFinished) and event.path == "0"
    )
    assert stored.output["data"] == list(range(20))
    assert [event.seq for event in bench.seen] == list(range(len(bench.seen)))


def test_an_unknown_step_in_the_choice_of_credentials_is_named(bench: Bench) -> None:
    with pytest.raises(LoopiError) as caught:
        bench.service.start(automation(WAIT), RunOptions(credentials={"nope": "c1"}))
    assert caught.value.code == "run.no_such_step"


def test_a_fault_that_quotes_a_secret_is_logged_without_it(bench: Bench, tmp_path: Path) -> None:
    bench.saved.credentials["c1"] = Credential("c1", "Key", "apiKey", {"apiKey": Secret(KEY)})

    def broken(_event: Event) -> None:
        raise ValueError(f"cannot show {KEY}")

    logs = configure(file=tmp_path / "loopi.log", stream=None)
    bench.run({**call("http://127.0.0.1:9/"), "credentialId": "c1"}, options=RunOptions(sinks=(broken,)))
    logs.close()
    written = (tmp_path / "loopi.log").read_text()
    assert "cannot show" in written
    assert KEY not in written


def test_a_listener_that_breaks_ends_the_run_with_an_outcome(bench: Bench) -> None:
    def broken(_event: Event) -> None:
        raise ZeroDivisionError

    finished = bench.run(WAIT, options=RunOptions(sinks=(broken,)))
    assert finished.error is not None
    assert finished.error["code"] == "internal"
