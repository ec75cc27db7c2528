"""What Loopi is for, in a real window: a credential is added, used in a step, run with, and deleted."""

import json

from playwright.sync_api import Page, Playwright, expect

from servers.openweather import OpenWeatherServer
from ui.editor import choose, save_automation
from ui.form import field
from ui.window_program import WindowProgram

CALL = {
    "id": "call",
    "type": "apiCall",
    "description": "Ask",
    "method": "GET",
    "url": "{{credentials.apiUrl}}weather?q=London&appid={{credentials.apiKey}}",
}


def add_credential(page: Page, weather: OpenWeatherServer) -> None:
    page.evaluate("location.hash = '#/settings/credentials'")
    page.get_by_role("button", name="Add credential").first.click()
    dialog = page.get_by_role("dialog", name="Add credential")
    field(dialog, "Type").select_option("API Key")
    for label, value in (
        ("Name", "OpenWeather"),
        ("API Key", weather.api_key),
        ("API URL", f"{weather.url}/data/2.5/"),
    ):
        field(dialog, label).fill(value)
    dialog.get_by_role("button", name="Add credential").click()
    expect(dialog).to_be_hidden()


def use_and_run(page: Page) -> None:
    page.evaluate("location.hash = '#/automations/mine'")
    page.get_by_role("treeitem", name="Ask").press("Enter")
    # The screen that there is none of is a small one: the settings lie above the list.
    settings = page.get_by_role("dialog", name="Ask")
    choose(settings, "Authentication", "OpenWeather")
    expect(field(settings, "Authentication")).to_contain_text("OpenWeather")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Run", exact=True).click()
    expect(page.get_by_role("status").get_by_text("Succeeded")).to_be_visible()


def look_and_delete(page: Page, weather: OpenWeatherServer) -> None:
    page.get_by_role("button", name="Ask").click()
    expect(page.get_by_text("appid=••••••••").first).to_be_visible()
    assert weather.api_key not in page.content()
    page.evaluate("location.hash = '#/settings/credentials'")
    page.get_by_role("button", name="Delete OpenWeather").click()
    alert = page.get_by_role("alertdialog", name="Delete “OpenWeather”?")
    expect(alert).to_contain_text("Mine")
    alert.get_by_role("button", name="Delete", exact=True).click()
    expect(alert).to_be_hidden()


def test_a_credential_is_added_used_in_a_step_run_with_and_deleted(
    program: WindowProgram, playwright: Playwright
) -> None:
    save_automation(program, CALL)
    with OpenWeatherServer() as weather, program, program.page(playwright) as page:
        add_credential(page, weather)
        use_and_run(page)
        look_and_delete(page, weather)
        assert [seen.query["appid"] for seen in weather.requests] == [weather.api_key]
    assert program.app.credentials.list() == ()
    assert weather.api_key not in json.dumps(program.app.automations.get("mine"))
