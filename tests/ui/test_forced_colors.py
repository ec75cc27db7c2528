"""With the few colours of a high-contrast setting, what is chosen is still told from what is not."""

import pytest
from playwright.sync_api import Locator, Page, expect

from ui.editor import STEPS, line, open_editor, save_automation, settings
from ui.program import Program
from ui.visitor import Visitor

# Backgrounds and shadows are the system's then: what is left is lines and the colours of words.
LINES = """(it) => {
  const { borderColor, outlineColor, outlineStyle, color } = getComputedStyle(it);
  return [borderColor, outlineStyle === 'none' ? '' : outlineColor, color].join();
}"""


def force(page: Page) -> None:
    page.emulate_media(forced_colors="active", reduced_motion="reduce")


def drawn(element: Locator) -> str:
    return str(element.evaluate(LINES))


def test_the_chosen_step_is_told_from_the_others(visitor: Visitor, program: Program) -> None:
    save_automation(program, *STEPS)
    page = open_editor(visitor)
    force(page)
    line(page, "Ask").click()
    expect(settings(page)).to_contain_text("API call")
    chosen, other = (line(page, name).locator(".card").first for name in ("Ask", "Rest"))
    assert drawn(chosen) != drawn(other)


def test_the_present_view_is_told_from_the_others(visitor: Visitor) -> None:
    page = visitor.open("history")
    force(page)
    links = page.get_by_role("navigation").get_by_role("link")
    assert drawn(links.filter(has_text="History")) != drawn(links.filter(has_text="Schedules"))


def test_the_command_that_enter_runs_is_told_from_the_others(visitor: Visitor) -> None:
    page = visitor.open("history")
    force(page)
    page.keyboard.press("Control+k")
    commands = page.get_by_role("listbox", name="Commands")
    # The list still fills, so what is chosen may change: each is looked at again until it holds.
    expect(commands.get_by_role("option", selected=True)).to_have_css("outline-style", "solid")
    expect(commands.get_by_role("option", selected=False).first).to_have_css("outline-style", "none")


def test_the_theme_that_holds_is_told_from_the_others(visitor: Visitor) -> None:
    page = visitor.open("settings/general")
    force(page)
    radios = page.get_by_role("radio")
    words = [radios.nth(place).locator("xpath=following-sibling::span") for place in range(2)]
    expect(radios.first).to_be_checked()
    assert drawn(words[0]) != drawn(words[1])


@pytest.mark.parametrize("view", ["settings/credentials", "automations", "settings/general"])
def test_where_the_keys_are_is_seen(visitor: Visitor, view: str) -> None:
    page = visitor.open(view)
    force(page)
    for _ in range(4):
        page.keyboard.press("Tab")
    focused = page.locator(":focus")
    assert focused.evaluate("it => getComputedStyle(it).outlineStyle") == "solid"
    assert focused.evaluate("it => parseFloat(getComputedStyle(it).outlineWidth)") >= 2
