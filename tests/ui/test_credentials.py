"""Settings → Credentials, as a person uses it: by what is written on the page, with the mouse."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from ui.form import field
from ui.program import Program
from ui.visitor import Visitor

VIEW = "settings/credentials"
SECRET = "s3cr3t-of-the-page"

# type → what a person fills in, by label
ENTERED = {
    "API Key": {"API Key": SECRET, "API URL": "https://api.example.com/v1/"},
    "Basic Auth": {"Username": "ada", "Password": SECRET},
    "OAuth 2.0": {
        "Client ID": "ada-app",
        "Client Secret": SECRET,
        "Redirect URI": "http://127.0.0.1/callback",
    },
    "Twitter/X": {
        "API Key": SECRET,
        "API Key Secret": SECRET,
        "Access Token": f"12345-{SECRET}",
        "Access Token Secret": SECRET,
    },
}


def row(page: Page, name: str) -> Locator:
    return page.get_by_role("table", name="Credentials").get_by_role("row").filter(has_text=name)


def begin_to_add(page: Page, type_title: str) -> Locator:
    page.get_by_role("button", name="Add credential").first.click()
    dialog = page.get_by_role("dialog", name="Add credential")
    field(dialog, "Type").select_option(type_title)
    return dialog


def add(dialog: Locator) -> None:
    dialog.get_by_role("button", name="Add credential").click()
    expect(dialog).to_be_hidden()


def save(dialog: Locator) -> None:
    dialog.get_by_role("button", name="Save changes").click()
    expect(dialog).to_be_hidden()


def stored(program: Program, name: str) -> dict[str, str]:
    record = program.app.credentials.get(name)
    return {key: value if isinstance(value, str) else value.reveal() for key, value in record.fields.items()}


@pytest.mark.parametrize("type_title", ["API Key", "Twitter/X", "Basic Auth"])
def test_no_browser_is_asked_to_keep_a_secret(visitor: Visitor, type_title: str) -> None:
    """A headless one shows no such question: with `off` a real one did, with this it does not."""
    dialog = begin_to_add(visitor.open(VIEW), type_title)
    secrets = dialog.locator("input[type=password]").all()
    assert secrets
    assert {each.get_attribute("autocomplete") for each in secrets} == {"one-time-code"}


def test_after_a_type_is_pressed_the_keys_go_on_in_its_first_empty_field(visitor: Visitor) -> None:
    page = visitor.open(VIEW)
    page.get_by_role("button", name="Add credential").first.click()
    dialog = page.get_by_role("dialog", name="Add credential")
    field(dialog, "Name").fill("Weather")
    dialog.get_by_role("button", name="API Key").click()
    expect(field(dialog, "API Key")).to_be_focused()


@pytest.mark.parametrize("type_title", ENTERED)
def test_a_credential_of_each_type_is_added(visitor: Visitor, program: Program, type_title: str) -> None:
    page = visitor.open(VIEW)
    dialog = begin_to_add(page, type_title)
    field(dialog, "Name").fill("My key")
    for label, value in ENTERED[type_title].items():
        field(dialog, label).fill(value)
    add(dialog)
    expect(row(page, "My key")).to_contain_text(type_title)
    assert sorted(stored(program, "My key").values()) == sorted(ENTERED[type_title].values())


def test_a_custom_credential_has_fields_of_its_own(visitor: Visitor, program: Program) -> None:
    page = visitor.open(VIEW)
    dialog = begin_to_add(page, "Custom")
    field(dialog, "Name").fill("Two fields")
    if dialog.get_by_label("Name of the field").count() == 0:
        dialog.get_by_role("button", name="Add field").click()
    dialog.get_by_label("Name of the field").fill("token")
    dialog.get_by_label("Value of token").fill(SECRET)
    add(dialog)
    assert stored(program, "Two fields") == {"token": SECRET}


def test_what_is_missing_is_said_beside_its_field_and_nothing_is_saved(
    visitor: Visitor, program: Program
) -> None:
    page = visitor.open(VIEW)
    dialog = begin_to_add(page, "Basic Auth")
    field(dialog, "Name").fill("No password")
    field(dialog, "Username").fill("ada")
    dialog.get_by_role("button", name="Add credential").click()
    expect(field(dialog, "Password")).to_be_focused()
    expect(field(dialog, "Password")).to_have_accessible_description(re.compile("Enter the Password"))
    assert program.app.credentials.list() == ()


def test_an_edit_keeps_sets_and_clears_field_by_field(visitor: Visitor, program: Program) -> None:
    program.add("oauth", "App", clientId="one", clientSecret=SECRET, redirectUri="http://127.0.0.1/")
    page = visitor.open(VIEW)
    row(page, "App").get_by_role("link", name="Edit App").click()
    dialog = page.get_by_role("dialog", name="Edit “App”")
    secret = field(dialog, "Client Secret")
    expect(secret).to_have_value("")
    expect(secret).to_have_attribute("placeholder", "••••••••")
    field(dialog, "Client ID").fill("two")
    field(dialog, "Scopes").fill("read")
    save(dialog)
    assert stored(program, "App") == {
        "clientId": "two",
        "clientSecret": SECRET,
        "redirectUri": "http://127.0.0.1/",
        "scopes": "read",
    }


def test_a_secret_of_ones_own_fields_is_cleared_when_it_is_asked_for(
    visitor: Visitor, program: Program
) -> None:
    program.add("custom", "Own", first=SECRET, second=f"{SECRET}-2")
    page = visitor.open(VIEW)
    row(page, "Own").get_by_role("link", name="Edit Own").click()
    dialog = page.get_by_role("dialog", name="Edit “Own”")
    dialog.get_by_role("button", name="Remove first").click()
    save(dialog)
    assert stored(program, "Own") == {"second": f"{SECRET}-2"}


def test_no_secret_ever_reaches_the_page(visitor: Visitor, program: Program) -> None:
    program.add("basic", "Login", username="ada", password=SECRET)
    page = visitor.open()
    bodies: list[str] = []
    page.on(
        "response",
        lambda answer: (
            bodies.append(answer.text()) if "/api/" in answer.url and "events" not in answer.url else None
        ),
    )
    page.goto(f"{program.url}#/{VIEW}")
    row(page, "Login").get_by_role("link", name="Edit Login").click()
    dialog = page.get_by_role("dialog", name="Edit “Login”")
    expect(field(dialog, "Username")).to_have_value("ada")
    assert SECRET not in page.content()
    assert not [body for body in bodies if SECRET in body]


def test_deleting_names_who_would_miss_it(visitor: Visitor, program: Program) -> None:
    program.add("apiKey", "OpenWeather", apiKey=SECRET, apiUrl="https://api.example.com/")
    program.add_example("morning-weather.json")
    page = visitor.open(VIEW)
    row(page, "OpenWeather").get_by_role("button", name="Delete OpenWeather").click()
    alert = page.get_by_role("alertdialog", name="Delete “OpenWeather”?")
    expect(alert).to_contain_text("Morning weather: Ask OpenWeather")
    expect(alert.get_by_role("button", name="Cancel")).to_be_focused()
    page.keyboard.press("Escape")
    expect(alert).to_be_hidden()
    expect(row(page, "OpenWeather")).to_be_visible()


def test_what_was_deleted_is_restored_from_the_trash(visitor: Visitor, program: Program) -> None:
    program.add("basic", "Login", username="ada", password=SECRET)
    page = visitor.open(VIEW)
    row(page, "Login").get_by_role("button", name="Delete Login").click()
    page.get_by_role("alertdialog").get_by_role("button", name="Delete", exact=True).click()
    expect(page.get_by_text("No credentials yet")).to_be_visible()
    assert program.app.credentials.list() == ()
    expect(page.get_by_role("button", name="Trash (1)")).to_be_visible()
    page.keyboard.press("Control+k")
    page.keyboard.type("trash")
    expect(page.get_by_role("option", selected=True)).to_contain_text("Show deleted credentials")
    page.keyboard.press("Enter")
    page.get_by_role("list", name="Trash").get_by_role("button", name="Restore").click()
    expect(page.get_by_text("The trash is empty")).to_be_visible()
    assert stored(program, "Login")["password"] == SECRET


def test_the_list_is_searched_by_name_type_and_host(visitor: Visitor, program: Program) -> None:
    program.add("basic", "Login", username="ada", password=SECRET)
    program.add("apiKey", "Weather", apiKey=SECRET, apiUrl="https://api.example.com/")
    page = visitor.open(VIEW)
    search = page.get_by_role("searchbox", name="Search credentials")
    for typed, shown, hidden in [("weath", "Weather", "Login"), ("basic", "Login", "Weather")]:
        search.fill(typed)
        expect(row(page, shown)).to_be_visible()
        expect(row(page, hidden)).to_be_hidden()
    search.fill("nobody has this name")
    expect(page.get_by_text("No credential fits.")).to_be_visible()


def test_an_edit_of_an_old_copy_says_so_and_overwrites_nothing(visitor: Visitor, program: Program) -> None:
    credential_id = program.add("basic", "Login", username="ada", password=SECRET)
    page = visitor.open(f"{VIEW}/{credential_id}")
    dialog = page.get_by_role("dialog", name="Edit “Login”")
    field(dialog, "Username").fill("mine")
    program.app.credentials.rename(credential_id, "Renamed meanwhile")
    dialog.get_by_role("button", name="Save changes").click()
    again = page.get_by_role("button", name="Load it as it is now")
    expect(again).to_be_visible()
    assert stored(program, "Renamed meanwhile")["username"] == "ada"
    again.click()
    dialog = page.get_by_role("dialog", name="Edit “Renamed meanwhile”")
    expect(field(dialog, "Name")).to_have_value("Renamed meanwhile")
    expect(field(dialog, "Username")).to_have_value("mine")
    save(dialog)
    assert stored(program, "Renamed meanwhile") == {"username": "mine", "password": SECRET}


def test_what_one_page_saves_shows_on_the_other(visitor: Visitor, program: Program) -> None:
    first, second = visitor.open(VIEW), visitor.open(VIEW)
    dialog = begin_to_add(first, "Basic Auth")
    for label, value in {"Name": "Shared", **ENTERED["Basic Auth"]}.items():
        field(dialog, label).fill(value)
    add(dialog)
    expect(row(second, "Shared")).to_be_visible()
