"""What a schedule says, and which options there are."""

import json
from datetime import timedelta

import pytest

from backend.schedule.errors import ScheduleError
from backend.schedule.schedule import Options, Schedule, checked, switched
from backend.schedule.trigger import Once

from .conftest import START, Make


def test_what_posts_is_caught_up_for_an_hour_and_what_reads_for_twelve() -> None:
    assert Options().catch_up(posts=True).grace == timedelta(hours=1)
    assert Options().catch_up(posts=False).grace == timedelta(hours=12)
    assert Options(grace_minutes=30).catch_up(posts=True).grace == timedelta(minutes=30)


@pytest.mark.parametrize(
    "options",
    [
        Options(missed="maybe"),  # type: ignore[arg-type]  # what a hand may write into the file
        Options(overlap="maybe"),  # type: ignore[arg-type]  # as above
        Options(limit=0),
        Options(limit=101),
        Options(grace_minutes=0),
        Options(grace_minutes=7 * 24 * 60 + 1),
    ],
)
def test_an_option_out_of_bounds_is_refused_with_what_fits(options: Options) -> None:
    with pytest.raises(ScheduleError) as refused:
        checked(options)
    assert refused.value.code == "schedule.invalid"
    assert refused.value.hint


def test_a_schedule_comes_back_from_json_as_it_was(make: Make) -> None:
    made = make(options=Options("runAll", 3, 90, "parallel", notifies=True), is_enabled=False)
    assert Schedule.from_json(json.loads(json.dumps(made.to_json())), since=START) == made


def test_a_time_that_has_passed_is_not_switched_on_again(make: Make) -> None:
    passed = make(trigger=Once(START - timedelta(minutes=1)), is_enabled=False)
    with pytest.raises(ScheduleError) as refused:
        switched(passed, is_enabled=True, now=START)
    assert refused.value.code == "schedule.invalid"
    assert not switched(passed, is_enabled=False, now=START).is_enabled


def test_what_is_switched_on_is_due_from_now_on(make: Make) -> None:
    later = START + timedelta(hours=1)
    found = switched(make(is_enabled=False), is_enabled=True, now=later)
    assert (found.is_enabled, found.since) == (True, later)
