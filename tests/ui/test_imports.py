"""What other programs wrote is taken over in the window, and no secret is shown again."""

from pathlib import Path

from playwright.sync_api import Page, expect

from ui.editor import CALL, line, open_editor, save_automation, saved, step_of
from ui.program import Program
from ui.visitor import Visitor

SECRET = "ghp-of-the-test-0001"
COMMAND = f"curl https://api.example.com/user -H 'Authorization: Bearer {SECRET}' --frob"


def shows_no_secret(page: Page) -> bool:
    fields = page.locator("input, textarea").evaluate_all("found => found.map(each => each.value)")
    return SECRET not in page.content() and not any(SECRET in each for each in fields)


def test_a_file_of_variables_becomes_credentials_from_where_they_are_kept(
    visitor: Visitor, program: Program, tmp_path: Path
) -> None:
    file = tmp_path / "variables.env"
    file.write_text(f"OPENWEATHER_API_KEY={SECRET}\nPORT=80\n")
    page = visitor.open("settings/credentials")
    page.get_by_role("button", name="Import…").click()
    dialog = page.get_by_role("dialog", name="Import")
    dialog.get_by_label("From").select_option(".env")
    with page.expect_file_chooser() as chooser:
        dialog.get_by_role("button", name="Choose file").click()
    chooser.value.set_files(file)
    report = page.get_by_role("dialog", name="Imported")
    expect(report).to_be_visible()
    (entry,) = program.app.credentials.list()
    report.get_by_role("region", name="1 credential").get_by_role("link", name=str(entry["name"])).click()
    expect(page.get_by_role("button", name="Save changes")).to_be_visible()
    assert shows_no_secret(page)


def test_a_command_that_is_pasted_becomes_an_automation_with_a_report(
    visitor: Visitor, program: Program
) -> None:
    page = visitor.open("automations")
    page.get_by_role("button", name="Import…").click()
    dialog = page.get_by_role("dialog", name="Import")
    dialog.get_by_label("From").select_option("cURL")
    dialog.get_by_label("Or paste its text").fill(COMMAND)
    dialog.get_by_role("button", name="Import the text").click()
    report = page.get_by_role("dialog", name="Imported")
    expect(report.get_by_role("region", name="To know")).to_contain_text("--frob is not known here")
    expect(report).to_contain_text("still holds these secrets")
    assert shows_no_secret(page)
    report.get_by_role("region", name="1 automation").get_by_role("link").click()
    expect(page.get_by_label("Name of the automation")).to_be_visible()
    assert len(program.app.automations.entries()) == 1


def test_what_is_no_such_file_is_refused_with_what_to_do(visitor: Visitor, program: Program) -> None:
    page = visitor.open("automations")
    page.get_by_role("button", name="Import…").click()
    dialog = page.get_by_role("dialog", name="Import")
    dialog.get_by_label("From").select_option("n8n")
    dialog.get_by_label("Or paste its text").fill("[1")
    dialog.get_by_role("button", name="Import the text").click()
    expect(dialog.get_by_role("alert")).to_contain_text("The text was not imported.")
    assert not program.app.credentials.list()


def test_a_command_becomes_a_step_of_the_open_automation(visitor: Visitor, program: Program) -> None:
    save_automation(program, CALL)
    page = open_editor(visitor)
    page.get_by_role("button", name="Add step").first.click()
    page.get_by_role("button", name="Import cURL…").click()
    dialog = page.get_by_role("dialog", name="Import cURL")
    dialog.get_by_label("Command").fill("wget x")
    dialog.get_by_role("button", name="Add step").click()
    expect(dialog.get_by_role("alert")).to_contain_text("does not begin with curl")
    dialog.get_by_label("Command").fill(COMMAND)
    dialog.get_by_role("button", name="Add step").click()
    expect(page.get_by_role("treeitem")).to_have_count(2)
    assert shows_no_secret(page)
    (entry,) = program.app.credentials.list()
    steps = saved(page, program)["steps"]
    assert [each.get("credentialId") for each in steps] == [None, entry["id"]]
    assert steps[1]["url"] == "https://api.example.com/user"


def test_a_call_is_copied_as_a_command(visitor: Visitor, program: Program) -> None:
    save_automation(program, CALL)
    visitor.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = open_editor(visitor)
    line(page, "Ask").click()
    page.get_by_role("button", name="Copy as cURL").click()
    expect(page.get_by_role("status").filter(has_text="Copied as a curl command")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()").startswith("curl")
    assert step_of(saved(page, program), "call")["url"] == CALL["url"]
