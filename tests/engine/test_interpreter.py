from drive.run import YES, Document, Driver, automation, ending, failing, fine, run
from engine.effects import Failure, Note, Sleep, StepCall, StepResult
from engine.events import RunFinished, RunStarted, StepFinished, StepStarted, VariableSet
from engine.halt import Interrupted
from engine.interpreter import interpret

CALL: Document = {"id": "call", "type": "apiCall", "url": "https://h/", "storeKey": "page"}


def test_a_run_begins_with_its_variables_and_those_given_win() -> None:
    driver = Driver()

    driver.drive(interpret(automation(variables={"city": "London", "n": 1}), {"city": "Rome"}))

    started = driver.events[0].fact
    assert isinstance(started, RunStarted)
    assert started.variables == {"city": "Rome", "n": 1}
    assert ending(driver) == RunFinished("succeeded")


def test_what_a_step_stores_is_seen_by_the_next_once_and_as_text() -> None:
    def world(call: StepCall) -> StepResult:
        return StepResult("ok", {"status": 200, "data": {"name": "{{credentials.apiKey}}"}})

    driver = run(
        CALL,
        {"type": "apiCall", "url": "https://h/{{page.name}}", "headers": {"X": "{{steps.call.data.name}}"}},
        {"type": "setVariable", "variableName": "copy", "value": "{{page.name}}!"},
        world=world,
    )

    calls = [effect for effect in driver.effects if isinstance(effect, StepCall)]
    assert calls[1].params == {
        "url": "https://h/%7B%7Bcredentials.apiKey%7D%7D",
        "headers": {"X": "{{credentials.apiKey}}"},
    }
    assert ("2", VariableSet("copy", "{{credentials.apiKey}}!")) in driver.facts


def test_an_unknown_name_stops_the_step_before_any_request() -> None:
    driver = run({"type": "apiCall", "url": "https://h/{{cty}}"}, variables={"city": "London"})

    assert not any(isinstance(effect, StepCall) for effect in driver.effects)
    error = ending(driver).error
    assert error is not None
    assert (error["code"], error["path"]) == ("template.unknown_name", "0")
    assert "Did you mean city?" in str(error["hint"])


def test_a_failure_ends_the_run_and_names_the_innermost_step() -> None:
    fail: Document = {"id": "fail", "type": "apiCall", "url": "https://h/"}
    driver = run(
        {
            "id": "loop",
            "type": "forEach",
            "items": [1, 2],
            "steps": [{"id": "if", "type": "if", "condition": YES, "then": [fail]}],
        },
        CALL,
        world=failing,
    )

    assert ending(driver).outcome == "failed"
    assert (ending(driver).error or {})["path"] == "0/loop[0]/0/then/0"
    outcomes = [fact.outcome for _path, fact in driver.facts if isinstance(fact, StepFinished)]
    assert outcomes == ["failed", "failed", "failed"]


def test_a_step_that_may_fail_leaves_its_error_and_the_run_goes_on() -> None:
    driver = run(
        {"id": "fail", "type": "apiCall", "url": "https://h/", "onError": "continue", "storeKey": "page"},
        {
            "type": "setVariable",
            "variableName": "why",
            "value": "{{steps.fail.error.code}} {{steps.fail.status}}",
        },
        {"type": "setVariable", "variableName": "left", "value": '{{page | default("nothing")}}'},
        world=failing,
    )

    assert ending(driver).outcome == "succeeded"
    assert ("1", VariableSet("why", "http.status 500")) in driver.facts
    assert ("2", VariableSet("left", "nothing")) in driver.facts


def test_a_block_that_may_fail_is_left_at_its_first_failure() -> None:
    fail: Document = {"id": "fail", "type": "apiCall", "url": "https://h/"}
    block: Document = {
        "id": "block",
        "type": "if",
        "condition": YES,
        "then": [fail, CALL],
        "onError": "continue",
    }

    driver = run(block, {"type": "wait", "value": 0}, world=failing)

    assert ending(driver).outcome == "succeeded"
    assert [path for path, fact in driver.facts if isinstance(fact, StepStarted)] == ["0", "0/then/0", "1"]


def test_a_failed_call_is_repeated_with_growing_waits() -> None:
    def world(call: StepCall) -> StepResult:
        failure = Failure("http.reset", "Lost.", retryable=True, retry_at=50.0 if call.attempt == 2 else None)
        return StepResult("error", {}, failure) if call.attempt < 4 else fine(call)

    driver = run({**CALL, "retry": {"attempts": 4, "delaySeconds": 2, "backoff": 3}}, world=world)

    sleeps = [effect for effect in driver.effects if isinstance(effect, Sleep)]
    assert [(sleep.seconds, sleep.until) for sleep in sleeps] == [(2, None), (6, 50.0), (18, None)]
    assert all(sleep.jitter > 0 for sleep in sleeps)
    assert ending(driver).outcome == "succeeded"


def test_a_post_without_an_answer_is_not_repeated() -> None:
    def world(_call: StepCall) -> StepResult:
        lost = Failure("http.timeout", "No answer.", retryable=True, may_have_happened=True)
        return StepResult("unknown", {}, lost)

    driver = run({**CALL, "method": "POST", "retry": {"attempts": 5}}, world=world)

    assert sum(isinstance(effect, StepCall) for effect in driver.effects) == 1
    finished = next(fact for _path, fact in driver.facts if isinstance(fact, StepFinished))
    assert finished.outcome == "unknown"


def test_an_interruption_with_a_reason_is_a_failure() -> None:
    generator = interpret(automation({"type": "wait", "value": 5}), {})
    effect = generator.send(None)
    while not isinstance(effect, Sleep):
        effect = generator.send(None)

    closing = [generator.throw(Interrupted(Failure("run.timeout", "Too long."))), generator.send(None)]

    facts = [note.fact for note in closing if isinstance(note, Note)]
    assert facts == [
        StepFinished("s0", "cancelled"),
        RunFinished("failed", {"code": "run.timeout", "message": "Too long.", "hint": ""}),
    ]
