"""How a person comes to each screen: what is pressed and typed, and what is there then."""

from collections.abc import Callable
from typing import TypeAlias

from playwright.sync_api import Page

Move: TypeAlias = Callable[[Page], None]

PASSPHRASE = "correct horse battery staple"


def add(page: Page) -> None:
    page.get_by_role("button", name="Add credential").first.click()
    page.get_by_role("dialog").wait_for()


def add_for_x(page: Page) -> None:
    add(page)
    page.get_by_role("dialog").get_by_label("Type").select_option("Twitter/X")
    page.get_by_label("Access Token Secret").wait_for()


def refuse(page: Page) -> None:
    add_for_x(page)
    page.get_by_role("dialog").get_by_role("button", name="Add credential").click()


def edit(page: Page) -> None:
    page.get_by_role("link", name="Edit OpenWeather").click()
    page.get_by_role("button", name="Save changes").wait_for()


def delete(page: Page) -> None:
    page.get_by_role("button", name="Delete OpenWeather").click()
    page.get_by_role("alertdialog").get_by_text("Morning weather").wait_for()


def palette(page: Page) -> None:
    page.keyboard.press("Control+k")
    page.get_by_role("listbox", name="Commands").get_by_role("option").first.wait_for()


def shortcuts(page: Page) -> None:
    page.get_by_role("button", name="Shortcuts").click()
    page.get_by_role("dialog").wait_for()


def stay(page: Page) -> None:
    page.get_by_role("heading", level=1).wait_for()


def see_automations(page: Page) -> None:
    page.get_by_role("link", name="Morning weather").first.wait_for()


def see_rows(page: Page) -> None:
    page.get_by_role("row").nth(1).wait_for()


def examples(page: Page) -> None:
    page.get_by_role("button", name="Examples").click()
    page.get_by_role("dialog").get_by_role("listitem").first.wait_for()


def export(page: Page) -> None:
    page.get_by_role("button", name="Export Morning weather").click()
    page.get_by_role("dialog").get_by_text("no secret").wait_for()


def look(page: Page) -> None:
    """A run whose first step is opened."""
    page.get_by_role("button", name="Ask OpenWeather").click()
    page.get_by_role("link", name="Edit this step").wait_for()


def progressed(page: Page) -> None:
    page.get_by_role("progressbar").wait_for()


def compare(page: Page) -> None:
    page.get_by_role("region", name="What is different now").wait_for()
    progressed(page)


def run_again(page: Page) -> None:
    page.get_by_role("button", name="Run again").click()
    page.get_by_role("dialog").wait_for()


def ask(page: Page) -> None:
    page.get_by_role("radio", name="No, do it again").wait_for()


def find_none(page: Page) -> None:
    page.get_by_label("Search runs").fill("no such words")
    page.get_by_text("No run fits.").wait_for()


def listed(page: Page) -> None:
    page.get_by_role("link", name="Weather tweet").first.wait_for()


def delete_automation(page: Page) -> None:
    page.get_by_role("button", name="Delete Weather tweet").click()
    page.get_by_role("alertdialog").wait_for()


def delete_run(page: Page) -> None:
    page.get_by_role("button", name="Delete").click()
    page.get_by_role("alertdialog").wait_for()


def unlock(page: Page) -> None:
    page.get_by_role("heading", level=1).wait_for()
    if page.get_by_label("Passphrase").count():
        page.get_by_label("Passphrase").fill(PASSPHRASE)
        page.keyboard.press("Enter")
    page.get_by_role("heading", name="Vault", level=1).wait_for()


def lock(page: Page) -> None:
    unlock(page)
    page.get_by_role("button", name="Lock now").click()
    page.get_by_role("heading", name="The vault is locked").wait_for()


def refuse_passphrase(page: Page) -> None:
    lock(page)
    page.get_by_label("Passphrase").fill("not it")
    page.keyboard.press("Enter")
    page.get_by_role("alert").wait_for()


def ask_passphrase(button: str) -> Move:
    """The dialog that this button of the vault's page opens."""

    def move(page: Page) -> None:
        unlock(page)
        page.get_by_role("button", name=button).click()
        page.get_by_role("dialog").wait_for()

    return move


def restore(page: Page) -> None:
    unlock(page)
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Restore a copy").click()
    chooser.value.set_files({"name": "copy.enc", "mimeType": "", "buffer": b"LOOPIVLT"})
    page.get_by_role("alertdialog").wait_for()
