from drive.run import Document, Driver, run
from engine.effects import Failure, StepCall, StepResult
from engine.state import RunState, fold

COUNT: Document = {"id": "count", "type": "modifyVariable", "variableName": "n", "operation": "increment"}


def world(call: StepCall) -> StepResult:
    if call.step.id == "flaky" and call.attempt == 1:
        return StepResult("error", {}, Failure("http.reset", "Lost.", retryable=True))
    if call.step.id == "broken":
        return StepResult("error", {"status": 500}, Failure("http.status", "The server answered 500."))
    return StepResult("ok", {"data": str(call.params["url"])})


def driven() -> Driver:
    return run(
        {"id": "flaky", "type": "apiCall", "url": "https://h/", "storeKey": "page", "retry": {"attempts": 2}},
        {"id": "off", "type": "wait", "value": 1, "disabled": True},
        {
            "id": "loop",
            "type": "forEach",
            "items": [1, 2],
            "steps": [COUNT],
        },
        {"id": "broken", "type": "apiCall", "url": "https://h/x"},
        world=world,
        variables={"n": 0},
    )


def test_the_state_is_what_the_events_add_up_to() -> None:
    state = fold(driven().events)

    assert (state.name, state.outcome) == ("Test", "failed")
    assert state.variables == {"n": 2, "page": "https://h/"}
    outcomes = {path: step.outcome for path, step in state.steps.items()}
    assert outcomes == {
        "0": "succeeded",
        "1": "skipped",
        "2": "succeeded",
        "2/loop[0]/0": "succeeded",
        "2/loop[1]/0": "succeeded",
        "3": "failed",
    }
    assert state.steps["0"].attempts == 2
    assert state.steps["3"].error == {
        "code": "http.status",
        "message": "The server answered 500.",
        "hint": "",
    }
    assert state.error is not None
    assert state.error["path"] == "3"


def test_folding_in_two_parts_gives_the_same_for_every_cut() -> None:
    events = driven().events
    whole = fold(events)

    for cut in range(len(events) + 1):
        first = fold(events[:cut])
        before = repr(first)
        assert fold(events[cut:], first) == whole
        assert repr(first) == before


def test_a_run_without_events_is_empty() -> None:
    assert fold([]) == RunState()


def test_a_running_step_has_no_outcome() -> None:
    state = fold(driven().events[:2])

    assert state.steps["0"].outcome is None
    assert state.next_seq == 2
