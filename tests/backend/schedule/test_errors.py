"""Words for what is wrong with a schedule."""

from backend.schedule.errors import missing, no_unit


def test_a_schedule_that_is_not_there_is_named_and_the_list_offered() -> None:
    error = missing("s1" * 100)
    assert error.code == "schedule.missing"
    assert len(error.message) < 120
    assert "loopi schedule list" in error.hint


def test_a_unit_that_cannot_be_written_says_why() -> None:
    error = no_unit()
    assert error.code == "schedule.no_unit"
    assert "control character" in error.message
    assert error.hint
