"""The first start, the examples, and automations that come in and go out as files."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from ui.program import Program
from ui.visitor import Visitor

SECRET = "s3cr3t-in-a-file"
KEYED = {
    "format": "loopi-automation/1",
    "name": "From elsewhere",
    "steps": [
        {
            "id": "who",
            "type": "twitterSearchUser",
            "username": "loopi",
            "apiKey": SECRET,
            "apiSecret": f"{SECRET}-2",
            "accessToken": f"{SECRET}-3",
            "accessSecret": f"{SECRET}-4",
        },
        {"id": "ask", "type": "apiCall", "url": "https://api.example.com/", "credentialId": "Not here"},
    ],
}
DROP = """(text) => {
  const carried = new DataTransfer();
  carried.items.add(new File([text], 'dropped.json', {type: 'application/json'}));
  return carried;
}"""


def way(page: Page, name: str) -> None:
    page.get_by_role("list", name="Ways to begin").get_by_role("button", name=name).click()


def test_the_first_start_offers_a_credential_an_example_and_an_import(visitor: Visitor) -> None:
    page = visitor.open("automations")
    way(page, "Add a credential")
    expect(page.get_by_role("dialog", name="Add credential")).to_be_visible()
    page.goto(page.url.split("#")[0] + "#/automations")
    way(page, "Import")
    expect(page.get_by_role("dialog", name="Import")).to_be_visible()
    page.keyboard.press("Escape")
    way(page, "Open an example")
    expect(page.get_by_role("dialog", name="Examples").get_by_role("listitem")).to_have_count(4)
    expect(page.get_by_role("dialog", name="Examples").get_by_role("button").nth(1)).to_be_focused()


@pytest.mark.parametrize(
    "title", ["Morning weather", "Tweet with a variable", "Search and react", "Latest work on GitHub"]
)
def test_an_example_is_opened_as_a_copy_of_ones_own(visitor: Visitor, program: Program, title: str) -> None:
    page = visitor.open("automations")
    way(page, "Open an example")
    page.get_by_role("dialog", name="Examples").get_by_role("button", name=title).click()
    expect(page.get_by_role("tree")).to_be_visible()
    assert [entry.name for entry in program.app.automations.entries()] == [title]


def test_keys_in_an_imported_file_move_into_the_vault_and_it_is_said(
    visitor: Visitor, program: Program, tmp_path: Path
) -> None:
    file = tmp_path / "elsewhere.json"
    file.write_text(json.dumps(KEYED))
    page = visitor.open("automations")
    page.get_by_role("button", name="Import…").click()
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Choose file").click()
    chooser.value.set_files(file)
    told = page.get_by_role("status").filter(has_text="is imported.")
    expect(told).to_contain_text("stood in 1 step in plain text are in your vault now")
    expect(told).to_contain_text("It needs “Not here”")
    (entry,) = program.app.automations.entries()
    assert SECRET not in json.dumps(program.app.automations.get(entry.id))


def test_a_file_that_is_dropped_on_the_list_is_imported(visitor: Visitor, program: Program) -> None:
    page = visitor.open("automations")
    expect(page.get_by_role("list", name="Ways to begin")).to_be_visible()
    carried = page.evaluate_handle(DROP, json.dumps({**KEYED, "steps": []}))
    place = page.get_by_role("list", name="Ways to begin")
    place.dispatch_event("dragenter", {"dataTransfer": carried})
    expect(page.get_by_text("Drop the file to import it.")).to_be_visible()
    place.dispatch_event("drop", {"dataTransfer": carried})
    expect(page.get_by_role("status").filter(has_text="is imported.")).to_be_visible()
    assert [entry.name for entry in program.app.automations.entries()] == ["From elsewhere"]


def test_a_file_that_is_no_automation_is_refused_with_the_reason(visitor: Visitor, tmp_path: Path) -> None:
    file = tmp_path / "no.json"
    file.write_text("not JSON")
    page = visitor.open("automations")
    page.get_by_role("button", name="Import…").click()
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Choose file").click()
    chooser.value.set_files(file)
    expect(page.get_by_role("alert")).to_contain_text("no.json was not imported.")


def test_an_export_names_the_credentials_it_needs_and_holds_none(
    visitor: Visitor, program: Program, tmp_path: Path
) -> None:
    program.add("apiKey", "OpenWeather", apiKey=SECRET, apiUrl="https://api.openweathermap.org/data/2.5/")
    program.add_example("morning-weather.json")
    page = visitor.open("automations")
    page.get_by_role("button", name="Export Morning weather").click()
    dialog = page.get_by_role("dialog", name="Export “Morning weather”")
    expect(dialog.get_by_role("button", name="Save file")).to_be_focused()
    expect(dialog.get_by_role("listitem")).to_have_text("OpenWeather API Key")
    with page.expect_download() as saved:
        dialog.get_by_role("button", name="Save file").click()
    file = tmp_path / "saved.json"
    saved.value.save_as(file)
    assert saved.value.suggested_filename == "morning-weather.json"
    assert json.loads(file.read_text())["name"] == "Morning weather"
    assert SECRET not in file.read_text()


def test_the_palette_finds_what_others_call_by_other_names(visitor: Visitor, program: Program) -> None:
    program.add_example("morning-weather.json")
    page = visitor.open("automations")
    page.get_by_role("heading", name="Automations", level=1).wait_for()
    for typed, found in [
        ("workflow", "New automation"),
        ("job", "Run “Morning weather”"),
        ("account", "Credentials"),
    ]:
        page.keyboard.press("Control+k")
        page.keyboard.type(typed)
        options = page.get_by_role("listbox", name="Commands").get_by_role("option")
        expect(options.filter(has_text=found).first).to_be_visible()
        page.keyboard.press("Escape")
