"""A store in a folder of the test's own, and schedules to put into it."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from backend.schedule.schedule import Options, Schedule
from backend.schedule.store import ScheduleStore
from backend.schedule.trigger import Interval, Trigger

START = datetime(2026, 1, 1, tzinfo=UTC)
Make = Callable[..., Schedule]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "schedules.db"


@pytest.fixture
def store(file: Path) -> Iterator[ScheduleStore]:
    store = ScheduleStore(file)
    yield store
    store.close()


@pytest.fixture
def make(store: ScheduleStore) -> Make:
    """Puts a schedule into the store: hourly from START on, if nothing else is said."""

    def put(
        schedule_id: str = "s1",
        trigger: Trigger | None = None,
        *,
        options: Options | None = None,
        is_enabled: bool = True,
    ) -> Schedule:
        made = Schedule(
            schedule_id,
            f"automation of {schedule_id}",
            trigger or Interval(60, START),
            options or Options(),
            is_enabled=is_enabled,
            since=START,
        )
        store.put(made)
        return made

    return put
