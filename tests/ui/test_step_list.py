"""The list of steps: walked, moved, copied and dragged, and what is said of it."""

import pytest
from playwright.sync_api import Locator, Page, expect

from ui.editor import BRANCH, STEPS, line, lines, open_editor, save_automation, saved, settings
from ui.program import Program
from ui.visitor import Visitor

WHOLE = ["1 Ask", "1 Hot", "2 Say", "2 No steps yet. Add one", "1 Rest"]


@pytest.fixture
def page(program: Program, visitor: Visitor) -> Page:
    save_automation(program, *STEPS)
    page = open_editor(visitor)
    expect(page.get_by_role("treeitem")).to_have_count(5)
    page.get_by_role("treeitem").first.focus()
    return page


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def said(page: Page, words: str) -> None:
    expect(page.get_by_role("status").filter(has_text=words)).to_be_attached()


def test_the_arrows_walk_and_fold_and_letters_find(page: Page) -> None:
    press(page, "ArrowDown", "ArrowDown")
    expect(line(page, "Say")).to_be_focused()
    press(page, "ArrowLeft")
    expect(line(page, "Hot")).to_be_focused()
    press(page, "ArrowLeft")
    expect(line(page, "Hot")).to_have_attribute("aria-expanded", "false")
    assert lines(page) == ["1 Ask", "1 Hot", "1 Rest"]
    press(page, "ArrowRight", "End")
    expect(line(page, "Rest")).to_be_focused()
    press(page, "Home")
    expect(line(page, "Ask")).to_be_focused()
    page.keyboard.type("sa")
    expect(line(page, "Say")).to_be_focused()
    assert page.locator('[role="treeitem"][tabindex="0"]').count() == 1


def test_a_space_belongs_to_a_name_that_is_typed_and_other_keys_to_the_page(page: Page) -> None:
    page.keyboard.type("a ")
    expect(line(page, "Ask")).to_be_focused()
    press(page, "?")
    expect(page.get_by_role("dialog", name="Keyboard shortcuts")).to_be_visible()


def test_a_step_is_moved_into_blocks_and_out_of_them_and_each_move_is_told(page: Page) -> None:
    press(page, "Alt+ArrowDown")
    said(page, "API call moved to place 1 of Then.")
    assert lines(page) == ["1 Hot", "2 Ask", "2 Say", "2 No steps yet. Add one", "1 Rest"]
    press(page, "Alt+ArrowDown", "Alt+ArrowDown", "Alt+ArrowDown")
    assert lines(page) == ["1 Hot", "2 Say", "2 No steps yet. Add one", "1 Ask", "1 Rest"]
    press(page, *["Control+z"] * 4)
    assert lines(page) == WHOLE
    expect(line(page, "Ask")).to_be_focused()
    press(page, "Control+Shift+z")
    assert lines(page)[1] == "2 Ask"


def test_a_step_is_added_below_the_one_with_the_focus_and_found_by_what_others_call_it(page: Page) -> None:
    press(page, "/")
    page.keyboard.type("sleep")
    press(page, "Enter")
    expect(page.get_by_role("treeitem", name="Wait", exact=True)).to_be_focused()
    assert lines(page)[1] == "1 Wait"


def test_a_step_is_copied_cut_pasted_doubled_skipped_and_deleted(page: Page, program: Program) -> None:
    press(page, "Control+c", "End", "Control+v")
    assert lines(page) == [*WHOLE, "1 Ask"]
    press(page, "Control+x", "Home", "Control+v")
    assert lines(page)[:2] == ["1 Ask", "1 Ask"]
    press(page, "Control+d")
    assert lines(page)[:3] == ["1 Ask"] * 3
    press(page, "Delete", "ArrowUp", "Delete")
    assert lines(page) == WHOLE
    settings(page).get_by_role("button", name="Skip this step").click()
    expect(line(page, "Hot")).to_contain_text("Skipped")
    assert saved(page, program)["steps"][1]["disabled"] is True


def test_an_else_if_is_a_condition_with_steps_of_its_own(page: Page, program: Program) -> None:
    line(page, "Hot").click()
    settings(page).get_by_role("button", name="Add “Else if”").click()
    assert lines(page) == [*WHOLE[:3], "2 If", "3 No steps yet. Add one", *WHOLE[3:]]
    assert [each["type"] for each in saved(page, program)["steps"][1]["elseIf"]] == ["if"]


def drag(page: Page, step: Locator, target: Locator, *, part: float) -> None:
    """Press on the step, and go to a height of the target; the button stays down."""
    start, end = step.bounding_box(), target.bounding_box()
    assert start is not None
    assert end is not None
    page.mouse.move(start["x"] + 80, start["y"] + 20)
    page.mouse.down()
    page.mouse.move(start["x"] + 90, start["y"] + 40, steps=3)
    page.mouse.move(end["x"] + 100, end["y"] + end["height"] * part, steps=5)


def test_a_step_is_dragged_to_a_line_that_is_shown(page: Page, program: Program) -> None:
    drag(page, line(page, "Ask"), line(page, "Rest"), part=0.8)
    expect(page.locator(".mark")).to_be_visible()
    page.mouse.up()
    assert lines(page) == ["1 Hot", "2 Say", "2 No steps yet. Add one", "1 Rest", "1 Ask"]
    expect(line(page, "Ask")).to_be_focused()
    assert [each["id"] for each in saved(page, program)["steps"]] == ["hot", "rest", "call"]


def test_a_step_is_dragged_into_an_empty_block_and_never_into_itself(page: Page) -> None:
    drag(page, line(page, "Ask"), line(page, "No steps yet"), part=0.5)
    page.mouse.up()
    assert lines(page) == ["1 Hot", "2 Say", "2 Ask", "1 Rest"]
    press(page, "Control+z")
    expect(line(page, "Ask")).to_be_focused()
    press(page, "Control+Shift+z")
    expect(line(page, "Ask")).to_be_focused()
    drag(page, line(page, "Hot"), line(page, "Say"), part=0.8)
    page.mouse.up()
    assert lines(page) == ["1 Hot", "2 Say", "2 Ask", "1 Rest"]


def test_escape_ends_a_drag_and_nothing_moved(page: Page) -> None:
    drag(page, line(page, "Ask"), line(page, "Rest"), part=0.8)
    press(page, "Escape")
    expect(page.locator(".mark")).to_be_hidden()
    page.mouse.up()
    assert lines(page) == WHOLE


def test_a_list_of_a_thousand_steps_is_walked_and_changed_and_cards_are_made_near_the_eye(
    program: Program, visitor: Visitor
) -> None:
    many = [{"id": f"s{n}", "type": "wait", "description": f"Step {n}", "value": 0} for n in range(1000)]
    save_automation(program, *many, BRANCH)
    page = open_editor(visitor)
    steps, cards = page.get_by_role("treeitem"), page.locator(".card")
    expect(steps).to_have_count(1003)
    assert cards.count() < 100
    steps.first.focus()
    page.keyboard.type("step 50")
    expect(steps.nth(50)).to_be_focused()
    press(page, "End", "ArrowUp", "Alt+ArrowUp")
    expect(cards.filter(has_text="Step 995")).to_be_visible()
    drag(page, steps.nth(1000), steps.nth(998), part=0.1)
    expect(page.locator(".mark")).to_be_visible()
    page.mouse.up()
    order = [step["id"] for step in saved(page, program)["steps"]]
    assert order[-5:] == ["s997", "say", "s998", "s999", "hot"]
