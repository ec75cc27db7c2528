"""`loopi schedule add`: what its options mean."""

import pytest

from backend.cli.prompt import UsageProblem
from backend.cli.schedule_add import minutes
from servers.command_line import Cli

GREET = {"id": "g", "type": "setVariable", "variableName": "t", "value": "hi"}


@pytest.fixture
def saved(cli: Cli) -> Cli:
    cli("automations", "import", cli.file("greeting", GREET))
    return cli


@pytest.mark.parametrize(
    ("options", "trigger"),
    [
        (("--every", "2h"), {"kind": "interval", "minutes": 120}),
        (("--cron", "0 9 * * 1"), {"kind": "cron", "expression": "0 9 * * 1", "zone": "UTC"}),
        (("--at", "2099-01-31 18:00"), {"kind": "once", "at": "2099-01-31T18:00:00+00:00"}),
        (("--on-start",), {"kind": "programStart"}),
    ],
)
def test_each_way_to_say_when_is_kept(
    saved: Cli, options: tuple[str, ...], trigger: dict[str, object]
) -> None:
    added = saved("schedule", "add", "Greeting", *options, "--timezone", "UTC", "--json").json
    assert trigger.items() <= added["trigger"].items()


def test_what_holds_when_it_cannot_run_is_kept(saved: Cli) -> None:
    options = ("--missed", "run-all", "--limit", "3", "--grace", "2d", "--overlap", "queue", "--notify")
    added = saved("schedule", "add", "Greeting", "--every", "1d", *options, "--json").json
    assert added["missed"] == "runAll"
    assert (added["limit"], added["graceMinutes"], added["overlap"]) == (3, 2880, "queue")
    assert added["notifies"] is True


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ((), "usage.when"),
        (("--every", "1h", "--on-start"), "usage.when"),
        (("--every", "soon"), "usage.no_duration"),
        (("--every", "0m"), "schedule.invalid"),
        (("--cron", "often"), "schedule.invalid"),
        (("--cron", "0 0 * * *", "--timezone", "Mars/Olympus"), "schedule.invalid"),
        (("--at", "2020-01-01 00:00"), "schedule.invalid"),
        (("--at", "tomorrow"), "schedule.invalid"),
        (("--every", "1h", "--missed", "never"), "schedule.invalid"),
        (("--every", "1h", "--overlap", "maybe"), "schedule.invalid"),
    ],
)
def test_what_does_not_say_when_is_refused_and_nothing_is_kept(
    saved: Cli, options: tuple[str, ...], code: str
) -> None:
    ended = saved("schedule", "add", "Greeting", *options, "--json")
    assert (ended.code, ended.error) == (2, code)
    assert saved("schedule", "list", "--json").json == []


def test_an_automation_that_is_not_saved_is_said(cli: Cli) -> None:
    ended = cli("schedule", "add", "Nothing", "--every", "1h", "--json")
    assert (ended.code, ended.error) == (2, "automation.missing")


def test_a_length_of_time_has_a_number_and_a_unit() -> None:
    assert [minutes(each) for each in ("15m", "2h", "1d")] == [15, 120, 1440]
    for wrong in ("15", "m", "-1h", "1.5h", "1w", ""):
        with pytest.raises(UsageProblem):
            minutes(wrong)
