"""Settings → Vault, as a person uses it: locked and unlocked, copied and restored."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from ui.form import field
from ui.program import Program
from ui.visitor import Visitor

VIEW = "settings/vault"
PASSPHRASE = "correct horse battery staple"
SECRET = "s3cr3t-of-the-vault"


@pytest.fixture
def page(tmp_path: Path, browser: Browser) -> Iterator[Page]:
    """The page of a program whose vault has one credential and a passphrase, which was given."""
    program = Program(tmp_path / "home", passphrase=PASSPHRASE)
    program.add("basic", "Login", username="ada", password=SECRET)
    with program:
        visitor = Visitor.arrive(browser, program)
        page = visitor.open(VIEW)
        unlock(page)
        yield page
        visitor.leave()


def unlock(page: Page, passphrase: str = PASSPHRASE) -> None:
    page.get_by_label("Passphrase").fill(passphrase)
    page.get_by_role("button", name="Unlock").click()
    expect(page.get_by_role("heading", name="Vault", level=1)).to_be_visible()


def test_locked_by_hand_nothing_else_is_reachable_until_the_passphrase_is_given(page: Page) -> None:
    page.get_by_role("button", name="Lock now").click()
    expect(page.get_by_label("Passphrase")).to_be_focused()
    expect(page.get_by_role("navigation")).to_have_count(0)
    page.goto(page.url.split("#")[0] + "#/settings/credentials")
    page.keyboard.press("Control+k")
    expect(page.get_by_role("heading", name="The vault is locked")).to_be_visible()
    expect(page.get_by_text("Login")).to_have_count(0)
    page.get_by_label("Passphrase").fill(PASSPHRASE)
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Login", exact=True)).to_be_visible()


def test_the_time_until_it_locks_itself_is_chosen_and_kept(page: Page) -> None:
    choice = field(page, "Lock after")
    expect(choice).to_have_value("15")
    choice.select_option("1 hour")
    page.reload()
    expect(field(page, "Lock after")).to_have_value("60")


def test_a_copy_is_saved_and_restored_with_its_own_passphrase(page: Page, tmp_path: Path) -> None:
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save a copy").click()
    copy = tmp_path / "copy.enc"
    saved.value.save_as(copy)
    assert copy.read_bytes().startswith(b"LOOPIVLT")
    assert SECRET.encode() not in copy.read_bytes()
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Restore a copy").click()
    chooser.value.set_files(copy)
    dialog = page.get_by_role("alertdialog", name="Restore “copy.enc”?")
    expect(dialog.get_by_role("button", name="Cancel")).to_be_focused()
    secret = field(dialog, "Passphrase of the copy")
    secret.fill("not it")
    dialog.get_by_role("button", name="Restore").click()
    expect(dialog.get_by_text("The copy does not open with this.")).to_be_visible()
    secret.fill(PASSPHRASE)
    dialog.get_by_role("button", name="Restore").click()
    expect(dialog).to_be_hidden()
    expect(page.get_by_text("The copy is restored.")).to_be_visible()
    assert list((tmp_path / "home").glob("*.corrupt-*"))


def test_a_passphrase_is_changed_and_removed(page: Page) -> None:
    page.get_by_role("button", name="Change passphrase").click()
    dialog = page.get_by_role("dialog", name="Change the passphrase")
    expect(field(dialog, "Present passphrase")).to_be_focused()
    page.keyboard.type(PASSPHRASE)
    field(dialog, "New passphrase").fill("another long passphrase")
    field(dialog, "New passphrase again").fill("another long passphrase")
    dialog.get_by_role("button", name="Change passphrase").click()
    expect(dialog).to_be_hidden()
    page.get_by_role("button", name="Lock now").click()
    unlock(page, "another long passphrase")
    page.get_by_role("button", name="Remove passphrase").click()
    dialog = page.get_by_role("dialog", name="Remove the passphrase")
    field(dialog, "Present passphrase").fill("another long passphrase")
    dialog.get_by_role("button", name="Remove passphrase").click()
    expect(page.get_by_role("button", name="Set a passphrase")).to_be_visible()
