"""What is kept, and that each tick is taken once."""

import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from backend.schedule.due import Due
from backend.schedule.errors import ScheduleError
from backend.schedule.schedule import Options, Schedule
from backend.schedule.store import ScheduleStore, Tick
from backend.schedule.trigger import Once
from servers.command_line import ROOT

from .conftest import START, Make

HOUR = timedelta(hours=1)
TAKING = """
import sys
from datetime import datetime, timedelta
from pathlib import Path
from backend.schedule.due import CatchUp, due
from backend.schedule.store import ScheduleStore
store, start = ScheduleStore(Path(sys.argv[1])), datetime.fromisoformat(sys.argv[2])
rule = CatchUp("runAll", 100, timedelta(hours=12))
for step in range(400):
    now = start + timedelta(minutes=3 * step)
    for tick in store.take("s1", now, lambda kept: due(kept.trigger, rule, since=kept.since, now=now)).run:
        print(int(tick.timestamp()))
"""


def take(store: ScheduleStore, *ticks: datetime, now: datetime = START + HOUR) -> Due:
    return store.take("s1", now, lambda _: Due(ticks))


def test_a_schedule_is_kept_with_all_that_it_says(store: ScheduleStore, make: Make, file: Path) -> None:
    options = Options("runAll", 7, 45, "queue", notifies=True)
    made = [make("s1", options=options), make("s2", Once(START + HOUR), is_enabled=False)]
    assert ScheduleStore(file).all() == made
    assert store.get("s2") == made[1]


def test_what_is_not_there_is_said(store: ScheduleStore) -> None:
    with pytest.raises(ScheduleError) as refused:
        store.get("s9")
    assert refused.value.code == "schedule.missing"
    with pytest.raises(ScheduleError):
        store.remove("s9")


def test_what_is_taken_is_due_once(store: ScheduleStore, make: Make) -> None:
    make()
    assert take(store, START + HOUR).run == (START + HOUR,)
    assert take(store, START + HOUR) == Due()
    assert [tick.at for tick in store.pending()] == [START + HOUR]


def test_a_look_that_finds_nothing_due_writes_nothing(store: ScheduleStore, make: Make, file: Path) -> None:
    make()
    with closing(sqlite3.connect(file)) as watcher:
        (before,) = watcher.execute("PRAGMA data_version").fetchone()
        assert take(store) == Due()
        assert watcher.execute("PRAGMA data_version").fetchone() == (before,)
        take(store, START + HOUR)
        assert watcher.execute("PRAGMA data_version").fetchone() != (before,)


def test_a_tick_that_is_due_again_after_the_clock_was_set_back_is_not_run_again(
    store: ScheduleStore, make: Make
) -> None:
    made = make()
    take(store, START + HOUR)
    tick = store.pending()[0]
    assert store.move(tick, "started")
    store.put(made)
    take(store, START + HOUR)
    assert store.pending() == []


def test_a_tick_moves_for_one_of_two_who_saw_it(store: ScheduleStore, make: Make) -> None:
    make()
    take(store, START + HOUR)
    seen = store.pending()[0]
    assert store.move(seen, "starting")
    assert not store.move(seen, "starting")
    assert [tick.state for tick in store.starting()] == ["starting"]


def test_a_disabled_schedule_has_nothing_due_and_nothing_waiting(store: ScheduleStore, make: Make) -> None:
    make()
    take(store, START + HOUR)
    make(is_enabled=False)
    assert store.pending() == []
    assert take(store, START + 2 * HOUR, now=START + 2 * HOUR) == Due()


def test_what_is_removed_takes_its_ticks_along(store: ScheduleStore, make: Make) -> None:
    made = make()
    take(store, START + HOUR)
    assert store.remove("s1").id == made.id
    assert store.all() == []
    assert store.pending() == []


def test_with_an_automation_go_all_its_schedules_and_no_others(store: ScheduleStore, make: Make) -> None:
    first = make("s1")
    store.put(replace(first, id="s2"))
    store.put(replace(first, id="s3", automation_id="other"))
    store.remove_of(first.automation_id)
    assert [each.id for each in store.all()] == ["s3"]


def test_a_run_has_the_same_id_in_every_process(make: Make) -> None:
    tick = Tick(make(), START + HOUR, "due")
    assert tick.run_id == f"s1-{int((START + HOUR).timestamp())}"


def test_four_processes_take_every_tick_once(make: Make, file: Path) -> None:
    make()
    command = [sys.executable, "-c", TAKING, str(file), START.isoformat()]
    processes = [subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) for _ in range(4)]
    taken = [int(line) for process in processes for line in process.communicate()[0].split()]
    assert [process.returncode for process in processes] == [0] * 4
    # 400 looks, three minutes apart, see 19 full hours.
    assert sorted(taken) == [int((START + hours * HOUR).timestamp()) for hours in range(1, 20)]


def test_a_database_that_is_none_is_said_with_what_to_do(tmp_path: Path) -> None:
    broken = tmp_path / "broken.db"
    broken.write_text("no database" * 100)
    with pytest.raises(ScheduleError) as refused:
        ScheduleStore(broken)
    assert refused.value.code == "schedule.unusable"
    assert refused.value.hint


def test_a_schedule_that_was_changed_by_hand_into_nonsense_is_said(store: ScheduleStore, make: Make) -> None:
    kept = make().to_json()
    for key, value in (("trigger", {"kind": "sometimes"}), ("missed", "maybe"), ("limit", "many")):
        with pytest.raises((ScheduleError, ValueError)):
            Schedule.from_json(json.loads(json.dumps({**kept, key: value})), since=START)


def test_ticks_long_over_are_forgotten(store: ScheduleStore, make: Make) -> None:
    make()
    ticks = [START + timedelta(minutes=minute) for minute in range(1, 300)]
    take(store, *ticks)
    for tick in store.pending():
        store.move(tick, "started")
    with store._transaction() as db:  # noqa: SLF001 - there is no other way to see what is not shown
        (kept,) = db.execute("SELECT count(*) FROM ticks").fetchone()
    assert kept == 200


def test_a_tick_that_a_crash_left_half_begun_goes_with_a_disabled_schedule(
    store: ScheduleStore, make: Make
) -> None:
    schedule = make()
    store.take(schedule.id, START + timedelta(hours=1), lambda _: Due((START,)))
    (tick,) = store.pending()
    store.move(tick, "starting")
    store.put(replace(schedule, is_enabled=False))
    assert (store.starting(), store.pending()) == ([], [])


def test_a_clock_that_was_ahead_silences_no_schedule(store: ScheduleStore, make: Make) -> None:
    schedule = make()
    store.put(replace(schedule, since=START + timedelta(days=400)))
    assert store.take(schedule.id, START, lambda _: Due((START,))) == Due()
    assert store.get(schedule.id).since == START
    later = START + timedelta(minutes=1)
    assert store.take(schedule.id, later, lambda _: Due((later,))) == Due((later,))
