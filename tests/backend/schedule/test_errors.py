"""Words for what is wrong with a schedule."""

from backend.schedule.errors import missing


def test_a_schedule_that_is_not_there_is_named_and_the_list_offered() -> None:
    error = missing("s1" * 100)
    assert error.code == "schedule.missing"
    assert len(error.message) < 120
    assert "loopi schedule list" in error.hint
