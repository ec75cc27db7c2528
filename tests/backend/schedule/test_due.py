"""What is due after a gap."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.schedule.due import PUNCTUAL, CatchUp, Due, Missed, MissedPolicy, due
from backend.schedule.trigger import Interval, Once, Trigger

START = datetime(2026, 1, 1, tzinfo=UTC)
HOURLY = Interval(60, START)
GRACE = timedelta(hours=12)


def after(hours: float) -> datetime:
    return START + timedelta(hours=hours)


def asked(
    policy: MissedPolicy, *, now: float, since: float = 0, limit: int = 3, trigger: Trigger = HOURLY
) -> Due:
    return due(trigger, CatchUp(policy, limit, GRACE), since=after(since), now=after(now))


def test_nothing_is_due_between_two_ticks() -> None:
    assert asked("runOnce", now=0.9) == Due()


@pytest.mark.parametrize("policy", ["skip", "runOnce", "runAll"])
def test_a_tick_on_time_runs_whatever_the_policy(policy: MissedPolicy) -> None:
    assert asked(policy, now=1.01) == Due((after(1),))


def test_skip_runs_nothing_that_was_missed() -> None:
    assert asked("skip", now=5.5) == Due((), Missed(after(1), after(5), 5))


def test_run_once_runs_the_latest_that_was_missed() -> None:
    assert asked("runOnce", now=5.5) == Due((after(5),), Missed(after(1), after(4), 4))


def test_run_once_adds_nothing_to_a_tick_that_is_on_time() -> None:
    assert asked("runOnce", now=5.01) == Due((after(5),), Missed(after(1), after(4), 4))


def test_run_all_runs_up_to_its_limit_in_order() -> None:
    assert asked("runAll", now=5.5) == Due((after(3), after(4), after(5)), Missed(after(1), after(2), 2))
    assert asked("runAll", now=2.5) == Due((after(1), after(2)))


def test_what_is_older_than_the_grace_is_missed_and_never_run() -> None:
    found = asked("runAll", now=48.5, limit=100)
    assert found.run[0] == after(37)
    assert found.missed == Missed(after(1), after(36), 36)


def test_a_single_time_that_was_slept_through_runs_within_the_grace_only() -> None:
    once = Once(after(1))
    assert asked("runOnce", now=2, trigger=once) == Due((after(1),))
    assert asked("runOnce", now=20, trigger=once) == Due((), Missed(after(1), after(1), 1))
    assert asked("runOnce", now=2, since=1, trigger=once) == Due()


def test_a_year_of_minutes_is_counted_no_further_than_a_thousand() -> None:
    found = asked("runOnce", now=24 * 365, trigger=Interval(1, START))
    assert len(found.run) == 1
    assert found.missed is not None
    assert found.missed.is_more


@given(
    st.integers(1, 500),
    st.floats(0, 100),
    st.floats(0, 100),
    st.sampled_from(["skip", "runOnce", "runAll"]),
)
def test_a_tick_is_run_or_missed_and_never_twice(
    minutes: int, since: float, gap: float, policy: MissedPolicy
) -> None:
    """However the time is cut into looks, no tick comes twice."""
    trigger = Interval(minutes, START)
    rule = CatchUp(policy, 5, GRACE)
    middle, end = after(since + gap / 2), after(since + gap)
    one = due(trigger, rule, since=after(since), now=middle)
    two = due(trigger, rule, since=middle, now=end)
    run = (*one.run, *two.run)
    assert len(set(run)) == len(run)
    assert all(after(since) < tick <= end for tick in run)
    assert all(end - tick <= GRACE for tick in two.run)
    for found in (one, two):
        if found.missed:
            assert found.missed.first <= found.missed.last
            assert not [tick for tick in found.run if found.missed.first <= tick <= found.missed.last]


def test_a_look_that_is_a_little_late_is_on_time() -> None:
    just, late = after(1) + PUNCTUAL, after(1) + PUNCTUAL + timedelta(seconds=1)
    rule = CatchUp("skip", 1, GRACE)
    assert due(HOURLY, rule, since=START, now=just).run == (after(1),)
    assert due(HOURLY, rule, since=START, now=late).run == ()
