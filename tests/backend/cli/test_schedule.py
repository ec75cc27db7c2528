"""`loopi schedule`: list, remove, enable, disable, next, run-pending."""

import random
import signal
import subprocess
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from filelock import FileLock

from backend.places import Places
from backend.runs.journal import Journal
from backend.schedule.due import Due
from backend.schedule.store import ScheduleStore
from servers.command_line import Cli

GREET = {"id": "g", "type": "setVariable", "variableName": "t", "value": "hi"}
FAIL = {"id": "f", "type": "stop", "outcome": "failed", "message": "No."}


def add(cli: Cli, *options: str, step: object = GREET) -> str:
    cli("automations", "import", cli.file("greeting", step))
    added = cli("schedule", "add", "Greeting", *(options or ("--every", "1h")), "--json")
    assert added.code == 0, added
    return str(added.json["id"])


def make_due(cli: Cli, schedule_id: str, *minutes_ago: int) -> list[str]:
    """Let these ticks be due, as a look at the clock would; return the ids of their runs."""
    places, now = Places(cli.home), datetime.now(UTC).replace(microsecond=0)
    ticks = tuple(now - timedelta(minutes=each) for each in minutes_ago)
    store = ScheduleStore(places.schedules_db)
    store.take(schedule_id, datetime.now(UTC), lambda _: Due(ticks))
    found = store.get(schedule_id)
    store.close()
    return [found.run_id(tick) for tick in ticks]


def outcomes(cli: Cli) -> dict[str, object]:
    journal = Journal(Places(cli.home).history_db)
    found = {str(row["run_id"]): row["outcome"] for row in journal.catalog.runs()}
    journal.close()
    return found


def test_what_was_added_is_listed_with_its_next_time(cli: Cli) -> None:
    schedule_id = add(cli, "--cron", "30 2 * * *", "--timezone", "Europe/Berlin")
    (listed,) = cli("schedule", "list", "--json").json
    assert listed["id"] == schedule_id
    assert listed["trigger"] == {"kind": "cron", "expression": "30 2 * * *", "zone": "Europe/Berlin"}
    assert len(listed["next"]) == 5
    assert cli("schedule", "list").out.startswith("Greeting\t30 2 * * * (Europe/Berlin)\t20")


def test_nothing_to_list_is_said(cli: Cli) -> None:
    assert "loopi schedule add" in cli("schedule", "list").err


def test_a_disabled_schedule_has_no_next_time_until_it_is_enabled(cli: Cli) -> None:
    schedule_id = add(cli)
    assert cli("schedule", "disable", schedule_id, "--json").json["next"] == []
    assert "\toff\t" in cli("schedule", "list").out
    assert len(cli("schedule", "enable", schedule_id, "--json").json["next"]) == 5


def test_the_next_times_are_shown_as_many_as_asked_for(cli: Cli) -> None:
    schedule_id = add(cli)
    assert len(cli("schedule", "next", schedule_id, "--count", "7").out.splitlines()) == 7
    assert list(cli("schedule", "next", "--json").json) == [schedule_id]


def test_what_is_removed_is_gone_and_the_automation_stays(cli: Cli) -> None:
    schedule_id = add(cli)
    assert cli("schedule", "remove", schedule_id).code == 2
    assert cli("schedule", "remove", schedule_id, "--yes").code == 0
    assert cli("schedule", "list", "--json").json == []
    assert len(cli("automations", "list", "--json").json) == 1


@pytest.mark.parametrize("verb", [("remove", "--yes"), ("enable",), ("disable",), ("next",)])
def test_a_schedule_that_is_not_there_is_said(cli: Cli, verb: tuple[str, ...]) -> None:
    ended = cli("schedule", verb[0], "nothing", *verb[1:], "--json")
    assert (ended.code, ended.error) == (2, "schedule.missing")


def test_what_is_pending_is_run_and_waited_for(cli: Cli) -> None:
    schedule_id = add(cli)
    (run_id,) = make_due(cli, schedule_id, 1)
    ended = cli("schedule", "run-pending")
    assert (ended.code, ended.out) == (0, "Greeting has started.\nGreeting succeeded.\n")
    assert outcomes(cli) == {run_id: "succeeded"}
    assert cli("schedule", "run-pending").out == ""


def test_a_run_that_fails_is_the_commands_exit_code(cli: Cli) -> None:
    make_due(cli, add(cli, step=FAIL), 1)
    ended = cli("schedule", "run-pending")
    assert ended.code == 1
    assert "Greeting failed: No." in ended.out


def test_an_automation_that_is_gone_is_in_the_history_with_its_reason(cli: Cli) -> None:
    schedule_id = add(cli)
    # By hand: the program would delete its schedules with it.
    for file in Places(cli.home).automations.glob("*.json"):
        file.unlink()
    (run_id,) = make_due(cli, schedule_id, 1)
    cli("schedule", "run-pending")
    assert outcomes(cli) == {run_id: "failed"}


def test_what_is_too_late_is_in_the_history_as_missed(cli: Cli) -> None:
    schedule_id = add(cli, "--every", "1h", "--grace", "5m")
    (run_id,) = make_due(cli, schedule_id, 10)
    assert cli("schedule", "run-pending").out == ""
    assert outcomes(cli) == {f"{run_id}-missed": "missed"}


def test_while_another_process_keeps_the_schedules_nothing_is_run_twice(cli: Cli) -> None:
    make_due(cli, add(cli), 1)
    with FileLock(Places(cli.home).schedules_lock):
        ended = cli("schedule", "run-pending", "--json")
    assert (ended.code, ended.error) == (1, "schedule.kept_elsewhere")
    assert outcomes(cli) == {}


def test_each_tick_has_one_run_however_often_the_program_is_killed(cli: Cli) -> None:
    schedule_id = add(cli, "--every", "1h", "--overlap", "parallel")
    run_ids = make_due(cli, schedule_id, *range(1, 9))
    chance = random.Random(7)
    for _ in range(12):
        process = subprocess.Popen(
            cli.command("schedule", "run-pending"),
            env=cli.environ(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        with suppress(subprocess.TimeoutExpired):
            process.wait(timeout=chance.uniform(0.2, 1.5))
        process.send_signal(signal.SIGKILL)
        process.wait()
    assert cli("schedule", "run-pending").code in (0, 1)
    assert outcomes(cli).keys() == set(run_ids)


def test_runs_of_a_schedule_can_be_named_by_what_the_list_shows(cli: Cli) -> None:
    make_due(cli, add(cli), 3, 2)
    assert cli("schedule", "run-pending").code == 0
    cli("schedule", "run-pending")
    named = cli("history", "list").out.partition("\t")[0]
    assert cli("history", "show", named).code == 0
