"""An automation is made to run by itself, in the window. Nothing is run here: the test holds the lock."""

import re
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from filelock import FileLock
from playwright.sync_api import Browser, expect

from backend.schedule.due import Due
from backend.schedule.schedule import Options, Schedule
from backend.schedule.trigger import Cron, ProgramStart
from ui.accessibility import barriers
from ui.editor import STEPS, open_editor, save_automation
from ui.form import field
from ui.moves import PASSPHRASE
from ui.program import Program
from ui.visitor import SMALL, Visitor

BERLIN = Cron("30 7 * * 1-5", "Europe/Berlin")


@pytest.fixture(autouse=True)
def unkept(program: Program) -> Iterator[None]:
    with FileLock(program.app.places.schedules_lock):
        yield


def keep(program: Program, schedule_id: str = "5c", *, is_enabled: bool = True) -> Schedule:
    now = datetime.now(UTC)
    made = Schedule(schedule_id, "mine", BERLIN, Options(), is_enabled=is_enabled, since=now)
    program.app.schedules.put(made)
    return made


def test_an_automation_gets_a_schedule_and_shows_its_next_times_while_it_is_entered(
    visitor: Visitor, program: Program
) -> None:
    save_automation(program, *STEPS)
    page = open_editor(visitor)
    page.get_by_role("button", name="Schedule", exact=True).click()
    dialog = page.get_by_role("dialog", name="Schedule “Mine”")
    dialog.get_by_label("Cron expression").fill("30 2 * * *")
    dialog.get_by_label("Time zone").fill("Europe/Berlin")
    times = page.get_by_role("status", name="Next times").get_by_role("listitem")
    expect(times).to_have_count(5)
    expect(times.filter(has_text=re.compile(r"02:30 CES?T"))).to_have_count(5)
    dialog.get_by_label("Show a notification on the desktop when a run fails").check()
    dialog.get_by_role("button", name="Add schedule").click()
    expect(page.get_by_role("button", name="Schedule: On")).to_be_visible()
    (kept,) = program.app.schedules.all()
    assert (kept.trigger, kept.options) == (Cron("30 2 * * *", "Europe/Berlin"), Options(notifies=True))


def test_the_only_automation_is_offered(visitor: Visitor, program: Program) -> None:
    save_automation(program, *STEPS)
    page = visitor.open("schedules/new")
    expect(field(page.get_by_role("dialog", name="New schedule"), "Automation")).to_have_value("mine")


def test_what_is_wrong_stands_beside_its_field(visitor: Visitor, program: Program) -> None:
    save_automation(program, *STEPS)
    program.add_example("github-latest-work.json")
    page = visitor.open("schedules/new")
    dialog = page.get_by_role("dialog", name="New schedule")
    cron = dialog.get_by_label("Cron expression")
    cron.fill("30 25 * * *")
    expect(cron).to_have_attribute("aria-invalid", "true")
    expect(dialog).to_contain_text("is no cron expression")
    dialog.get_by_label("Time zone").fill("Europe/Atlantis")
    expect(dialog).to_contain_text("There is no such time zone.")
    dialog.get_by_label("Runs").select_option("Once")
    dialog.get_by_label("Time zone").fill("UTC")
    dialog.get_by_label("Day and time").fill("2001-01-01T00:00")
    expect(dialog).to_contain_text("has passed")
    dialog.get_by_role("button", name="Add schedule").click()
    expect(dialog).to_contain_text("Choose the automation that runs.")
    assert program.app.schedules.all() == []


def test_a_schedule_is_changed_from_the_list_of_all(visitor: Visitor, program: Program) -> None:
    save_automation(program, *STEPS)
    keep(program)
    page = visitor.open("schedules")
    page.get_by_role("link", name="Edit the schedule of Mine").click()
    dialog = page.get_by_role("dialog", name="Schedule “Mine”")
    dialog.get_by_label("Runs").select_option("When Loopi starts")
    dialog.get_by_label("The run before goes on").select_option("Let one wait")
    dialog.get_by_label("Missed").select_option("Run the last ones, one after the other")
    dialog.get_by_label("At most").fill("3")
    dialog.get_by_label("Latest start", exact=True).fill("90")
    dialog.get_by_role("button", name="Save changes").click()
    expect(page.get_by_role("list", name="Schedules")).to_contain_text("when Loopi starts")
    (kept,) = program.app.schedules.all()
    assert kept.trigger == ProgramStart()
    assert kept.options == Options("runAll", 3, 90, "queue")


def test_a_schedule_is_switched_off_and_on_and_deleted(visitor: Visitor, program: Program) -> None:
    save_automation(program, *STEPS)
    keep(program)
    page = visitor.open("schedules")
    page.get_by_role("button", name="Turn off the schedule of Mine").click()
    expect(page.get_by_role("list", name="Schedules").get_by_text("Off", exact=True)).to_be_visible()
    assert [each.is_enabled for each in program.app.schedules.all()] == [False]
    page.get_by_role("button", name="Turn on the schedule of Mine").click()
    expect(page.get_by_role("list", name="Schedules").get_by_text("On", exact=True)).to_be_visible()
    page.get_by_role("button", name="Delete the schedule of Mine").click()
    page.get_by_role("alertdialog").get_by_role("button", name="Delete").click()
    expect(page.get_by_role("heading", name="No schedules yet")).to_be_visible()
    assert program.app.schedules.all() == []


