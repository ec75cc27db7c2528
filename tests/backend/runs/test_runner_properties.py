"""Random automations in the whole program: threads, connections, and services that repeat each secret."""

import threading
import time
from typing import NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from backend.runs.active import ActiveRun, RunOptions
from drive.check import assert_threads_well_formed
from drive.random_automation import FLAT, Step, nested
from drive.random_requests import API, RUNS, TELLS, X
from drive.world import ENDED_AFTER_S, PASSWORDS, World, world
from engine.errors import LoopiError
from engine.events import Event, RequestSent, RunFinished, StepFinished, StepStarted
from engine.model import Json
from engine.state import fold

QUICK = FLAT.filter(lambda step: step["type"] != "wait")
LONG_WAIT: Step = st.just({"type": "wait", "value": 86_400})


def mixed(flat: Step) -> st.SearchStrategy[list[dict[str, Json]]]:
    """Some that ask a service, one that tells a stranger what came of that, and some that hold others."""
    asking = st.lists(API, min_size=2, max_size=4).map(lambda calls: [{**calls[0], **KEEPS}, *calls[1:]])
    others = st.tuples(st.lists(nested(flat), min_size=1, max_size=2), st.lists(X | RUNS, max_size=2))
    shuffled = others.flatmap(lambda both: st.permutations([*both[0], *both[1]]))
    return st.tuples(asking, TELLS, shuffled).map(lambda parts: [*parts[0], parts[1], *parts[2]])


KEEPS: dict[str, Json] = {"storeKey": "a", "onError": "continue"}
STEPS = mixed(st.one_of(API, X, API, QUICK))
SECRET = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Z")), min_size=10, max_size=24)
# No two are alike: the services know those only of the credentials that the run uses.
SECRETS = st.lists(SECRET, min_size=PASSWORDS, max_size=PASSWORDS).map(
    lambda texts: [f"{number}q{text}" for number, text in enumerate(texts)]
)
SEED = st.integers(0, 999)


def assert_adds_up(events: list[Event], running: ActiveRun) -> None:
    """The events are sound, and what they add up to is how the run ended, wherever the adding begins."""
    assert_threads_well_formed(events)
    state = fold(events)
    last = events[-1].fact
    assert isinstance(last, RunFinished)
    assert (state.outcome, state.error) == (last.outcome, last.error)
    assert running.wait(0) == last
    assert last.error is None or last.error["code"] not in {"internal", "run.diverged"}
    assert all(step.outcome is not None for step in state.steps.values())
    middle = len(events) // 2
    assert fold(events[middle:], fold(events[:middle])) == state


def assert_kept(of: World, events: list[Event], running: ActiveRun) -> None:
    """The journal has the same events, and nothing that was told or written holds a secret."""
    kept = list(of.app.journal.events(running.run_id))
    assert [event.to_json() for event in kept] == [event.to_json() for event in events]
    shown = repr((events, fold(events), running.wait(0)))
    assert of.leaks([shown, *of.lines(running.run_id)]) == []


@given(STEPS, SECRETS, SEED)
def test_whatever_is_run_no_secret_gets_out_and_the_events_are_sound(
    steps: list[dict[str, Json]], secrets: list[str], seed: int
) -> None:
    with world(secrets, seed) as whole:
        running = whole.start(whole.parsed(steps))
        assert running.wait(60) is not None
        assert_adds_up(whole.events, running)
        assert_kept(whole, whole.events, running)


MAY_STILL_BEGIN = 8  # rounds of three loops within one another, two at a time, each past its last look


class Moment(NamedTuple):
    """When Stop is pressed: so many seconds after so many events."""

    events: int
    later_s: float


MOMENT = st.builds(Moment, st.integers(1, 30), st.sampled_from([0.0, 0.0, 0.002, 0.02, 0.05]))


@given(st.lists(nested(st.one_of(LONG_WAIT, API, X, QUICK)), min_size=1, max_size=4), MOMENT, SEED)
def test_after_stop_a_run_ends_whatever_it_is_waiting_for(
    steps: list[dict[str, Json]], moment: Moment, seed: int
) -> None:
    is_time = threading.Event()

    def watch(event: Event) -> None:
        is_waiting = isinstance(event.fact, StepStarted) and event.fact.step_type == "wait"
        is_held = is_waiting or isinstance(event.fact, RequestSent | RunFinished)
        if is_held or event.seq + 1 >= moment.events:
            is_time.set()

    with world([f"secret-{number}-value" for number in range(PASSWORDS)], seed) as whole:
        whole.server.is_silent = whole.x.is_silent = True
        running = whole.start(whole.parsed(steps), watch)
        assert is_time.wait(60)
        time.sleep(moment.later_s)  # any moment will do
        told = len(whole.events)
        running.cancel()
        assert running.wait(ENDED_AFTER_S) is not None
        assert_adds_up(whole.events, running)
    begun = [event for event in whole.events[told:] if isinstance(event.fact, StepStarted)]
    assert len(begun) <= MAY_STILL_BEGIN


class Death(NamedTuple):
    """After which share of its events the run dies, and what a person says of what nobody knows."""

    share: float
    was_done: bool


@given(STEPS, SECRETS, SEED, st.builds(Death, st.floats(0, 1, exclude_max=True), st.booleans()))
def test_a_run_that_died_after_any_event_goes_on_and_adds_up(
    steps: list[dict[str, Json]], secrets: list[str], seed: int, death: Death
) -> None:
    with world(secrets, seed) as whole:
        automation = whole.parsed(steps)
        first = whole.start(automation)
        assert first.wait(60) is not None
        count = 1 + int(death.share * (len(whole.events) - 1))
        done = {event.path for event in whole.events[:count] if isinstance(event.fact, StepFinished)}
        with whole.died_after(first.run_id, count) as again:
            try:
                answers = {doubt.path: death.was_done for doubt in again.app.runs.doubts(first.run_id)}
                options = RunOptions(sinks=[again.events.append], max_wait_s=0)
                running = again.app.runs.resume(first.run_id, automation, answers, options)
            except LoopiError as refused:
                if refused.code != "run.redacted_value":
                    raise
                return
            assert running.wait(60) is not None
            kept = list(again.app.journal.events(first.run_id))
            assert kept[count:] == again.events
            assert_adds_up(kept, running)
            assert_kept(again, kept, running)
            sent = [event.path for event in again.events if isinstance(event.fact, RequestSent)]
            assert not done & set(sent)
