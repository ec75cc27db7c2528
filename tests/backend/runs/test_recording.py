from backend.runs.recording import Places, Recording
from engine.events import Event, Fact, LoopEntered, StepFinished, StepRetrying, StepStarted, ValuesTaken
from engine.model import Step

ERROR = {"code": "http.status", "message": "No.", "hint": ""}
ASK = Step("ask", "apiCall")


def recording(*told: tuple[str, Fact]) -> Recording:
    return Recording("r", [Event("r", seq, 0.0, path, fact) for seq, (path, fact) in enumerate(told)])


def asked(path: str, data: object) -> list[tuple[str, Fact]]:
    return [
        (path, StepStarted("ask", "apiCall")),
        (path, StepFinished("ask", "succeeded", {"data": str(data)})),
    ]


def test_a_place_is_named_by_the_steps_around_it() -> None:
    places = Places()
    places.enter("2", "each")
    places.enter("2/loop[3]/0", "ask")
    assert places.name("2/loop[3]/0") == "each/loop[3]/ask"
    places.leave("2/loop[3]/0")
    assert places.name("2/loop[3]/0") == "each/loop[3]/0"


def test_each_attempt_has_its_answer_and_each_round_its_own() -> None:
    found = recording(
        ("0", StepStarted("each", "forEach")),
        ("0/loop[0]", LoopEntered(0, 2)),
        *asked("0/loop[0]/0", 1),
        ("0/loop[1]/0", StepStarted("ask", "apiCall")),
        ("0/loop[1]/0", StepRetrying(1, ERROR, 0.0)),
        ("0/loop[1]/0", StepFinished("ask", "succeeded", {"data": "2"})),
        ("0", StepFinished("each", "succeeded")),
    )
    first, second = (found.answer("each/loop[1]/ask", ASK, attempt) for attempt in (1, 2))
    assert first is not None
    assert first.failure is not None
    assert (first.failure.code, first.failure.retryable) == ("http.status", True)
    assert second is not None
    assert second.output == {"data": "2"}
    assert found.answer("each/loop[1]/ask", ASK, 3) is None
    assert found.answer("each/loop[1]/ask", Step("ask", "wait"), 1) is None


def test_what_a_step_likely_answers_is_what_it_answered_there_or_else_the_last_time() -> None:
    found = recording(*asked("0", 1), *asked("1", 2))
    elsewhere = found.likely("each/loop[7]/ask", ASK)
    assert elsewhere is not None
    assert elsewhere.output == {"data": "2"}
    assert found.likely("each/run/ask", ASK) is None
    assert found.likely("other", Step("other", "apiCall")) is None


def test_what_was_taken_and_told_is_given_once() -> None:
    found = recording(*asked("0", 1), ("0", ValuesTaken({"random": 0.5})))
    name = "0"
    assert found.values(name) == {"random": 0.5}
    assert found.values(name) is None
    assert found.take("ask", StepStarted) == StepStarted("ask", "apiCall")
    assert found.take("ask", StepStarted) is None
    assert found.knows("ask")
