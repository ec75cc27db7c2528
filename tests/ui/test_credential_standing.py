"""How credentials stand, as a person sees it: tested by a click, taught by runs; and a thousand of them."""

import re
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Locator, Page, expect

from backend.credentials.records import Record, timestamp, write_record
from engine.model import Json
from engine.secrets import Secret
from servers.echo import EchoServer, json_reply
from servers.loopback import Reply
from ui.program import Program
from ui.visitor import LARGE, SMALL, Size, Visitor

VIEW = "settings/credentials"
SECRET = "s3cr3t-of-the-service"


def row(page: Page, name: str) -> Locator:
    return page.get_by_role("table", name="Credentials").get_by_role("row").filter(has_text=name)


def save(program: Program, url: str) -> str:
    return program.add("apiKey", "Mine", apiKey=SECRET, apiUrl=url)


def automate(program: Program, url: str) -> None:
    step = {"id": "ask", "type": "apiCall", "url": url, "credentialId": "Mine"}
    document: dict[str, Json] = {
        "format": "loopi-automation/1",
        "id": "a",
        "name": "Asks",
        "steps": [step],
    }
    program.app.automations.save(document)


@pytest.mark.parametrize("size", [LARGE, SMALL])
def test_a_credential_is_tested_with_a_click_and_is_ready(
    visitor: Visitor, program: Program, server: EchoServer, size: Size
) -> None:
    save(program, server.url)
    page = visitor.open(VIEW, size=size)
    expect(row(page, "Mine")).to_contain_text("Unused")
    expect(row(page, "Mine")).to_contain_text("Never")
    page.get_by_role("button", name="Test Mine").click()
    expect(page.get_by_role("status").filter(has_text="It works: 127.0.0.1 answered 200.")).to_be_visible()
    expect(row(page, "Mine")).to_contain_text("Ready")
    expect(row(page, "Mine")).to_contain_text(re.compile("just now", re.IGNORECASE))


def test_a_refusal_says_why_in_the_line_and_in_the_form_until_the_key_is_changed(
    visitor: Visitor, program: Program, server: EchoServer
) -> None:
    save(program, server.reply("/", json_reply({"message": f"{SECRET} is wrong"}, 401)))
    page = visitor.open(VIEW)
    page.get_by_role("button", name="Test Mine").click()
    expect(row(page, "Mine")).to_contain_text("Needs attention")
    expect(row(page, "Mine")).to_contain_text("The server answered 401")
    page.get_by_role("link", name="Mine", exact=True).click()
    dialog = page.get_by_role("dialog", name="Edit “Mine”")
    expect(dialog.get_by_role("note")).to_contain_text("Check the credential")
    assert SECRET not in page.content()
    dialog.get_by_label("API Key").first.fill("another-key")
    dialog.get_by_role("button", name="Save changes").click()
    expect(row(page, "Mine")).to_contain_text("Not tested")


def test_a_run_that_is_refused_shows_in_the_list_without_a_reload(
    visitor: Visitor, program: Program, server: EchoServer
) -> None:
    save(program, server.url)
    automate(program, server.reply("/no", json_reply({"message": "No."}, 403)))
    watching, page = visitor.open(VIEW), visitor.open("automations")
    expect(row(watching, "Mine")).to_contain_text("Not tested")
    page.get_by_role("button", name="Run Asks").click()
    expect(row(watching, "Mine")).to_contain_text("Needs attention")


def test_what_the_terminal_saves_shows_by_itself(visitor: Visitor, program: Program) -> None:
    page = visitor.open(VIEW)
    expect(page.get_by_text("No credentials yet")).to_be_visible()
    program.add("basic", "From the terminal", username="ada", password=SECRET)
    expect(row(page, "From the terminal")).to_be_visible()


def test_deleting_names_the_run_that_uses_it_now(
    visitor: Visitor, program: Program, server: EchoServer
) -> None:
    gate = server.gate()
    save(program, server.url)
    automate(program, server.reply("/slow", Reply(200, b"{}", gate=gate)))
    page = visitor.open("automations")
    page.get_by_role("button", name="Run Asks").click()
    expect(page.get_by_text("Running").first).to_be_visible()
    page.goto(f"{program.url}#/{VIEW}")
    page.get_by_role("button", name="Delete Mine").click()
    alert = page.get_by_role("alertdialog", name="Delete “Mine”?")
    expect(alert).to_contain_text("A run uses it now: Asks. It keeps what it took at its start")
    expect(alert).to_contain_text("ask")
    gate.set()


def test_the_list_is_ordered_and_filtered(visitor: Visitor, program: Program, server: EchoServer) -> None:
    save(program, server.reply("/", json_reply({}, 401)))
    program.add("basic", "Another", username="ada", password=SECRET)
    page = visitor.open(VIEW)
    names = page.get_by_role("table").get_by_role("rowheader").get_by_role("link")
    expect(names).to_have_text(["Another", "Mine"])
    page.get_by_role("button", name="Test Mine").click()
    expect(row(page, "Mine")).to_contain_text("Needs attention")
    page.get_by_label("Order").select_option("Status")
    expect(names).to_have_text(["Mine", "Another"])
    page.get_by_label("Type", exact=True).select_option("Basic Auth")
    expect(names).to_have_text(["Another"])


def thousand(program: Program) -> None:
    """Saved at once: one by one would take as long as a thousand saves do."""
    now = timestamp(datetime.now(UTC))
    records = [
        Record(f"{n:032x}", f"Key {n:04}", "apiKey", {"apiKey": Secret(SECRET)}, now, now)
        for n in range(1000)
    ]
    program.app.vault.change(lambda raws: [*raws, *(write_record(record) for record in records)])


def test_of_a_thousand_credentials_only_those_in_sight_exist_and_keys_reach_all(
    visitor: Visitor, program: Program
) -> None:
    thousand(program)
    page = visitor.open(VIEW, size=SMALL)
    table = page.get_by_role("table", name="Credentials")
    expect(table).to_have_attribute("aria-rowcount", "1001")
    expect(row(page, "Key 0000")).to_have_attribute("aria-rowindex", "2")
    assert table.get_by_role("row").count() < 60
    page.get_by_role("link", name="Key 0000", exact=True).focus()
    for _ in range(4 * 40):
        page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Key 0040", exact=True)).to_be_focused()
    page.get_by_role("region", name="Credentials").evaluate("it => it.scrollTo(0, it.scrollHeight)")
    expect(page.get_by_role("link", name="Key 0999", exact=True)).to_be_visible()
    expect(page.get_by_role("link", name="Key 0040", exact=True)).to_be_focused()
    page.get_by_role("searchbox").fill("0512")
    expect(table.get_by_role("rowheader")).to_have_text(re.compile("Key 0512"))
