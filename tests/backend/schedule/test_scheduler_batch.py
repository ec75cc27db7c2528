"""Times that came due together, after the machine slept."""

from datetime import timedelta

from backend.schedule.schedule import Options
from backend.schedule.scheduler import Scheduler
from backend.schedule.store import ScheduleStore
from backend.schedule.trigger import Interval

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
