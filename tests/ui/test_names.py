"""Names that turn the direction of text: wherever they are shown, they reorder nothing beside them."""

import json

import pytest
from playwright.sync_api import Page, expect

from servers.echo import EchoServer, json_reply
from servers.loopback import Reply, Seen
from ui.program import Program
from ui.visitor import Visitor

TURNED = "Safe\u202egnp.exe\u2066"
SHOWN = r"Safe\u202egnp.exe\u2066"
# The raw signs in what the page says; what a person types into stays as it is, and turns nothing outside.
FOUND = """() => {
  const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
  const found = [document.title];
  while (walker.nextNode()) found.push(walker.currentNode.data);
  return found.filter((text) => /[\\u202a-\\u202e\\u2066-\\u2069]/.test(text));
}"""


def turned(page: Page) -> list[str]:
    found: list[str] = page.evaluate(FOUND)
    return found


@pytest.fixture
def automation(program: Program, server: EchoServer) -> str:
    """Its name, its step and the answer of its service turn text; it has run once, by itself."""

    def refuse(_seen: Seen) -> Reply:
        return json_reply({"message": f"No {TURNED}!"}, 500)

    url = server.reply("/x", refuse)
    step = {"id": "ask", "type": "apiCall", "method": "GET", "url": url, "description": f"Ask {TURNED}"}
    base = {"format": "loopi-automation/1", "id": "turned", "name": TURNED, "description": TURNED}
    app = program.app
    found = app.automations.save(json.loads(json.dumps({**base, "steps": [step]})))
    assert app.runs.start(app.parse(app.automations.get(found))).wait(60) is not None
    return found


def test_no_sign_that_turns_text_stands_on_any_screen(
    program: Program, visitor: Visitor, automation: str
) -> None:
    run = str(program.app.journal.catalog.runs(limit=1)[0]["run_id"])
    page = visitor.open("automations")
    for view in ("automations", f"automations/{automation}", "history", f"history/{run}", "schedules"):
        page.goto(f"{program.url}#/{view}")
        expect(page.get_by_text(SHOWN).or_(page.get_by_role("main")).first).to_be_visible()
        page.wait_for_load_state("networkidle")
        assert turned(page) == [], view
    page.goto(f"{program.url}#/automations")
    expect(page.get_by_role("link", name=SHOWN)).to_be_visible()
    page.get_by_role("button", name=f"Delete {SHOWN}").click()
    expect(page.get_by_role("alertdialog")).to_contain_text(f"Delete “{SHOWN}”?")
    assert turned(page) == []


def test_each_element_keeps_its_own_order(program: Program, visitor: Visitor, automation: str) -> None:
    page = visitor.open("automations")
    link = page.get_by_role("link", name=SHOWN)
    expect(link).to_be_visible()
    assert link.evaluate("(element) => getComputedStyle(element).unicodeBidi") == "isolate"
