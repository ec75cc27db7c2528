"""The automation editor: built by keys alone, credentials of a step, what is saved and by whom."""

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, Route, expect

from servers.openweather import OpenWeatherServer
from ui.editor import BRANCH, CALL, choose, lines, open_editor, save_automation, saved, settings, step_of
from ui.form import field
from ui.keyboard import begin_api_call, reach
from ui.program import Program
from ui.visitor import Visitor

SECRET = "s3cr3t-of-the-editor"


@pytest.fixture
def weather() -> Iterator[OpenWeatherServer]:
    with OpenWeatherServer() as server:
        yield server


def add_credential(page: Page, weather: OpenWeatherServer) -> None:
    """From the dropdown that has the focus, by keys alone."""
    page.keyboard.type("New")
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Add credential")
    expect(field(dialog, "Name")).to_be_focused()
    page.keyboard.type("OpenWeather")
    page.keyboard.press("Tab")
    page.keyboard.type("API Key")
    expect(field(dialog, "API URL")).to_be_visible()
    for label, value in (("API Key", weather.api_key), ("API URL", f"{weather.url}/data/2.5/")):
        reach(page, label)
        page.keyboard.type(value)
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_the_weather_example_is_built_and_run_from_nothing_by_keys_alone(
    program: Program, weather: OpenWeatherServer, visitor: Visitor
) -> None:
    page = visitor.open("automations")
    page.get_by_role("heading", name="Automations", level=1).wait_for()
    begin_api_call(page)
    reach(page, "Authentication")
    add_credential(page, weather)
    expect(field(settings(page), "Authentication")).to_contain_text("OpenWeather")
    field(settings(page), "Authentication").press("Shift+Tab")
    expect(field(settings(page), "URL")).to_be_focused()
    page.keyboard.type("{{apiU")
    page.keyboard.press("Enter")
    page.keyboard.type("weather?q=London&units=metric&appid={{apiK")
    page.keyboard.press("Enter")
    reach(page, "Store in")
    page.keyboard.type("weatherData")
    expect(page.get_by_role("region", name="Request")).to_contain_text("appid=••••••••")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Succeeded").first).to_be_visible()
    assert weather.requests[0].query["q"] == "London"
    written = next(program.app.places.automations.glob("*.json")).read_text()
    assert weather.api_key not in written


def test_what_is_entered_manually_is_kept_in_the_vault_and_leaves_and_comes_back_with_its_step(
    program: Program, visitor: Visitor
) -> None:
    save_automation(program, CALL, {"id": "rest", "type": "wait", "value": 0})
    page = open_editor(visitor)
    choose(settings(page), "Authentication", "Enter manually…")
    dialog = page.get_by_role("dialog", name="Enter manually")
    field(dialog, "Type").select_option("Basic Auth")
    field(dialog, "Username").fill("ada")
    field(dialog, "Password").fill(SECRET)
    dialog.get_by_role("button", name="Keep for this step").click()
    expect(field(settings(page), "Authentication")).to_contain_text("Entered here (Basic Auth)")
    reference = step_of(saved(page, program), "call")["credentialId"]
    assert program.app.credentials.get(reference).fields["username"] == "ada"
    assert program.app.credentials.list() == ()
    assert SECRET not in json.dumps(program.app.automations.get("mine"))
    assert SECRET.encode() not in program.app.automations.export("mine")
    page.get_by_role("treeitem").first.click()
    page.keyboard.press("Delete")
    expect(page.get_by_role("treeitem")).to_have_count(1)
    saved(page, program)
    assert program.app.credentials.find(reference) is None
    page.keyboard.press("Control+z")
    expect(page.get_by_role("treeitem")).to_have_count(2)
    saved(page, program)
    assert program.app.credentials.find(reference) is not None


def test_a_credential_that_is_gone_is_told_in_the_list_and_in_the_editor_with_a_way_out(
    program: Program, visitor: Visitor
) -> None:
    credential = program.add("basic", "Login", username="ada", password=SECRET)
    save_automation(program, {**CALL, "credentialId": credential})
    program.app.credentials.delete(credential)
    page = visitor.open("automations")
    expect(page.get_by_text("1 credential missing")).to_be_visible()
    page.get_by_role("link", name="Mine").click()
    expect(page.get_by_role("treeitem")).to_contain_text("Its credential is missing")
    expect(settings(page)).to_contain_text("This credential was deleted.")
    settings(page).get_by_role("button", name="Restore “Login”").click()
    expect(page.get_by_role("treeitem")).not_to_contain_text("missing")


def test_a_credential_that_is_added_elsewhere_appears_in_the_open_dropdown(
    program: Program, visitor: Visitor
) -> None:
    save_automation(program, CALL)
    page, other = open_editor(visitor), visitor.open("settings/credentials")
    page.bring_to_front()
    field(settings(page), "Authentication").click()
    other.get_by_role("button", name="Add credential").first.click()
    field(other.get_by_role("dialog"), "Type").select_option("Basic Auth")
    for label, value in (("Name", "Login"), ("Username", "ada"), ("Password", SECRET)):
        field(other.get_by_role("dialog"), label).fill(value)
    other.get_by_role("dialog").get_by_role("button", name="Add credential").click()
    expect(page.get_by_role("option", name="Login")).to_be_visible()


def test_two_windows_are_told_of_each_other_and_nothing_is_lost(program: Program, visitor: Visitor) -> None:
    save_automation(program, CALL)
    page, other = open_editor(visitor), open_editor(visitor)
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/api/automations.save", hold)
    name = page.get_by_label("Name of the automation")
    with page.expect_request("**/api/automations.save"):
        name.fill("Typed here")
    other.get_by_label("Name of the automation").fill("Theirs")
    saved(other, program)
    held[0].continue_()
    page.unroute("**/api/automations.save")
    expect(page.get_by_text("This automation was changed elsewhere.")).to_be_visible()
    assert program.app.automations.get("mine")["name"] == "Theirs"
    page.get_by_role("button", name="Load theirs").click()
    expect(name).to_have_value("Theirs")
    page.get_by_role("button", name="Undo").first.click()
    expect(name).to_have_value("Typed here")
    assert saved(page, program)["name"] == "Typed here"


def test_mine_is_kept_over_a_file_that_an_editor_changed(program: Program, visitor: Visitor) -> None:
    save_automation(program, CALL)
    page = open_editor(visitor)

    def change_it_first(route: Route) -> None:
        save_automation(program, {**CALL, "url": "https://b.example/"})
        route.continue_()

    page.route("**/api/automations.save", change_it_first, times=1)
    field(settings(page), "URL").fill("https://mine.example/")
    page.get_by_role("button", name="Keep mine").click()
    assert step_of(saved(page, program), "call")["url"] == "https://mine.example/"


def test_a_step_is_shown_in_its_place_of_a_branch(program: Program, visitor: Visitor) -> None:
    save_automation(program, CALL, BRANCH)
    assert lines(open_editor(visitor)) == ["1 Ask", "1 Hot", "2 Say", "2 No steps yet. Add one"]
