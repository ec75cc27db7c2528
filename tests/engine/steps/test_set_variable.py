import pytest

from drive.run import Document, ending, run
from engine.events import VariableSet
from engine.model import Json


def set_to(value: Json, **variables: Json) -> list[Json]:
    driver = run({"type": "setVariable", "variableName": "x", "value": value}, variables=variables)
    return [fact.value for _path, fact in driver.facts if isinstance(fact, VariableSet)]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("12", 12),
        ("007", "007"),
        ("12345678901234567890", "12345678901234567890"),
        (5, 5),
        ([1, "2"], [1, "2"]),
        (None, None),
    ],
)
def test_what_is_written_is_typed(written: Json, value: Json) -> None:
    assert set_to(written) == [value]


def test_what_a_placeholder_brings_keeps_its_type() -> None:
    assert set_to("{{v}}", v="12") == ["12"]
    assert set_to("{{v}}", v=[1]) == [[1]]
    assert set_to("{{v}}{{v}}", v=1) == ["11"]
    assert set_to("{{v}}", v="{{credentials.apiKey}}") == ["{{credentials.apiKey}}"]


def test_a_credential_cannot_be_kept_even_when_the_parser_is_passed_by() -> None:
    from drive.run import Driver
    from engine.interpreter import interpret
    from engine.model import Automation, Step

    step = Step("s", "setVariable", {"variableName": "x", "value": "{{credentials.apiKey}}"})
    driver = Driver()

    driver.drive(interpret(Automation("a", "A", (step,)), {}))

    assert (ending(driver).error or {})["code"] == "template.credentials_not_here"


def test_a_doubling_variable_is_stopped() -> None:
    double: Document = {"id": "d", "type": "setVariable", "variableName": "x", "value": ["{{x}}", "{{x}}"]}

    driver = run(
        {"type": "forEach", "items": list(range(60)), "steps": [double]}, variables={"x": "ha" * 10_000}
    )

    assert (ending(driver).error or {})["code"] == "template.too_large"


def test_a_variable_that_does_not_exist_can_be_appended_to_and_not_counted() -> None:
    step: Document = {"type": "modifyVariable", "variableName": "new", "value": 1}

    assert ending(run({**step, "operation": "append"})).outcome == "succeeded"
    assert (ending(run({**step, "operation": "increment"})).error or {})["code"] == "template.unknown_name"
