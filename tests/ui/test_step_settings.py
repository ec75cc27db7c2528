"""The settings of a step: completion, preview, conditions, variables, problems, what a run begins with."""

import re
from typing import Any

from playwright.sync_api import Page, expect

from servers.echo import EchoServer
from ui.editor import BRANCH, CALL, line, open_editor, save_automation, saved, settings, step_of
from ui.form import field
from ui.program import Program
from ui.visitor import SMALL, Visitor

TWEET: dict[str, Any] = {"id": "t", "type": "twitterCreateTweet", "text": "Hot"}

IS_ON_TOP = """(it) => {
  const box = it.getBoundingClientRect();
  return it.contains(document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2));
}"""


def offers(page: Page) -> list[str]:
    return page.get_by_role("option").locator("code").all_inner_texts()


def test_names_come_with_the_paths_of_the_last_run_and_filters_after_the_bar(
    program: Program, visitor: Visitor, server: EchoServer
) -> None:
    asked = {**CALL, "url": f"{server.url}/echo?q={{{{city}}}}", "storeKey": "answer"}
    said = {"id": "say", "type": "setVariable", "description": "Say", "variableName": "text", "value": "-"}
    save_automation(program, asked, said, variables={"city": "Oslo"})
    page = open_editor(visitor)
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Succeeded").first).to_be_visible()
    page = open_editor(visitor)
    line(page, "Say").click()
    value = field(settings(page), "Value")
    value.fill("")
    value.press_sequentially("{{ans")
    expect(page.get_by_role("listbox", name="Names to insert")).to_be_visible()
    assert {"answer", "answer.query"} <= set(offers(page))
    value.fill("")
    value.press_sequentially("{{steps.call.st")
    page.keyboard.press("Enter")
    expect(value).to_have_value("{{steps.call.status}}")
    value.fill("{{city")
    value.press_sequentially(" | upp")
    expect(page.get_by_role("listbox", name="Filters to insert")).to_be_visible()
    page.keyboard.press("Tab")
    expect(value).to_have_value("{{city | upper}}")
    value.fill("")
    value.press_sequentially("{{")
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox", name="Names to insert")).to_be_hidden()
    expect(value).to_be_focused()


def test_a_credentials_fields_are_offered_only_where_a_request_is_made(
    program: Program, visitor: Visitor
) -> None:
    login = program.add("basic", "Login", username="ada", password="s3cr3t-of-it")
    save_automation(program, {**CALL, "credentialId": login})
    page = open_editor(visitor)
    field(settings(page), "URL").fill("")
    field(settings(page), "URL").press_sequentially("{{cred")
    expect(page.get_by_role("listbox", name="Names to insert")).to_be_visible()
    assert offers(page) == ["credentials.username", "credentials.password"]
    page.keyboard.press("Escape")
    expect(page.get_by_role("region", name="Request")).to_be_visible()


def test_the_request_of_a_tweet_is_shown_with_its_length_and_no_key(
    program: Program, visitor: Visitor
) -> None:
    keys = ("apiKey", "apiSecret", "accessToken", "accessSecret")
    account = program.add("twitter", "Mine on X", **dict.fromkeys(keys, "12345-canary-of-x"))
    save_automation(program, {**TWEET, "credentialId": account})
    page = open_editor(visitor)
    field(settings(page), "Text").fill("日本 {{city}}")
    expect(settings(page)).to_contain_text("5 of 280, and what the placeholders become")
    request = page.get_by_role("region", name="Request")
    expect(request).to_contain_text("POST https://api.x.com/2/tweets")
    expect(request).to_contain_text("{{city}}")
    expect(request).to_contain_text("authorization: ••••••••")
    assert "canary" not in page.content()
    field(settings(page), "Text").fill("x" * 281)
    expect(settings(page)).to_contain_text("281 of 280")
    expect(page.get_by_role("button", name="1 warning")).to_be_visible()


def test_comparisons_are_combined(program: Program, visitor: Visitor) -> None:
    save_automation(program, BRANCH, variables={"temp": 1})
    page = open_editor(visitor)
    pane = settings(page)
    field(pane, "Condition").select_option("any")
    pane.get_by_role("button", name="Add condition").click()
    expect(field(pane, "Value").nth(1)).to_be_focused()
    page.keyboard.type("{{temp")
    page.keyboard.press("Enter")
    field(pane, "Comparison").nth(1).select_option("exists")
    field(pane, "Condition 1").select_option("not")
    left = {"left": "{{temp}}", "operator": "greaterThan", "right": 30}
    assert step_of(saved(page, program), "hot")["condition"] == {
        "any": [{"not": left}, {"left": "{{temp}}", "operator": "exists"}]
    }


