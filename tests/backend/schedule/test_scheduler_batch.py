"""Times that came due together, after the machine slept."""

from datetime import timedelta

from backend.schedule.schedule import Options
from backend.schedule.scheduler import Scheduler
from backend.schedule.store import ScheduleStore
from backend.schedule.trigger import Interval, ProgramStart

from .conftest import START, Make
from .world import World

MINUTE = timedelta(minutes=1)


def test_times_that_are_caught_up_together_wait_for_one_another(store: ScheduleStore, make: Make) -> None:
    made = make(trigger=Interval(1, START), options=Options("runAll", 3))
    world = World(time=START + 4 * MINUTE)
    scheduler = Scheduler(store, world, world.now)
    for _ in range(4):
        scheduler.look()
        world.running.clear()
    assert world.begun == [made.run_id(START + minute * MINUTE) for minute in (1, 2, 3, 4)]
    assert world.told == []


def test_what_starts_with_the_program_starts_once_however_often_it_is_tried(
    store: ScheduleStore, make: Make
) -> None:
    make(trigger=ProgramStart())
    world = World(time=START + MINUTE)
    for is_first in (True, False):
        scheduler = Scheduler(store, world, world.now)
        scheduler.stop()
        scheduler.run(is_first=is_first)
        world.time += MINUTE
    assert len(store.pending()) == 1
