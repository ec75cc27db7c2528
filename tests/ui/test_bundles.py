"""What one computer exports in the page is imported in that of another; no secret is shown on the way."""

from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from ui.editor import CALL, save_automation
from ui.form import field
from ui.program import Program
from ui.visitor import SMALL, Visitor

SECRET = "s3cr3t-in-the-bundle"
PASSPHRASE = "four words in a row"


def ask_export(page: Page) -> None:
    page.get_by_role("button", name="Export a bundle…").click()


def choose_passphrase(page: Page, first: str, again: str) -> None:
    field(page, "Passphrase of the bundle").fill(first)
    field(page, "The same again").fill(again)


def bring_in(page: Page, file: Path, passphrase: str) -> None:
    field(page, "Its passphrase").fill(passphrase)
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Choose file").click()
    chooser.value.set_files(file)


def exported(visitor: Visitor, file: Path) -> None:
    page = visitor.open("settings/vault", size=SMALL)
    ask_export(page)
    dialog = page.get_by_role("dialog", name="Export a bundle")
    expect(dialog.get_by_role("checkbox", name="Key")).to_be_checked()
    dialog.get_by_role("checkbox", name="Left here").uncheck()
    choose_passphrase(page, "short", "short")
    page.keyboard.press("Enter")
    expect(dialog).to_contain_text("Take at least 12 characters.")
    choose_passphrase(page, PASSPHRASE, PASSPHRASE)
    with page.expect_download() as download:
        dialog.get_by_role("button", name="Save file").click()
    download.value.save_as(file)
    expect(page.get_by_role("status").filter(has_text="1 automation and 1 credential")).to_be_visible()
    assert SECRET not in page.content()


def test_what_is_exported_here_is_imported_elsewhere(
    program: Program, browser: Browser, tmp_path: Path
) -> None:
    file = tmp_path / "moving.loopi"
    program.add("apiKey", "Left here", apiKey=SECRET, apiUrl="https://a.example/")
    key = program.add("apiKey", "Key", apiKey=SECRET, apiUrl="https://b.example/")
    save_automation(program, {**CALL, "credentialId": key})
    with program:
        visitor = Visitor.arrive(browser, program)
        exported(visitor, file)
        visitor.leave()
    assert SECRET.encode() not in file.read_bytes()

    other = Program(tmp_path / "other")
    with other:
        visitor = Visitor.arrive(browser, other)
        page = visitor.open("settings/vault", size=SMALL)
        page.get_by_role("button", name="Import a bundle…").click()
        bring_in(page, file, "another passphrase")
        expect(page.get_by_role("dialog")).to_contain_text("The passphrase does not open this file.")
        assert other.app.credentials.list() == ()
        bring_in(page, file, PASSPHRASE)
        report = page.get_by_role("dialog", name="Imported")
        expect(report.get_by_role("region", name="1 automation")).to_be_visible()
        expect(report.get_by_role("region", name="1 credential")).to_contain_text("Key")
        assert SECRET not in page.content()
        (made,) = other.app.automations.documents()
        visitor.leave()
    (entry,) = other.app.credentials.list()
    assert made["steps"][0]["credentialId"] == entry["id"]  # type: ignore[index,call-overload]
    assert other.app.credentials.get(str(entry["id"])).fields["apiKey"].reveal() == SECRET  # type: ignore[union-attr]


def test_a_file_that_is_no_bundle_is_refused_in_words_of_the_page(visitor: Visitor, tmp_path: Path) -> None:
    file = tmp_path / "other.loopi"
    file.write_bytes(b"not a bundle")
    page = visitor.open("automations")
    page.get_by_role("button", name="Import…").click()
    page.get_by_role("dialog").get_by_label("From").select_option("Loopi bundle")
    expect(page.get_by_role("button", name="Choose file")).to_be_disabled()
    bring_in(page, file, PASSPHRASE)
    alert = page.get_by_role("dialog").get_by_role("alert")
    expect(alert).to_contain_text("other.loopi was not imported.")
    expect(alert).to_contain_text("Take a file that was exported as a bundle.")
