import pytest

from drive.run import BOOK


@pytest.mark.parametrize(
    ("step_type", "blocks"),
    [("if", ("then", "elseIf", "else")), ("forEach", ("steps",)), ("wait", ()), ("apiCall", ())],
)
def test_the_fields_that_hold_steps_are_known_from_the_schema(
    step_type: str, blocks: tuple[str, ...]
) -> None:
    assert BOOK.blocks(step_type) == blocks


def test_an_unknown_type_is_answered_with_the_nearest() -> None:
    assert BOOK.unknown_type("foreach").endswith("did you mean forEach?")
    assert "did you mean" not in BOOK.unknown_type("???")


def test_nested_steps_are_left_to_the_parser() -> None:
    condition = {"left": 1, "operator": "exists"}

    assert list(BOOK.step_problems("if", {"condition": condition, "then": [{"type": 7}]})) == []


def test_a_line_break_at_the_end_does_not_pass_a_pattern() -> None:
    found = list(BOOK.common_problems({"id": "a\n", "type": "wait"}))

    assert found == [("id", "must be 1 to 100 letters, digits, _ or -")]
