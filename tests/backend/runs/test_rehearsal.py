from backend.runs.recording import Recording
from backend.runs.rehearsal import DryRun, rehearsed
from engine.effects import Answer, Effect, Failure, Note, Parallel, Run, Sleep, StepCall, StepResult
from engine.events import AnswerTaken, Fact, RunRehearsed, RunStarted, StepFinished, VariableSet
from engine.interpreter import interpret
from engine.model import Automation
from runs import automation, call

UNSENT = StepResult("error", {}, Failure("step.no_request", ""))


def driven(run: Run, told: list[Fact], asked: list[Effect]) -> None:
    """Carry a run out in one thread; no request is answered."""
    answer: Answer = None
    while True:
        try:
            effect = run.send(answer)
        except StopIteration:
            return
        asked.append(effect)
        answer = UNSENT if isinstance(effect, StepCall) else None
        if isinstance(effect, Note):
            told.append(effect.fact)
        elif isinstance(effect, Parallel):
            for branch in effect.branches:
                driven(branch, told, asked)
            answer = []


def dry(of: Automation) -> tuple[list[Fact], list[Effect]]:
    told: list[Fact] = []
    asked: list[Effect] = []
    driven(rehearsed(interpret(of, {}), DryRun(Recording("r", []))), told, asked)
    return told, asked


def test_it_is_marked_behind_its_start_and_waits_for_nothing() -> None:
    told, asked = dry(automation({"id": "w", "type": "wait", "value": 600}))
    assert isinstance(told[0], RunStarted)
    assert told[1] == RunRehearsed("dry", "r")
    assert not [effect for effect in asked if isinstance(effect, Sleep)]


def test_a_request_that_was_not_sent_is_a_success_with_placeholders() -> None:
    told, _asked = dry(
        automation(call("ask", "http://127.0.0.1:9/"), call("more", "http://x/{{steps.ask.data.id}}"))
    )
    assert [fact for fact in told if isinstance(fact, AnswerTaken)] == [AnswerTaken(""), AnswerTaken("")]
    outcomes = [fact.outcome for fact in told if isinstance(fact, StepFinished)]
    assert outcomes == ["succeeded", "succeeded"]


def test_rounds_side_by_side_send_nothing_either() -> None:
    inner = [
        call("ask", "http://127.0.0.1:9/", storeKey="a"),
        {"id": "s", "type": "setVariable", "variableName": "b", "value": "{{a.x}}"},
    ]
    loop = {"id": "each", "type": "forEach", "items": [1, 2], "concurrency": 2, "steps": inner}
    told, _asked = dry(automation(loop))
    assert [fact.value for fact in told if isinstance(fact, VariableSet)] == ["not-sent.ask.data.x"] * 2


def test_a_loop_on_what_nobody_knows_ends() -> None:
    until = {"left": "{{a.state}}", "operator": "equals", "right": "done"}
    loop = {
        "id": "poll",
        "type": "repeat",
        "until": until,
        "steps": [call("ask", "http://127.0.0.1:9/", storeKey="a")],
    }
    _told, asked = dry(automation(loop))
    assert len([effect for effect in asked if isinstance(effect, StepCall)]) == 1