def test_the_list_of_automations_shows_which_run_by_themselves(visitor: Visitor, program: Program) -> None:
    save_automation(program, *STEPS)
    keep(program)
    page = visitor.open("automations")
    expect(page.get_by_role("main")).to_contain_text("Schedule on")
    program.app.schedules.put(keep(program, is_enabled=False))
    expect(page.get_by_role("main")).to_contain_text("Schedule off")


def test_the_history_says_what_was_missed_and_why(visitor: Visitor, program: Program) -> None:
    save_automation(program, *STEPS)
    words = "Missed at 2026-01-31 07:30 UTC: the run before was not over."
    error = {"code": "schedule.missed", "message": words}
    failed = {"code": "automation.invalid", "message": "The automation cannot run."}
    for run_id, outcome, why in (("5c-1-missed", "missed", error), ("5c-2", "failed", failed)):
        program.app.journal.catalog.note(run_id, ("mine", "Mine"), time.time(), why, outcome=outcome)
    page = visitor.open("history")
    page.get_by_label("Outcome").select_option("Missed")
    row = page.get_by_role("main").get_by_role("link", name="Mine")
    expect(row).to_have_count(1)
    expect(row).to_contain_text(words)
    row.click()
    expect(page.get_by_role("heading", name="Mine", level=1)).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text("Nothing was run, so there are no steps and no log.")
    expect(page.get_by_role("button", name="Resume")).to_have_count(0)
    page = visitor.open("history/5c-2")
    expect(page.get_by_role("alert")).to_contain_text("The automation cannot run.")
    page.get_by_role("button", name="Delete").click()
    page.get_by_role("alertdialog").get_by_role("button", name="Delete").click()
    expect(page.get_by_role("heading", name="History", level=1)).to_be_visible()


def wait_for_unlock(program: Program) -> None:
    """One run of its only automation is due, and the vault was locked."""
    save_automation(program, *STEPS)
    made = keep(program)
    program.app.schedules.take(made.id, datetime.now(UTC), lambda _: Due((datetime.now(UTC),)))
    (tick,) = program.app.schedules.pending()
    program.app.schedules.move(tick, "waitingForUnlock")


def test_a_run_that_waits_for_the_vault_is_seen(visitor: Visitor, program: Program) -> None:
    wait_for_unlock(program)
    page = visitor.open("schedules")
    expect(page.get_by_role("list", name="Schedules")).to_contain_text("Waiting for unlock")


def test_who_is_asked_to_unlock_learns_how_many_runs_wait_and_no_name(
    browser: Browser, tmp_path: Path
) -> None:
    program = Program(tmp_path / "locked", passphrase=PASSPHRASE)
    program.add("basic", "Staging server", username="ada", password="not-a-secret-0123456789")
    wait_for_unlock(program)
    with FileLock(program.app.places.schedules_lock), program:
        visitor = Visitor.arrive(browser, program)
        page = visitor.open("automations")
        expect(page.get_by_role("heading", name="The vault is locked")).to_be_visible()
        expect(page.get_by_role("main")).to_contain_text("One scheduled run begins once the vault is open.")
        assert "Mine" not in page.content()
        assert barriers(page) == []
        visitor.leave()


def test_when_the_vault_does_not_open_it_is_told_what_waits_for_it(browser: Browser, tmp_path: Path) -> None:
    program = Program(tmp_path / "lost")
    program.add("basic", "Staging server", username="ada", password="not-a-secret-0123456789")
    wait_for_unlock(program)
    (program.app.places.vault_dir / "credentials.json.enc").write_bytes(b"This is no vault.")
    with FileLock(program.app.places.schedules_lock), program:
        visitor = Visitor.arrive(browser, program)
        page = visitor.open("automations")
        expect(page.get_by_role("heading", name="The vault does not open")).to_be_visible()
        expect(page.get_by_role("main")).to_contain_text("One scheduled run begins once the vault is open.")
        expect(page.get_by_role("button", name="Start with an empty vault…")).to_be_visible()
        assert barriers(page) == []
        visitor.leave()


def test_several_schedules_of_an_automation_open_as_a_list_of_their_own(
    visitor: Visitor, program: Program
) -> None:
    save_automation(program, *STEPS)
    keep(program)
    keep(program, "5d", is_enabled=False)
    other = replace(keep(program, "5e"), automation_id="gone")
    program.app.schedules.put(other)
    page = open_editor(visitor)
    page.get_by_role("button", name="Schedule: On").click()
    rows = page.get_by_role("list", name="Schedules").get_by_role("listitem")
    expect(rows).to_have_count(2)
    expect(page.get_by_role("main")).to_contain_text("Only those of “Mine”.")
    assert barriers(page) == []
    page.get_by_role("button", name="New schedule").click()
    dialog = page.get_by_role("dialog", name="New schedule")
    expect(field(dialog, "Automation")).to_have_value("mine")
    dialog.get_by_role("button", name="Cancel").click()
    rows.first.get_by_role("link").click()
    page.get_by_role("dialog", name="Schedule “Mine”").get_by_role("button", name="Cancel").click()
    expect(rows).to_have_count(2)
    page.get_by_role("link", name="Show all schedules").click()
    expect(rows).to_have_count(3)


def test_in_the_smallest_window_a_next_time_is_seen_before_anything_is_scrolled(visitor: Visitor) -> None:
    page = visitor.open("schedules/new", size=SMALL)
    time = page.get_by_role("status", name="Next times").get_by_role("listitem").first.bounding_box()
    button = page.get_by_role("button", name="Add schedule").bounding_box()
    assert time
    assert button
    assert time["y"] + time["height"] <= button["y"]
