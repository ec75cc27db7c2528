"""Every screen of the page, by name, and how to come there. A new screen is one more line in `SCREENS`."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from playwright.sync_api import Page

from ui.program import Program
from ui.visitor import LARGE, Size, Theme, Visitor

CREDENTIALS = "settings/credentials"
SECRET = "not-a-secret-0123456789"

Step = Callable[[Page], None]


def add(page: Page) -> None:
    page.get_by_role("button", name="Add credential").first.click()
    page.get_by_role("dialog").wait_for()


def add_for_x(page: Page) -> None:
    add(page)
    page.get_by_role("dialog").get_by_role("button", name="Twitter").click()
    page.get_by_role("button", name="Save").wait_for()


def refuse(page: Page) -> None:
    add_for_x(page)
    page.get_by_role("button", name="Save").click()


def edit(page: Page) -> None:
    page.get_by_role("link", name="Edit OpenWeather").click()
    page.get_by_role("button", name="Save").wait_for()


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


# name → the view, and what is done there
SCREENS: Mapping[str, tuple[str, Step]] = {
    "credentials": (CREDENTIALS, stay),
    "credential-types": (CREDENTIALS, add),
    "credential-add": (CREDENTIALS, add_for_x),
    "credential-problems": (CREDENTIALS, refuse),
    "credential-edit": (CREDENTIALS, edit),
    "credential-delete": (CREDENTIALS, delete),
    "trash": (f"{CREDENTIALS}/trash", stay),
    "vault": ("settings/vault", stay),
    "general": ("settings/general", stay),
    "palette": (CREDENTIALS, palette),
    "shortcuts": (CREDENTIALS, shortcuts),
}


def fill(program: Program) -> None:
    """What a person may have after some days."""
    program.add("apiKey", "OpenWeather", apiKey=SECRET, apiUrl="https://api.openweathermap.org/data/2.5/")
    program.add("basic", "Staging server", username="ada", password=SECRET)
    program.add("custom", "Warehouse", token=SECRET)
    keys = ("apiKey", "apiSecret", "accessToken", "accessSecret")
    program.add("twitter", "My X account", **dict.fromkeys(keys, f"12345-{SECRET}"))
    gone = program.add("basic", "Old server", username="ada", password=SECRET)
    program.app.credentials.delete(gone)
    program.add_example("morning-weather.json")


@contextmanager
def shown(visitor: Visitor, name: str, theme: Theme, size: Size = LARGE) -> Iterator[Page]:
    """A new page brought to this screen. It is closed after: a browser keeps few connections to one place."""
    view, act = SCREENS[name]
    page = visitor.open(view, theme=theme, size=size)
    stay(page)
    act(page)
    yield page
    page.close()
