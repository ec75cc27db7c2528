from pathlib import Path
from typing import cast

import pytest

from backend.runs.doubt import Doubts, doubts_of
from backend.runs.journal import Intent, Journal
from engine.effects import StepCall, StepResult
from engine.errors import LoopiError
from engine.events import Event, Fact, RunStarted, StepFinished, StepStarted
from engine.executor import Executor
from engine.model import Step
from engine.past import Past

STARTED = StepStarted("post", "twitterCreateTweet", "Say hello")
CALL = StepCall("0", Step("post", "twitterCreateTweet"), {}, "once")


def past(*facts: Fact) -> Past:
    return Past(Event("r", seq, 0.0, "0", fact) for seq, fact in enumerate(facts))


class Told:
    """Stands for the executor: what looking it up comes to."""

    def __init__(self, found: "StepResult | LoopiError | None") -> None:
        self.found = found

    def reconcile(self, *_given: object, **_named: object) -> StepResult | None:
        if isinstance(self.found, LoopiError):
            raise self.found
        return self.found


def settle(journal: Journal, found: "StepResult | LoopiError | None", **answers: bool) -> StepResult | None:
    open_ = {each.path: each for each in doubts_of([Intent("0", 1, 5.0)], past(STARTED))}
    told = {"0": answers["done"]} if answers else {}
    doubts = Doubts("r", journal, cast("Executor", Told(found)), open_, told)
    return doubts.settle(CALL, lambda _fact: None, lambda: False)


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return Journal(tmp_path / "runs.db")


def test_what_has_an_outcome_is_not_in_doubt() -> None:
    assert doubts_of([Intent("0", 1, 5.0)], past(STARTED, StepFinished("post", "succeeded"))) == []


def test_a_person_is_asked_when_nobody_can_look_it_up_or_looking_did_not_help() -> None:
    (can_look,) = doubts_of([Intent("0", 1, 5.0)], past(STARTED))
    (has_looked,) = doubts_of([Intent("0", 1, 5.0, "X is down.")], past(STARTED))
    (cannot,) = doubts_of([Intent("0", 1, 5.0)], past(StepStarted("call", "apiCall")))
    assert (can_look.must_ask, has_looked.must_ask, cannot.must_ask) == (False, True, True)
    assert (can_look.step_id, can_look.description) == ("post", "Say hello")


def test_the_answer_of_a_person_counts_before_all(journal: Journal) -> None:
    unasked = LoopiError("x.down", "must not be asked")
    assert settle(journal, unasked, done=True) == StepResult("ok", {"data": None})
    assert settle(journal, unasked, done=False) is None


def test_what_was_found_is_the_answer_and_what_was_not_is_done(journal: Journal) -> None:
    found = StepResult("ok", {"data": {"id": "1"}})
    assert settle(journal, found) == found
    assert settle(journal, None) is None


def test_why_nobody_can_tell_is_kept_for_the_question(journal: Journal) -> None:
    event = Event("r", 0, 1.0, "", RunStarted("a", "n", "h"))
    journal.write(event, "{}")
    journal.intend("r", "0", 1)
    with pytest.raises(LoopiError) as caught:
        settle(journal, LoopiError("x.down", "X is down."))
    assert caught.value.code == "run.outcome_unknown"
    assert [each.note for each in journal.intents("r")] == ["X is down."]


def test_another_call_is_no_doubt(journal: Journal) -> None:
    doubts = Doubts("r", journal, cast("Executor", Told(None)), {}, {})
    assert doubts.settle(CALL, lambda _fact: None, lambda: False) is None
