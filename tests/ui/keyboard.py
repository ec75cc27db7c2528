"""Goes through a page as a person without a mouse does."""

from playwright.sync_api import Locator, Page, expect

from ui.form import field

# More stops than any view has before what is sought.
STOPS = 80


def tab_to(page: Page, target: Locator) -> None:
    """With Tab alone, until the target has the focus."""
    expect(target).to_be_visible()
    for _ in range(STOPS):
        if target.evaluate("it => it === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not come to {target}")


def reach(page: Page, label: str) -> None:
    """With Tab alone, to the field of this label."""
    tab_to(page, field(page, label).first)


def command(page: Page, words: str) -> None:
    """By the palette: the first thing that these words find."""
    page.keyboard.press("Control+k")
    page.keyboard.type(words)
    page.keyboard.press("Enter")


def begin_api_call(page: Page) -> None:
    """A new automation with one API call, whose settings have the focus."""
    command(page, "New automation")
    expect(page.get_by_label("Name of the automation")).to_be_visible()
    page.keyboard.press("/")
    page.keyboard.type("http")
    page.keyboard.press("Enter")
    expect(page.get_by_role("treeitem", name="API call")).to_be_focused()
    page.keyboard.press("Enter")


def press_button(page: Page, within: Page | Locator, name: str) -> None:
    """With Tab to the button, then Enter."""
    tab_to(page, within.get_by_role("button", name=name).first)
    page.keyboard.press("Enter")
