"""Moves through the automation editor as a person does: the list of steps, its settings, what it saved."""

import re
from typing import Any, TypeAlias

from playwright.sync_api import Locator, Page, expect

from engine.model import Json
from ui.form import field
from ui.program import Program
from ui.visitor import LARGE, Size, Visitor

Step: TypeAlias = dict[str, Any]

CALL: Step = {
    "id": "call",
    "type": "apiCall",
    "description": "Ask",
    "method": "GET",
    "url": "https://a.example/x",
}
SAY: Step = {"id": "say", "type": "setVariable", "description": "Say", "variableName": "text", "value": "hot"}
BRANCH: Step = {
    "id": "hot",
    "type": "if",
    "description": "Hot",
    "condition": {"left": "{{temp}}", "operator": "greaterThan", "right": 30},
    "then": [SAY],
    "else": [],
}
STEPS: list[Step] = [CALL, BRANCH, {"id": "rest", "type": "wait", "description": "Rest", "value": 0}]


def save_automation(program: Program, *steps: Step, variables: dict[str, Json] | None = None) -> str:
    """Save an automation named Mine with these steps; return its id."""
    document: dict[str, Any] = {"format": "loopi-automation/1", "id": "mine", "name": "Mine"}
    return program.app.automations.save({**document, "steps": list(steps), "variables": variables or {}})


def open_editor(visitor: Visitor, automation_id: str = "mine", *, size: Size = LARGE) -> Page:
    page = visitor.open(f"automations/{automation_id}", size=size)
    expect(page.get_by_label("Name of the automation")).to_be_visible()
    return page


def line(page: Page, name: str) -> Locator:
    """A step of the list by its words."""
    return page.get_by_role("treeitem").filter(has_text=name).first


def lines(page: Page) -> list[str]:
    """Each line of the list: its level and its first words."""
    found = page.get_by_role("treeitem").all()
    return [f"{each.get_attribute('aria-level')} {each.inner_text().splitlines()[0]}" for each in found]


def settings(page: Page) -> Locator:
    return page.get_by_role("complementary", name="Settings of the step")


def saved(page: Page, program: Program, automation_id: str = "mine") -> dict[str, Any]:
    """The file, once the page has written what was done."""
    expect(page.get_by_role("status").filter(has_text=re.compile("^Saved$"))).to_be_visible(timeout=30_000)
    return program.app.automations.get(automation_id)


def step_of(document: dict[str, Any], step_id: str) -> dict[str, Any]:
    def inside(value: object) -> list[dict[str, Any]]:
        if isinstance(value, dict):
            own = [value] if value.get("id") == step_id else []
            return own + [each for part in value.values() for each in inside(part)]
        return [each for part in value for each in inside(part)] if isinstance(value, list) else []

    return inside(document["steps"])[0]


def choose(within: Page | Locator, label: str, option: str) -> None:
    """An entry of a dropdown that is our own."""
    box = field(within, label)
    box.click()
    box.locator("xpath=..").get_by_role("option", name=option).click()