def test_a_group_of_fields_is_set_up_from_the_schema(program: Program, visitor: Visitor) -> None:
    save_automation(program, CALL)
    page = open_editor(visitor)
    pane = settings(page)
    pane.get_by_text("More options").press("Enter")
    pane.get_by_role("button", name="Set up pages").click()
    field(pane, "Kind").select_option("cursor")
    field(pane, "Parameter").fill("page_token")
    field(pane, "Body").first.select_option(label="Form")
    pane.get_by_role("button", name="Add field").click()
    page.keyboard.type("a")
    assert step_of(saved(page, program), "call")["pagination"] == {
        "kind": "cursor",
        "parameter": "page_token",
    }
    pane.get_by_role("button", name="Leave out pages").click()
    assert "pagination" not in step_of(saved(page, program), "call")


def test_a_variable_is_added_typed_renamed_everywhere_and_deleted(program: Program, visitor: Visitor) -> None:
    save_automation(program, {**CALL, "url": "https://a.example/{{city}}"}, variables={"city": "Oslo"})
    page = open_editor(visitor)
    page.get_by_role("button", name="Variables").first.click()
    dialog = page.get_by_role("dialog", name="Variables")
    expect(dialog).to_contain_text("Named by 1 step")
    name = dialog.get_by_label("Name of variable 1")
    name.fill("steps")
    name.press("Tab")
    expect(dialog.get_by_role("alert")).to_contain_text("has a meaning of its own")
    name.fill("town")
    name.press("Tab")
    dialog.get_by_role("button", name="Add variable").click()
    page.keyboard.type("limit")
    page.keyboard.press("Tab")
    dialog.get_by_label("Type of limit").select_option("number")
    dialog.get_by_label("Value of limit").fill("5")
    document = saved(page, program)
    assert document["variables"] == {"town": "Oslo", "limit": 5}
    assert step_of(document, "call")["url"] == "https://a.example/{{town}}"
    dialog.get_by_role("button", name="Delete limit").click()
    dialog.get_by_role("button", name="Done").click()
    assert saved(page, program)["variables"] == {"town": "Oslo"}


def test_a_run_has_other_variables_once(program: Program, visitor: Visitor, server: EchoServer) -> None:
    save_automation(program, {**CALL, "url": f"{server.url}/echo?q={{{{city}}}}"}, variables={"city": "Oslo"})
    page = open_editor(visitor)
    page.get_by_role("button", name="Run with other variables…").click()
    dialog = page.get_by_role("dialog", name="Run with other variables")
    expect(field(dialog, "city")).to_be_focused()
    field(dialog, "city").fill("Rome")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Succeeded").first).to_be_visible()
    assert server.requests[0].query == {"q": "Rome"}
    assert program.app.automations.get("mine")["variables"] == {"city": "Oslo"}


def test_problems_are_counted_told_beside_the_field_and_gone_through(
    program: Program, visitor: Visitor
) -> None:
    save_automation(program, {**CALL, "url": ""}, {"id": "w", "type": "wait", "description": "Rest"})
    page = open_editor(visitor)
    expect(field(settings(page), "URL")).to_have_attribute("aria-invalid", "true")
    page.get_by_role("button", name="2 problems").click()
    expect(line(page, "Rest")).to_be_focused()
    page.get_by_role("button", name="2 problems").click()
    expect(line(page, "Ask")).to_be_focused()
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("alert")).to_contain_text("Nothing was run: the automation has 2 problems.")


def test_in_a_small_window_the_settings_are_a_sheet(program: Program, visitor: Visitor) -> None:
    save_automation(program, CALL)
    page = open_editor(visitor, size=SMALL)
    line(page, "Ask").focus()
    page.keyboard.press("Enter")
    sheet = page.get_by_role("dialog", name="Ask")
    field(sheet, "URL").fill("https://b.example/")
    page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    assert step_of(saved(page, program), "call")["url"] == "https://b.example/"


def test_the_keys_bring_each_credential_above_the_pinned_choices(program: Program, visitor: Visitor) -> None:
    for number in range(20):
        program.add("basic", f"Server {number:02}", username="ada", password="not-a-secret-0123456789")
    save_automation(program, CALL)
    page = open_editor(visitor)
    line(page, "Ask").click()
    box = page.get_by_role("combobox", name="Authentication")
    box.click()
    for _ in range(20):
        box.press("ArrowDown")
    expect(page.get_by_role("option", name="Server 19")).to_have_class(re.compile(r"\bactive\b"))
    assert page.get_by_role("option", name="Server 19").evaluate(IS_ON_TOP)
