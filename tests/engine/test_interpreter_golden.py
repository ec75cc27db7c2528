import json
from pathlib import Path

import pytest

from drive.check import assert_well_formed
from drive.run import BOOK, Driver, ending, failing
from engine.interpreter import interpret
from engine.linking import linked
from engine.model import Automation, Json
from engine.parse.document import parse

GOLDEN = sorted(Path(__file__).with_name("golden").glob("*.json"))


def golden(path: Path) -> tuple[Automation, list[Json]]:
    whole = json.loads(path.read_text("utf-8"))
    called = {name: parse(document, book=BOOK) for name, document in whole.get("called", {}).items()}
    return linked(parse(whole["automation"], book=BOOK), called.get), whole["events"]


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_a_golden_run_gives_its_list_of_events(path: Path) -> None:
    whole, expected = golden(path)
    driver = Driver(failing)

    driver.drive(interpret(whole, {}))

    found = [event.to_json() for event in driver.events]
    for event in found:
        del event["at"], event["run_id"]
    assert json.loads(json.dumps(found)) == expected
    assert_well_formed(driver.events)


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_an_interruption_at_any_point_still_closes_what_is_open(path: Path) -> None:
    whole, _events = golden(path)
    calm = Driver(failing)
    calm.drive(interpret(whole, {}))

    for index in range(len(calm.effects)):
        driver = Driver(failing, interrupt_at=index)
        driver.drive(interpret(whole, {}))
        assert_well_formed(driver.events)
        is_last = index == len(calm.effects) - 1
        assert is_last or ending(driver).outcome == "cancelled"


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_the_same_answers_give_the_same_effects(path: Path) -> None:
    whole, _events = golden(path)
    drivers = Driver(failing), Driver(failing)

    for driver in drivers:
        driver.drive(interpret(whole, {"extra": 1}))

    assert [effect for effect in drivers[0].effects if not hasattr(effect, "branches")] == [
        effect for effect in drivers[1].effects if not hasattr(effect, "branches")
    ]
