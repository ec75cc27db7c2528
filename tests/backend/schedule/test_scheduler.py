"""What the scheduler starts, lets wait and lets go, by the wall clock alone."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from backend.schedule.schedule import Options
from backend.schedule.scheduler import Scheduler, coming
from backend.schedule.store import ScheduleStore, Tick
from backend.schedule.trigger import Interval, Once, ProgramStart

from .conftest import START, Make
from .world import World

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def scheduler(store: ScheduleStore, world: World) -> Iterator[Scheduler]:
    scheduler = Scheduler(store, world, world.now)
    yield scheduler
    scheduler.stop()


def look(scheduler: Scheduler, world: World, at: timedelta) -> list[str]:
    """The runs that this look starts, by schedule and hours since START."""
    before = len(world.begun)
    world.time = START + at
    scheduler.look()
    return world.begun[before:]


def run_id(hours: float, schedule_id: str = "s1") -> str:
    return f"{schedule_id}-{int((START + timedelta(hours=hours)).timestamp())}"


def test_a_tick_is_started_once_when_its_time_has_come(
    scheduler: Scheduler, world: World, make: Make
) -> None:
    make()
    assert look(scheduler, world, HOUR - MINUTE) == []
    assert look(scheduler, world, HOUR) == [run_id(1)]
    assert look(scheduler, world, HOUR + MINUTE) == []


def test_what_was_slept_through_runs_once_and_the_rest_is_told(
    scheduler: Scheduler, world: World, make: Make
) -> None:
    make()
    assert look(scheduler, world, 5.5 * HOUR) == [run_id(5)]
    assert world.told == [("s1", 4, "asleep")]


def test_an_automation_that_posts_is_caught_up_within_one_hour_only(
    scheduler: Scheduler, world: World, make: Make
) -> None:
    make("s1", Once(START + HOUR))
    world.is_posting = True
    assert look(scheduler, world, 2.5 * HOUR) == []
    assert world.told == [("s1", 1, "asleep")]


def test_a_tick_is_let_go_while_the_run_before_goes_on(
    scheduler: Scheduler, world: World, make: Make
) -> None:
    make()
    look(scheduler, world, HOUR)
    assert look(scheduler, world, 2 * HOUR) == []
    assert world.told == [("s1", 1, "overlap")]
    world.running.clear()
    assert look(scheduler, world, 3 * HOUR) == [run_id(3)]


def test_one_tick_waits_for_the_run_before_when_the_schedule_queues(
    scheduler: Scheduler, world: World, make: Make
) -> None:
    make(options=Options(overlap="queue"))
    for hours in (1, 2, 3):
        look(scheduler, world, hours * HOUR)
    assert world.begun == [run_id(1)]
    assert world.told == [("s1", 1, "overlap")]
    world.running.clear()
    assert look(scheduler, world, 3 * HOUR + MINUTE) == [run_id(2)]


def test_parallel_runs_start_beside_each_other(scheduler: Scheduler, world: World, make: Make) -> None:
    make(options=Options(overlap="parallel"))
    for hours in (1, 2):
        look(scheduler, world, hours * HOUR)
    assert world.begun == [run_id(1), run_id(2)]


def test_missed_ticks_are_all_run_one_after_the_other(scheduler: Scheduler, world: World, make: Make) -> None:
    make(options=Options("runAll"))
    assert look(scheduler, world, 3.5 * HOUR) == [run_id(1)]
    for hours in (2, 3):
        world.running.clear()
        assert look(scheduler, world, 3.5 * HOUR + hours * MINUTE) == [run_id(hours)]
    assert world.told == []


def test_a_locked_vault_makes_a_tick_wait_and_it_runs_when_unlocked(
    scheduler: Scheduler, world: World, make: Make, store: ScheduleStore
) -> None:
    make()
    world.is_locked = True
    assert look(scheduler, world, HOUR) == []
    assert [tick.state for tick in store.pending()] == ["waitingForUnlock"]
    world.is_locked = False
    assert look(scheduler, world, HOUR + 30 * MINUTE) == [run_id(1)]


def test_a_vault_that_stays_locked_makes_the_tick_a_missed_one(
    scheduler: Scheduler, world: World, make: Make
) -> None:
    make("s1", Once(START + HOUR))
    world.is_locked = True
    look(scheduler, world, HOUR)
    world.is_locked = False
    assert look(scheduler, world, 14 * HOUR) == []
    assert world.told == [("s1", 1, "locked")]


def test_a_machine_that_woke_waits_for_its_network(scheduler: Scheduler, world: World, make: Make) -> None:
    make()
    look(scheduler, world, MINUTE)
    world.is_connected = False
    assert look(scheduler, world, 5.5 * HOUR) == []
    world.is_connected = True
    assert look(scheduler, world, 5.5 * HOUR + MINUTE) == [run_id(5)]


def test_without_a_network_for_minutes_a_tick_runs_all_the_same(
    scheduler: Scheduler, world: World, make: Make
) -> None:
    """What an automation asks of this machine alone must not wait for a network that never comes."""
    make()
    world.is_connected = False
    for minute in range(30, 40):
        look(scheduler, world, 5 * HOUR + minute * MINUTE)
    assert world.begun == [run_id(5)]


def test_the_start_of_the_program_is_a_tick(scheduler: Scheduler, world: World, make: Make) -> None:
    make("s1", ProgramStart())
    world.time = START + MINUTE
    scheduler.begin()
    assert look(scheduler, world, MINUTE) == [run_id(1 / 60)]
    assert look(scheduler, world, 5 * HOUR) == []


def test_what_a_crash_left_half_begun_is_begun_once(
    scheduler: Scheduler, world: World, make: Make, store: ScheduleStore
) -> None:
    make()
    world.is_locked = True
    look(scheduler, world, HOUR)
    store.move(store.pending()[0], "starting")
    world.is_locked = False
    scheduler.begin()
    assert look(scheduler, world, HOUR + MINUTE) == [run_id(1)]
    store.move(Tick(store.get("s1"), START + HOUR, "started"), "starting")
    scheduler.begin()
    assert look(scheduler, world, HOUR + 2 * MINUTE) == []


def test_a_schedule_that_cannot_run_does_not_keep_the_others(
    scheduler: Scheduler, world: World, make: Make, store: ScheduleStore
) -> None:
    make("bad")
    make("good", Interval(60, START))
    world.broken = {"bad"}
    assert look(scheduler, world, HOUR) == [run_id(1, "good")]
    assert store.pending() == []


def test_a_disabled_schedule_starts_nothing(scheduler: Scheduler, world: World, make: Make) -> None:
    make(is_enabled=False)
    assert look(scheduler, world, HOUR) == []


def test_the_next_times_are_those_of_the_schedules_that_are_enabled(make: Make) -> None:
    found = coming([make("on"), make("off", is_enabled=False)], now=START, count=2)
    assert found == {"on": [START + HOUR, START + 2 * HOUR]}


def test_a_scheduler_that_runs_stops_at_once(store: ScheduleStore, make: Make, tmp_path: Path) -> None:
    import threading

    world = World(START + HOUR)
    make()
    scheduler = Scheduler(store, world, world.now)
    thread = threading.Thread(target=scheduler.run)
    thread.start()
    scheduler.stop()
    thread.join(timeout=10)
    assert not thread.is_alive()
