import pytest

from drive.run import ending, run
from engine.effects import Sleep
from engine.model import Json
from engine.steps.wait import MAX_WAIT_S


@pytest.mark.parametrize(
    ("value", "seconds"), [(5, 5.0), (0, 0.0), ("1.5", 1.5), ("{{n}}", 2.0), (MAX_WAIT_S, MAX_WAIT_S)]
)
def test_a_wait_sleeps_for_its_seconds(value: Json, seconds: float) -> None:
    driver = run({"type": "wait", "value": value}, variables={"n": 2})

    assert Sleep("0", seconds) in driver.effects
    assert ending(driver).outcome == "succeeded"


@pytest.mark.parametrize(
    "value", ["-1", "soon", "", "{{nil}}", "{{yes}}", "{{list}}", "604801", "NaN", MAX_WAIT_S + 1]
)
def test_what_is_no_number_of_seconds_fails_the_step(value: Json) -> None:
    driver = run({"type": "wait", "value": value}, variables={"nil": None, "yes": True, "list": [1]})

    assert (ending(driver).error or {})["code"] == "wait.seconds"
