"""A run is started from the page: what posts in a loop is asked about first, with what it costs."""

from collections.abc import Mapping

import pytest
from playwright.sync_api import Page, expect

from ui.accessibility import barriers
from ui.program import Program
from ui.visitor import THEMES, Theme, Visitor

TWEET = {"id": "t", "type": "twitterCreateTweet", "text": "hi"}
LOOP: Mapping[str, object] = {
    "format": "loopi-automation/1",
    "id": "a1",
    "name": "Greetings",
    "steps": [{"id": "each", "type": "forEach", "items": ["a", "b"], "steps": [TWEET]}],
}


@pytest.fixture
def greetings(program: Program) -> Program:
    program.app.automations.save(LOOP)  # type: ignore[arg-type]  # plain JSON
    return program


def asked(page: Page) -> None:
    page.get_by_role("button", name="Run", exact=True).click()
    expect(page.get_by_role("alertdialog", name="Post in a loop?")).to_contain_text("a run costs $0.03")


@pytest.mark.parametrize("theme", THEMES)
def test_a_loop_that_posts_does_not_run_when_nobody_agrees(
    greetings: Program, theme: Theme, visitor: Visitor
) -> None:
    page = visitor.open("automations/a1", theme=theme)
    asked(page)
    assert barriers(page) == []
    page.keyboard.press("Escape")
    expect(page.get_by_role("alertdialog")).to_be_hidden()
    assert greetings.app.journal.catalog.runs() == []


def test_a_loop_that_posts_runs_when_somebody_agreed(greetings: Program, visitor: Visitor) -> None:
    page = visitor.open("automations/a1")
    asked(page)
    page.get_by_role("alertdialog").get_by_role("button", name="Run", exact=True).click()
    expect(page.get_by_text("has no credential").first).to_be_visible()
    assert len(greetings.app.journal.catalog.runs()) == 1
