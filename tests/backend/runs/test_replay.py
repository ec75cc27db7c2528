from backend.runs.recording import Recording
from backend.runs.rehearsal import rehearsed
from backend.runs.replay import MAX_TOLD, Replay
from engine.effects import Answer, Note, Run, StepCall
from engine.events import Differed, Event, Fact, RunFinished
from engine.interpreter import interpret
from runs import automation


def told(run: Run) -> list[tuple[str, Fact]]:
    found: list[tuple[str, Fact]] = []
    answer: Answer = None
    while True:
        try:
            effect = run.send(answer)
        except StopIteration:
            return found
        assert not isinstance(effect, StepCall)
        answer = {"random": 0.25} if not isinstance(effect, Note) else None
        if isinstance(effect, Note):
            found.append((effect.path, effect.fact))


def recorded(value: str, *, times: int = 1) -> list[tuple[str, Fact]]:
    step = {"id": "s", "type": "setVariable", "variableName": "x", "value": value}
    loop = {"id": "loop", "type": "repeat", "times": times, "steps": [step]}
    return told(interpret(automation(loop), {}))


def replayed(value: str, before: list[tuple[str, Fact]], *, times: int = 1) -> list[tuple[str, Fact]]:
    step = {"id": "s", "type": "setVariable", "variableName": "x", "value": value}
    loop = {"id": "loop", "type": "repeat", "times": times, "steps": [step]}
    events = [Event("r", seq, 0.0, path, fact) for seq, (path, fact) in enumerate(before)]
    return told(rehearsed(interpret(automation(loop), {}), Replay(Recording("r", events))))


def test_chance_is_that_of_the_run() -> None:
    found = replayed("{{random}}", recorded("{{random}}"))
    assert found[-1][1] == RunFinished("succeeded")


def test_a_value_that_is_another_now_is_told_with_both() -> None:
    found = replayed("two", recorded("one"))
    assert ("0/loop[0]/0", Differed('x = "one"', 'x = "two"')) in found
    finished = found[-1][1]
    assert isinstance(finished, RunFinished)
    assert finished.error is not None
    assert 'at loop/loop[0]/s, the run had x = "one", and now it is x = "two"' in str(
        finished.error["message"]
    )


def test_a_great_many_differences_do_not_fill_the_record() -> None:
    found = replayed("two", recorded("one", times=200), times=200)
    assert len([fact for _path, fact in found if isinstance(fact, Differed)]) == MAX_TOLD
