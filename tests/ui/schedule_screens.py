"""The screens of schedules, and of what they left in the history."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime

from playwright.sync_api import Page

from backend.schedule.schedule import Options, Schedule
from backend.schedule.trigger import Cron, Once
from ui.program import Program

MISSED = "5c0-1-missed"
WHY = {
    "code": "schedule.missed",
    "message": "Missed 4 times from 2026-01-31 07:30 to 2026-02-03 07:30 UTC: Loopi was not running, or the"
    " computer slept.",
}


def stay(page: Page) -> None:
    page.get_by_role("heading", level=1).wait_for()


def schedule_new(page: Page) -> None:
    page.get_by_role("status", name="Next times").get_by_role("listitem").first.wait_for()


def schedule_wrong(page: Page) -> None:
    schedule_new(page)
    page.get_by_label("Cron expression").fill("30 25 * * *")
    page.get_by_text("is no cron expression").wait_for()


SCREENS: Mapping[str, tuple[str, Callable[[Page], None]]] = {
    "schedules": ("schedules", stay),
    "schedule-new": ("schedules/new", schedule_new),
    "schedule-wrong": ("schedules/new", schedule_wrong),
    "run-missed": (f"history/{MISSED}", stay),
}


def fill_schedules(program: Program, automation_id: str) -> None:
    """One that is on, long before it is due, and one that is off: nothing is run."""
    now = datetime.now(UTC)
    once, daily = Once(datetime(2090, 1, 31, 18, tzinfo=UTC)), Cron("30 7 * * 1-5", "Europe/Berlin")
    on = Schedule("5c0", automation_id, once, Options(), is_enabled=True, since=now)
    program.app.schedules.put(on)
    program.app.schedules.put(replace(on, id="5c1", trigger=daily, is_enabled=False))
    program.app.journal.catalog.note(
        MISSED, (automation_id, "Morning weather"), now.timestamp() - 9000, WHY, outcome="missed"
    )
