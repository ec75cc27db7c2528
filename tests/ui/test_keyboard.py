"""The way of a credential in a small window, without a mouse: added, used, run, looked up, deleted."""

from playwright.sync_api import Page, expect

from servers.echo import EchoServer, json_reply
from ui.form import field
from ui.keyboard import begin_api_call, command, press_button, reach, tab_to
from ui.program import Program
from ui.visitor import SMALL, Visitor

SECRET = "s3cr3t-by-the-keys"


def add(page: Page) -> None:
    press_button(page, page.get_by_role("main"), "Add credential")
    dialog = page.get_by_role("dialog", name="Add credential")
    expect(field(dialog, "Name")).to_be_focused()
    page.keyboard.type("Login")
    page.keyboard.press("Tab")
    page.keyboard.type("Basic")
    for label, value in (("Username", "ada"), ("Password", SECRET)):
        reach(page, label)
        page.keyboard.type(value)
    page.keyboard.press("Enter")
    expect(dialog).to_be_hidden()


def use(page: Page, url: str) -> None:
    begin_api_call(page)
    reach(page, "URL")
    page.keyboard.type(url)
    reach(page, "Authentication")
    page.keyboard.type("Login")
    page.keyboard.press("Enter")
    expect(field(page, "Authentication")).to_contain_text("Login")


def test_a_credential_is_added_used_run_looked_up_and_deleted_by_keys_alone(
    program: Program, server: EchoServer, visitor: Visitor
) -> None:
    page = visitor.open("settings/credentials", size=SMALL)
    add(page)
    use(page, server.reply("/private", json_reply({"temperature": 21})))
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("status").get_by_text("Succeeded")).to_be_visible()
    assert (server.requests[0].header("Authorization") or "").startswith("Basic ")

    command(page, "Go to History")
    runs = page.get_by_role("main").get_by_role("listitem")
    tab_to(page, runs.first.get_by_role("link"))
    page.keyboard.press("Enter")
    press_button(page, page, "API call")
    expect(page.get_by_text("temperature").first).to_be_visible()
    assert SECRET not in page.content()
    press_button(page, page, "Delete")
    press_button(page, page.get_by_role("alertdialog"), "Delete")
    expect(page.get_by_role("heading", name="No runs yet")).to_be_visible()

    command(page, "Go to Credentials")
    press_button(page, page, "Delete Login")
    alert = page.get_by_role("alertdialog", name="Delete “Login”?")
    expect(alert).to_contain_text("New automation: apiCall1")
    press_button(page, alert, "Delete")
    expect(page.get_by_text("No credentials yet")).to_be_visible()
    assert program.app.credentials.list() == ()
