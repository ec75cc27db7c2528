"""A real window, drawn by Qt without a screen: its title, its colours, how it is closed during a run."""

import re
import time
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, Playwright, expect

from backend.window.placement import Placement, load_placement, save_placement
from engine.events import RunFinished
from ui import sample_runs
from ui.editor import save_automation
from ui.program import LIMIT_S
from ui.window_program import WindowProgram

RUNNING = "Stop runs and close?"


def begin_run(program: WindowProgram, page: Page) -> None:
    page.evaluate("location.hash = '#/automations/mine'")
    page.get_by_role("button", name="Run", exact=True).click()
    expect(page.get_by_role("status").get_by_text("Running")).to_be_visible()
    program.order("close")


def question(page: Page) -> Locator:
    return page.get_by_role("alertdialog", name=RUNNING)


@pytest.fixture
def waiting(program: WindowProgram) -> WindowProgram:
    """Has an automation that does not end by itself."""
    save_automation(program, {"id": "long", "type": "wait", "value": 600})
    return program


def test_closing_during_a_run_asks_first_and_either_answer_is_done(
    waiting: WindowProgram, playwright: Playwright
) -> None:
    with waiting, waiting.page(playwright) as page:
        begin_run(waiting, page)
        question(page).get_by_role("button", name="Keep open").click()
        expect(question(page)).to_be_hidden()
        expect(page.get_by_role("status").get_by_text("Running")).to_be_visible()
        waiting.order("close")
        question(page).get_by_role("button", name="Stop runs and close").click(no_wait_after=True)
        assert waiting.process.wait(LIMIT_S) == 0
    assert [run["outcome"] for run in waiting.app.journal.catalog.runs()] == ["cancelled"]


def test_a_page_that_does_not_answer_cannot_keep_the_window_open(
    waiting: WindowProgram, playwright: Playwright
) -> None:
    with waiting, waiting.page(playwright) as page:
        begin_run(waiting, page)
        expect(question(page)).to_be_visible()
        waiting.order("close")
        waiting.order("press Cancel")
        waiting.hear(re.compile("pressed: Cancel"))
        expect(question(page)).to_be_visible()
        waiting.order("close")
        waiting.order("press OK")
        assert waiting.process.wait(LIMIT_S) == 0


def test_without_a_run_the_window_closes_at_once(program: WindowProgram, playwright: Playwright) -> None:
    with program, program.page(playwright):
        program.order("close")
        assert program.process.wait(LIMIT_S) == 0


def test_title_view_and_colours_follow_the_page_and_the_next_window_begins_with_them(
    program: WindowProgram, playwright: Playwright
) -> None:
    save_placement(program.app.places.window_file, Placement(view="/settings/vault"))
    with program, program.page(playwright) as page:
        program.order("watch")
        program.hear(re.compile("icon: True"))
        program.hear(re.compile("title: Vault"))
        page.evaluate("location.hash = '#/settings/general'")
        program.hear(re.compile("title: General"))
        page.get_by_text("Dark", exact=True).click()
        expect(page.locator("html")).to_have_attribute("data-theme", "dark")
        page.evaluate("location.hash = '#/settings/credentials'")
        program.hear(re.compile("title: Credentials"))
        program.order("close")
        assert program.process.wait(LIMIT_S) == 0
    left = load_placement(program.app.places.window_file)
    assert (left.view, left.is_dark) == ("/settings/credentials", True)


def test_a_file_is_told_to_be_saved_where_the_person_put_it_and_not_before(
    program: WindowProgram, playwright: Playwright, tmp_path: Path
) -> None:
    ended = ("", RunFinished("succeeded"))
    sample_runs.told(program.app.journal, sample_runs.DONE, *sample_runs.ASKED, ended, at=time.time() - 60)
    chosen = tmp_path / "kept.jsonl"
    with program, program.page(playwright) as page:
        page.evaluate(f"location.hash = '#/history/{sample_runs.DONE}'")
        export = page.get_by_role("button", name="Export")
        export.click()
        program.order("save")
        program.hear(re.compile("answered: $"))
        export.click()
        program.order(f"save {chosen}")
        expect(page.get_by_text(f"{chosen} is saved, without secrets.")).to_be_visible()
        expect(page.get_by_text("is saved")).to_have_count(1)
    assert "Ask OpenWeather" in chosen.read_text("utf-8")
