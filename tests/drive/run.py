"""Runs an automation by hand: a driver without threads or time, whose world is a list of answers."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from engine.effects import Answer, Effect, Failure, Note, Parallel, Run, Sleep, StepCall, StepResult, Take
from engine.events import Event, Fact, RunFinished
from engine.halt import Halt, Interrupted
from engine.interpreter import interpret
from engine.model import Automation, Json
from engine.parse.book import StepBook
from engine.parse.document import parse
from engine.parse.problem import InvalidAutomation

SCHEMAS = Path(__file__).resolve().parent.parent.parent / "schemas"
Document = Mapping[str, Json]
World = Callable[[StepCall], StepResult]


def _schema(path: Path) -> Any:  # noqa: ANN401  # tests look deep into it
    return json.loads(path.read_text("utf-8"))


AUTOMATION_SCHEMA = _schema(SCHEMAS / "automation.schema.json")
STEP_SCHEMAS = {path.name.split(".")[0]: _schema(path) for path in (SCHEMAS / "steps").glob("*.json")}
BOOK = StepBook(AUTOMATION_SCHEMA, STEP_SCHEMAS)


def automation(*steps: Document, variables: Document | None = None) -> Automation:
    """An automation of these steps. A step without an id gets its position as one."""
    return parse(document(*steps, variables=variables), book=BOOK)


def document(*steps: Document, variables: Document | None = None) -> dict[str, Json]:
    numbered: list[Json] = [{"id": f"s{index}", **step} for index, step in enumerate(steps)]
    return {
        "format": "loopi-automation/1",
        "id": "a",
        "name": "Test",
        "variables": variables or {},
        "steps": numbered,
    }


def fine(call: StepCall) -> StepResult:
    """A world in which every request is answered with what was asked."""
    return StepResult("ok", {"status": 200, "data": str(call.params.get("url", ""))})


def failing(call: StepCall) -> StepResult:
    """A world in which steps with `fail` in their ids fail."""
    if "fail" in call.step.id:
        return StepResult("error", {"status": 500}, Failure("http.status", "The server answered 500."))
    return fine(call)


TAKEN: Document = {"now": "2026-03-01T10:00:00.000Z", "random": 0.5, "uuid": "0-1-2-3"}
YES: Json = {"left": 1, "operator": "equals", "right": 1}


class Driver:
    """Takes the notes of a run down, and answers its effects.

    `interrupt_at` throws Interrupted in place of the answer to the effect of that number, once.
    """

    def __init__(self, world: World = fine, *, interrupt_at: int | None = None) -> None:
        self.effects: list[Effect] = []
        self.events: list[Event] = []
        self._world = world
        self._interrupt_at = interrupt_at

    def drive(self, run: Run) -> Json:
        answer: Answer = None
        thrown: Halt | None = None
        while True:
            try:
                effect = run.throw(thrown) if thrown else run.send(answer)
            except StopIteration as stop:
                left: Json = stop.value
                return left
            answer, thrown = None, None
            try:
                answer = self._answer(effect)
            except Halt as halt:
                thrown = halt

    def _answer(self, effect: Effect) -> Answer:
        number = len(self.effects)
        self.effects.append(effect)
        if number == self._interrupt_at:
            raise Interrupted
        match effect:
            case Note():
                self.events.append(Event("r", len(self.events), float(number), effect.path, effect.fact))
            case StepCall():
                return self._world(effect)
            case Parallel():
                return [self.drive(branch) for branch in effect.branches]
            case Take():
                return {name: TAKEN[name] for name in effect.names}
            case Sleep():
                pass
        return None

    @property
    def facts(self) -> list[tuple[str, Fact]]:
        return [(event.path, event.fact) for event in self.events]


def run(*steps: Document, world: World = fine, variables: Document | None = None) -> Driver:
    """Run these steps to their end."""
    driver = Driver(world)
    driver.drive(interpret(automation(*steps, variables=variables), {}))
    return driver


def ending(driver: Driver) -> RunFinished:
    last = driver.events[-1].fact
    assert isinstance(last, RunFinished)
    return last


def problems(whole: object) -> dict[str, str]:
    """What is wrong with a document, by path."""
    try:
        parse(whole, book=BOOK)
    except InvalidAutomation as error:
        return {problem.path: problem.message for problem in error.problems}
    return {}


def problems_of(**fields: Json) -> dict[str, str]:
    """What is wrong with a step."""
    return problems(document({"id": "s0", **fields}))
