"""How a person comes to each screen of the editor, also where its settings have room in a sheet only."""

from playwright.sync_api import Page, Route

from ui.visitor import SMALL

ROOM_FOR_SETTINGS = 1000


def opened(page: Page) -> None:
    page.get_by_role("treeitem", name="Ask OpenWeather").wait_for()


def edited(page: Page) -> None:
    """With the settings of a step; where there is no room for them, in the sheet."""
    opened(page)
    if page.evaluate("innerWidth") < ROOM_FOR_SETTINGS:
        page.get_by_role("treeitem", name="Ask OpenWeather").click()
    page.get_by_role("region", name="Request").get_by_text("GET https").wait_for()


def palette(page: Page) -> None:
    opened(page)
    page.keyboard.press("/")
    page.get_by_role("dialog", name="Add step").wait_for()


def completion(page: Page) -> None:
    edited(page)
    address = page.get_by_role("textbox", name="URL")
    address.fill("https://api.example.com/")
    address.press_sequentially("{{")
    page.get_by_role("listbox", name="Names to insert").wait_for()


def credentials(page: Page) -> None:
    edited(page)
    page.get_by_role("combobox", name="Authentication").click()
    page.get_by_role("option", name="Enter manually…").wait_for()


def manual(page: Page) -> None:
    credentials(page)
    page.get_by_role("option", name="Enter manually…").click()
    page.get_by_role("dialog").get_by_label("Type").select_option("Basic Auth")
    page.get_by_role("dialog").get_by_label("Password").wait_for()


def condition(page: Page) -> None:
    opened(page)
    page.get_by_role("treeitem", name="Is it cold?").first.click()
    page.get_by_label("Condition", exact=True).select_option("all")
    page.get_by_role("button", name="Add condition").click()


def options(page: Page) -> None:
    edited(page)
    # By the keys: what is above may still move a pointer's mark, when the credentials come.
    page.get_by_text("More options").press("Enter")
    page.get_by_role("button", name="Set up pages").press("Enter")


def problems(page: Page) -> None:
    edited(page)
    page.get_by_role("textbox", name="URL").fill("")
    page.get_by_text("1 problem", exact=True).wait_for()


def variables(page: Page) -> None:
    opened(page)
    page.get_by_role("button", name="Variables").first.click()
    page.get_by_role("dialog").get_by_role("button", name="Add variable").click()


def run(page: Page) -> None:
    opened(page)
    page.get_by_role("button", name="Run with other variables…").click()
    page.get_by_role("dialog").wait_for()


def new(page: Page) -> None:
    """An automation without steps."""
    page.get_by_role("button", name="New automation").first.click()
    page.get_by_text("No steps yet").wait_for()


def sheet(page: Page) -> None:
    width, height = SMALL
    page.set_viewport_size({"width": width, "height": height})
    edited(page)


def elsewhere(page: Page) -> None:
    """What is written here meets a file that another window has changed meanwhile."""
    opened(page)
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/api/automations.save", hold)
    with page.expect_request("**/api/automations.save"):
        page.get_by_label("Name of the automation").fill("Morning weather here")
    other = page.context.new_page()
    other.goto(page.url)
    other.get_by_label("Name of the automation").fill("Morning weather there")
    with other.expect_response("**/api/automations.save"):
        other.keyboard.press("Control+s")
    other.close()
    held[0].continue_()
    page.get_by_text("This automation was changed elsewhere.").wait_for()


def rehearse(page: Page) -> None:
    """A dry run to its end."""
    page.get_by_role("button", name="Dry run: send nothing").click()
    page.get_by_text("Dry run: nothing was sent.").wait_for()
    page.get_by_role("progressbar").wait_for()
