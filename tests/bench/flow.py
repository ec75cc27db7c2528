"""What the language itself costs: rounds without a request, and the reading of a long file. In this process.

The peer of a loop is a plain Python loop that fills the same templates and decides the same condition; that
of reading is jsonschema alone, over the same steps.
"""

import time
from collections.abc import Callable

from bench.row import Row
from bench.scale import Scale
from drive.run import BOOK, automation, document
from engine.condition import Condition, holds
from engine.interpreter import interpret
from engine.model import Json
from engine.parse.document import parse
from engine.template.render import render

UNTIL: Condition = {"left": "{{n}}", "operator": "greaterOrEqual", "right": "{{wanted}}"}
VALUE = "{{ n + 1 }}"


def rows(scale: Scale) -> list[Row]:
    """100 rounds and 10 steps for each step of the scale; the least of some tries."""
    count, steps = 100 * scale.steps, 10 * scale.steps
    tries = min(scale.rounds, 3)
    rounds = least(lambda: _loop(count), tries), least(lambda: _plain(count), tries)
    reads = least(lambda: _read(steps), tries), least(lambda: _check(steps), tries)
    return [
        Row(f"loopi, a loop: CPU for {count:,} rounds", "ms", *rounds, "Python, templates"),
        Row(f"loopi, a file: CPU for {steps:,} steps", "ms", *reads, "jsonschema"),
    ]


def least(act: Callable[[], object], tries: int) -> float:
    """Milliseconds of CPU."""
    found: list[float] = []
    for _ in range(tries):
        began = time.process_time()
        act()
        found.append((time.process_time() - began) * 1000)
    return min(found)


def _loop(count: int) -> int:
    count_up: Json = {"id": "up", "type": "setVariable", "variableName": "n", "value": VALUE}
    loop: dict[str, Json] = {"type": "repeat", "until": UNTIL, "limit": count, "steps": [count_up]}
    return sum(1 for _ in interpret(automation(loop, variables={"n": 0, "wanted": count}), {}))


def _plain(count: int) -> None:
    values: dict[str, object] = {"n": 0, "wanted": count}
    is_over = False
    while not is_over:
        values["n"] = render(VALUE, values.__getitem__)
        is_over = holds(UNTIL, lambda source: render(str(source), values.__getitem__))


def _steps(count: int) -> list[dict[str, Json]]:
    return [
        {"id": f"s{index}", "type": "setVariable", "variableName": "n", "value": VALUE}
        for index in range(count)
    ]


def _read(count: int) -> None:
    parse(document(*_steps(count)), book=BOOK)


def _check(count: int) -> None:
    own = ("variableName", "value")
    for step in _steps(count):
        list(BOOK.common_problems(step))
        list(BOOK.step_problems("setVariable", {key: step[key] for key in own}))
