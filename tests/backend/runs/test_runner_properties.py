"""Random automations in a real run: threads, a real connection, and a service that repeats what it gets."""

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace

from hypothesis import given
from hypothesis import strategies as st

from backend.runs.clock import SystemClock
from backend.runs.recorder import Recorder
from backend.runs.runner import Control, LocalRunner
from canary import traces
from drive.check import assert_threads_well_formed
from drive.random_automation import FLAT, Step, nested, numbered
from drive.run import automation
from engine.events import Event, RequestSent, RunFinished, StepStarted
from engine.executor import Executor, snapshot
from engine.http.client import HttpClient
from engine.interpreter import interpret
from engine.linking import linked
from engine.model import Automation, Json
from engine.ports import Credential, Settings
from engine.redact import Redactor
from engine.secrets import Secret
from engine.state import fold
from engine.steps.action import RunResources
from servers.echo import EchoServer
from servers.loopback import Reply

HOST = "HOST"  # stands for the address of the server, which is not known when steps are made up
PLACES: list[dict[str, Json]] = [
    {"query": {"k": "{{credentials.key}}"}},
    {"headers": {"X-Key": "{{credentials.key}}", "X-Both": "Bearer {{ credentials.key | base64 }}"}},
    {"body": {"json": {"deep": ["{{credentials.key}}", "{{credentials.other}}"]}}},
    {"body": {"text": "<{{credentials.other}}>"}},
    {"body": {"form": {"a": "{{credentials.key}}"}}},
]
CALL: Step = st.builds(
    lambda place, name, common: {
        "type": "apiCall",
        "method": "POST",
        "url": f"{HOST}/echo",
        "credentialId": "Keys",
        "storeKey": name,
        **place,
        **common,
    },
    st.sampled_from(PLACES),
    st.sampled_from(["a", "b"]),
    st.fixed_dictionaries({"onError": st.sampled_from(["stop", "continue"])}),
)
QUICK = FLAT.filter(lambda step: step["type"] != "wait")
LONG_WAIT: Step = st.just({"type": "wait", "value": 86_400})
RUNS: dict[str, Json] = {"type": "runAutomation", "automation": "Inner", "variables": {"a": "{{a}}"}}
SECRET = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Z")), min_size=10, max_size=24)


class NoIntents:
    """Keeps no record of what is done once: each run here begins anew."""

    def intend(self, path: str, attempt: int) -> None: ...

    def withdraw(self, path: str, attempt: int) -> None: ...


@dataclass(frozen=True)
class Named:
    """The one credential there is."""

    known: Credential

    def find(self, reference: str) -> Credential | None:
        return self.known if reference == self.known.name else None


@contextmanager
def running(
    whole: Automation, fields: Mapping[str, str], keep: Callable[[Event, str], None], control: Control
) -> Iterator[LocalRunner]:
    """A runner as the program puts it together, with this credential."""
    known = Credential("c1", "Keys", "custom", {name: Secret(value) for name, value in fields.items()})
    redactor = Redactor(known.secrets())
    with HttpClient(Settings()) as http:
        resources = RunResources(http, Settings(), control.clock, redactor)
        executor = Executor("r", resources, snapshot(whole, Named(known), {}), NoIntents())
        yield LocalRunner(executor, Recorder("r", control.clock, redactor, keep, sinks=()), control)


def on(server: EchoServer, steps: list[dict[str, Json]]) -> Automation:
    """An automation of these steps, with what it runs."""
    placed = json.loads(json.dumps(numbered(steps)).replace(HOST, server.url))
    inner = {"type": "apiCall", "method": "POST", "url": f"{server.url}/echo", "credentialId": "Keys"}
    called = automation({**inner, **PLACES[2], "storeKey": "a"}, variables={"a": 1})
    whole = automation(*placed, variables={"a": 1, "c": "text"})
    return linked(replace(whole, id="outer"), lambda _reference: called)


@given(
    st.lists(nested(QUICK | CALL), min_size=1, max_size=3),
    st.sampled_from([[], [RUNS]]),
    st.tuples(SECRET, SECRET),
)
def test_whatever_is_run_no_secret_gets_out_and_the_events_are_sound(
    steps: list[dict[str, Json]], calls: list[dict[str, Json]], secrets: tuple[str, str]
) -> None:
    events: list[Event] = []
    lines: list[str] = []

    def keep(event: Event, line: str) -> None:
        events.append(event)
        lines.append(line)

    with EchoServer() as server:
        whole = on(server, [*steps, *calls])
        fields = dict(zip(("key", "other"), secrets, strict=True))
        with running(whole, fields, keep, Control(SystemClock())) as runner:
            runner.drive(interpret(whole, {}))

    assert_threads_well_formed(events)
    state = fold(events)
    assert isinstance(events[-1].fact, RunFinished)
    assert state.outcome == events[-1].fact.outcome
    assert all(step.outcome is not None for step in state.steps.values())
    told = ("\n".join(lines) + repr(events) + json.dumps(dict(state.variables), default=str)).encode()
    assert [form for secret in secrets for form in traces(secret) if form in told] == []


MAY_STILL_BEGIN = 8  # rounds of three loops within one another, two at a time, each past its last look


@given(st.lists(nested(QUICK | LONG_WAIT | CALL), min_size=1, max_size=3), st.integers(1, 30))
def test_after_stop_a_run_ends_whatever_it_is_waiting_for(steps: list[dict[str, Json]], moment: int) -> None:
    events: list[Event] = []
    control = Control(SystemClock())
    never = threading.Event()
    stopped_at: list[int] = []

    def keep(event: Event, _line: str) -> None:
        events.append(event)
        is_waiting = isinstance(event.fact, StepStarted) and event.fact.step_type == "wait"
        is_held = is_waiting or isinstance(event.fact, RequestSent)
        if not stopped_at and (is_held or len(events) >= moment):
            stopped_at.append(len(events))
            control.cancelled.set()

    with EchoServer() as server:
        server.reply("/echo", lambda _seen: Reply(gate=never))
        whole = on(server, steps)
        with running(whole, {"key": "k" * 20, "other": "o" * 20}, keep, control) as runner:
            ending = threading.Thread(target=runner.drive, args=(interpret(whole, {}),), daemon=True)
            ending.start()
            ending.join(60)
            assert not ending.is_alive()
        never.set()

    assert_threads_well_formed(events)
    begun = [
        each for each in events[(stopped_at or [len(events)])[0] :] if isinstance(each.fact, StepStarted)
    ]
    assert len(begun) <= MAY_STILL_BEGIN
