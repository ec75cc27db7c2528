"""A run that goes on from its journal: nothing that is recorded is done or told a second time."""

from pathlib import Path

import pytest

from backend.runs.active import RunOptions
from backend.runs.clock import SystemClock
from backend.runs.earlier import values_before
from backend.runs.journal import Journal
from backend.runs.resuming import choices
from backend.runs.service import RunService
from engine.errors import LoopiError
from engine.events import Event, Fact, RunFinished, StepFinished, StepStarted, VariableSet
from engine.interpreter import Start
from engine.model import Automation
from engine.ports import Credential, Settings
from runs import automation, call, interrupted
from servers.echo import EchoServer
from servers.loopback import Reply


class Nobody:
    def find(self, reference: str) -> Credential | None:
        return None


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return Journal(tmp_path / "runs.db")


@pytest.fixture
def service(journal: Journal) -> RunService:
    return RunService(lambda: journal, Nobody(), settings=Settings, clock=SystemClock())


def resumed(service: RunService, parsed: Automation, **answers: bool) -> RunFinished:
    run = service.resume("r", parsed, {"1": answers["done"]} if answers else {}, RunOptions())
    finished = run.wait(30)
    assert finished is not None
    return finished


def test_a_recorded_answer_is_used_and_the_rest_is_done(
    service: RunService, journal: Journal, server: EchoServer
) -> None:
    first = call("one", f"{server.url}/echo", storeKey="one")
    second = call("two", f"{server.url}/echo?from={{{{one.word}}}}")
    parsed = automation(first, second)
    done = StepFinished("one", "succeeded", {"data": {"word": "recorded"}}, "one")
    interrupted(journal, parsed, ("0", StepStarted("one", "apiCall")), ("0", done))
    assert resumed(service, parsed) == RunFinished("succeeded")
    assert [each.query for each in server.requests] == [{"from": "recorded"}]
    events = list(journal.events("r"))
    assert [each.seq for each in events] == list(range(len(events)))
    assert [each.path for each in events if isinstance(each.fact, StepFinished)] == ["0", "1"]
    assert journal.catalog.run("r")["outcome"] == "succeeded"


def test_a_loop_goes_on_in_the_round_where_it_was(
    service: RunService, journal: Journal, server: EchoServer
) -> None:
    loop = {
        "id": "all",
        "type": "forEach",
        "items": [1, 2, 3],
        "steps": [call("ask", f"{server.url}/echo?n={{{{currentItem}}}}")],
    }
    parsed = automation(loop)
    told = _told(service, journal, parsed)
    server.requests.clear()
    journal.delete("r")
    cut = next(place for place, (path, fact) in enumerate(told) if path == "0/loop[1]/0" and _is_end(fact))
    interrupted(journal, parsed, *told[1:cut])
    assert resumed(service, parsed) == RunFinished("succeeded")
    assert [each.query["n"] for each in server.requests] == ["2", "3"]
    again = [(each.path, type(each.fact)) for each in journal.events("r") if not _is_traffic(each)]
    assert again == [(path, type(fact)) for path, fact in told]


def _told(service: RunService, journal: Journal, parsed: Automation) -> list[tuple[str, Fact]]:
    interrupted(journal, parsed)
    resumed(service, parsed)
    return [(each.path, each.fact) for each in journal.events("r") if not _is_traffic(each)]


def _is_end(fact: Fact) -> bool:
    return isinstance(fact, StepFinished)


def _is_traffic(event: Event) -> bool:
    return type(event.fact).__name__ in {"RequestSent", "ResponseReceived"}


def test_a_retry_goes_on_with_the_attempt_that_was_next(
    service: RunService, journal: Journal, server: EchoServer
) -> None:
    step = call("ask", server.reply("/down", Reply(503)), retry={"attempts": 3, "delaySeconds": 0.01})
    parsed = automation(step)
    told = _told(service, journal, parsed)
    assert len(server.requests) == 3
    journal.delete("r")
    interrupted(journal, parsed, *told[1:3])
    assert resumed(service, parsed).outcome == "failed"
    assert len(server.requests) == 3 + 2


def test_what_was_begun_once_is_asked_about_and_not_sent_again(
    service: RunService, journal: Journal, server: EchoServer
) -> None:
    parsed = automation(
        {"id": "set", "type": "setVariable", "variableName": "x", "value": "1"},
        call("post", f"{server.url}/echo", method="POST", storeKey="answer"),
    )
    kept: list[tuple[str, Fact]] = [
        ("0", StepStarted("set", "setVariable")),
        ("0", VariableSet("x", 1)),
        ("0", StepFinished("set", "succeeded", {"data": 1})),
    ]
    interrupted(journal, parsed, *kept, ("1", StepStarted("post", "apiCall")))
    journal.intend("r", "1", 1)
    with pytest.raises(LoopiError) as caught:
        resumed(service, parsed)
    assert caught.value.code == "run.outcome_unknown"
    assert [each.step_id for each in service.doubts("r")] == ["post"]
    assert resumed(service, parsed, done=True) == RunFinished("succeeded")
    assert server.requests == []


