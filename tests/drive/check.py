"""What the events of every run have in common, however it went."""

from collections.abc import Sequence

from engine.events import Event, RunFinished, RunStarted, StepFinished, StepStarted


def assert_well_formed(events: Sequence[Event]) -> None:
    """One beginning, one end, and a finish for every step that started, innermost first."""
    assert [event.seq for event in events] == list(range(len(events)))
    assert isinstance(events[0].fact, RunStarted)
    assert [index for index, event in enumerate(events) if isinstance(event.fact, RunFinished)] == [
        len(events) - 1
    ]
    running: list[str] = []
    for event in events:
        if isinstance(event.fact, StepStarted):
            assert not running or event.path.startswith(running[-1] + "/")
            running.append(event.path)
        elif isinstance(event.fact, StepFinished) and event.fact.outcome != "skipped":
            assert running.pop() == event.path
    assert running == []


def assert_threads_well_formed(events: Sequence[Event]) -> None:
    """As above, where rounds go on at the same time: what is within a step begins and ends within it."""
    assert [event.seq for event in events] == list(range(len(events)))
    assert isinstance(events[0].fact, RunStarted)
    assert [event for event in events if isinstance(event.fact, RunFinished)] == [events[-1]]
    running: set[str] = set()
    for event in events:
        if isinstance(event.fact, StepStarted):
            assert event.path not in running
            around = [path for path in running if event.path.startswith(path + "/")]
            assert around or "/" not in event.path
            running.add(event.path)
        elif isinstance(event.fact, StepFinished) and event.fact.outcome != "skipped":
            running.remove(event.path)
            assert not [path for path in running if path.startswith(event.path + "/")]
    assert running == set()
