"""What holds for the whole page: the link, the lock, the keys, the theme."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from engine.model import Json
from ui.form import field
from ui.program import Program
from ui.visitor import Visitor

VIEW = "settings/credentials"
PASSPHRASE = "correct horse battery staple"
SECRET = "s3cr3t-of-the-page"


@pytest.fixture
def locked(tmp_path: Path, browser: Browser) -> Iterator[Page]:
    """The page of a program whose vault has a passphrase that nobody has given."""
    program = Program(tmp_path / "home", passphrase=PASSPHRASE)
    program.add("basic", "Login", username="ada", password=SECRET)
    with program:
        visitor = Visitor.arrive(browser, program)
        yield visitor.open(VIEW)
        visitor.leave()


def test_the_link_lets_one_browser_in_once(visitor: Visitor, browser: Browser) -> None:
    visitor.open()
    stranger = browser.new_context().new_page()
    answer = stranger.goto(visitor.program.link)
    assert answer is not None
    assert answer.status == 403
    stranger.context.close()


def test_a_locked_vault_asks_for_its_passphrase_and_then_shows_what_was_asked_for(locked: Page) -> None:
    expect(locked.get_by_label("Passphrase")).to_be_focused()
    locked.keyboard.type(PASSPHRASE)
    locked.keyboard.press("Enter")
    expect(locked.get_by_role("link", name="Login", exact=True)).to_be_visible()


def test_a_wrong_passphrase_is_told_beside_the_field(locked: Page) -> None:
    locked.get_by_label("Passphrase").fill("not it")
    locked.get_by_role("button", name="Unlock").click()
    expect(locked.get_by_role("alert")).to_contain_text(re.compile("passphrase", re.IGNORECASE))
    expect(locked.get_by_label("Passphrase")).to_be_visible()


def test_a_credential_is_added_by_keys_alone(visitor: Visitor, program: Program) -> None:
    page = visitor.open(VIEW)
    expect(page.get_by_role("heading", name="Credentials", level=1)).to_be_visible()
    page.keyboard.press("n")
    dialog = page.get_by_role("dialog", name="Add credential")
    expect(field(dialog, "Name")).to_be_focused()
    for typed in ("Login", "Basic", "ada", SECRET):
        page.keyboard.type(typed)
        page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    expect(dialog).to_be_hidden()
    expect(page.get_by_role("link", name="Login", exact=True)).to_be_visible()
    assert program.app.credentials.get("Login").fields["username"] == "ada"


def test_escape_closes_a_dialog_and_the_focus_returns(visitor: Visitor) -> None:
    page = visitor.open(VIEW)
    opener = page.get_by_role("button", name="Add credential").first
    opener.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(opener).to_be_focused()


def test_the_theme_that_was_chosen_stays(visitor: Visitor) -> None:
    page = visitor.open("settings/general")
    page.get_by_role("radio", name="Dark").check()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    again = visitor.open("settings/general")
    expect(again.locator("html")).to_have_attribute("data-theme", "dark")
    expect(again.get_by_role("radio", name="Dark")).to_be_checked()
    # From its first bytes on: nothing is painted in the other colours before the page has asked.
    assert '<html lang="en" data-theme="dark">' in again.context.request.get(again.url.split("#")[0]).text()


@pytest.mark.parametrize("title", ["Export a bundle", "Import a bundle", "Import credentials"])
def test_what_comes_and_goes_is_found_in_the_palette(visitor: Visitor, title: str) -> None:
    page = visitor.open("history")
    page.get_by_role("heading", name="History", level=1).wait_for()
    page.keyboard.press("Control+k")
    page.keyboard.type(title)
    expect(page.get_by_role("option", selected=True)).to_contain_text(title)
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name=title.split(maxsplit=1)[0])
    expect(dialog).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()


BARE: dict[str, Json] = {
    "format": "loopi-automation/1",
    "steps": [{"id": "w", "type": "wait", "value": 0}],
}


def test_what_is_chosen_in_the_palette_stays_chosen_when_more_arrives(
    visitor: Visitor, program: Program
) -> None:
    program.app.automations.save({**BARE, "id": "h", "name": "History"})
    page = visitor.open(VIEW)
    page.get_by_role("heading", name="Credentials", level=1).wait_for()
    held: list[Route] = []
    page.route("**/api/automations.list", lambda route: held.append(route))  # noqa: PLW0108 - it is marked
    with page.expect_request("**/api/automations.list"):
        page.keyboard.press("Control+k")
    page.keyboard.type("history")
    chosen = page.get_by_role("option", selected=True)
    expect(chosen).to_contain_text("Go to History")
    for route in held:
        route.continue_()
    expect(page.get_by_role("option", name="Edit “History”")).to_be_visible()
    expect(chosen).to_contain_text("Go to History")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="History", level=1)).to_be_visible()


def test_the_palette_finds_a_view_by_its_name(visitor: Visitor) -> None:
    page = visitor.open(VIEW)
    page.get_by_role("heading", name="Credentials", level=1).wait_for()
    page.keyboard.press("Control+k")
    page.keyboard.type("general")
    expect(page.get_by_role("option", selected=True)).to_contain_text("General")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="General", level=1)).to_be_visible()