def test_what_was_not_done_is_done_on_a_persons_word(
    service: RunService, journal: Journal, server: EchoServer
) -> None:
    parsed = automation(
        {"id": "set", "type": "setVariable", "variableName": "x", "value": "1"},
        call("post", f"{server.url}/echo", method="POST"),
    )
    interrupted(journal, parsed)
    journal.intend("r", "1", 1)
    assert resumed(service, parsed, done=False) == RunFinished("succeeded")
    assert len(server.requests) == 1


def test_a_record_that_does_not_fit_ends_the_run_with_a_reason(service: RunService, journal: Journal) -> None:
    parsed = automation({"id": "set", "type": "setVariable", "variableName": "x", "value": "1"})
    interrupted(journal, parsed, ("0", StepStarted("other", "wait")))
    assert (resumed(service, parsed).error or {})["code"] == "run.diverged"
    assert journal.catalog.run("r")["error_code"] == "run.diverged"


def test_a_run_that_was_being_stopped_ends_as_cancelled(service: RunService, journal: Journal) -> None:
    parsed = automation({"id": "long", "type": "wait", "value": 3600})
    told = (("0", StepStarted("long", "wait")), ("0", StepFinished("long", "cancelled")))
    interrupted(journal, parsed, *told)
    assert resumed(service, parsed) == RunFinished("cancelled")


def test_rounds_side_by_side_go_on_where_each_was(
    service: RunService, journal: Journal, server: EchoServer
) -> None:
    loop = {
        "id": "all",
        "type": "forEach",
        "items": list(range(8)),
        "concurrency": 4,
        "steps": [call("ask", f"{server.url}/echo?n={{{{currentItem}}}}")],
    }
    parsed = automation(loop)
    told = _told(service, journal, parsed)
    server.requests.clear()
    journal.delete("r")
    ended = {path for path, fact in told if _is_end(fact) and "/" in path and int(path[7]) < 5}
    rounds = {path.removesuffix("/0") for path in ended}
    interrupted(journal, parsed, told[1], *(each for each in told if each[0] in ended | rounds))
    assert resumed(service, parsed) == RunFinished("succeeded")
    assert len(server.requests) == 3


def test_a_run_begins_at_a_step_with_the_values_of_an_earlier_one_and_can_go_on_after_a_crash(
    service: RunService, journal: Journal, server: EchoServer
) -> None:
    first = call("one", f"{server.url}/echo", storeKey="one")
    second = call(
        "two", f"{server.url}/echo?from={{{{one.word}}}}&at={{{{steps.one.data.word}}}}&n={{{{n}}}}"
    )
    parsed = automation(first, second, variables={"n": 1})
    done = StepFinished("one", "succeeded", {"data": {"word": "recorded"}}, "one")
    interrupted(journal, parsed, ("0", StepStarted("one", "apiCall")), ("0", done))
    start, values = values_before(journal, parsed, "two", "r")
    run = service.start(parsed, RunOptions(variables={**values, "n": 2}, start=start))
    assert run.wait(30) == RunFinished("succeeded")
    assert [each.query for each in server.requests] == [{"from": "recorded", "at": "recorded", "n": "2"}]
    assert [each.path for each in journal.events(run.run_id)][1] == "1"
    start, values = values_before(journal, parsed, "two", run.run_id)
    again = service.start(parsed, RunOptions(variables=values, start=start))
    assert again.wait(30) == RunFinished("succeeded")
    assert server.requests[1].query == server.requests[0].query


def test_a_run_that_began_at_a_step_is_resumed_from_there(
    service: RunService, journal: Journal, server: EchoServer
) -> None:
    parsed = automation(
        call("one", f"{server.url}/one"), call("two", f"{server.url}/echo?a={{{{steps.one.data}}}}")
    )
    journal.catalog.choose("r", choices(RunOptions(start=Start(1, {"one": {"data": "kept"}}))))
    interrupted(journal, parsed, ("1", StepStarted("two", "apiCall")))
    assert resumed(service, parsed) == RunFinished("succeeded")
    assert [each.query for each in server.requests] == [{"a": "kept"}]
