"""Looking before running, in the page: a dry run, one step alone, and a replay with what differs."""

from playwright.sync_api import expect

from servers.echo import EchoServer, json_reply
from ui.accessibility import barriers
from ui.editor import CALL, line, open_editor, save_automation
from ui.program import Program
from ui.visitor import Visitor


def save(program: Program, url: str, limit: int) -> None:
    hot = {"left": "{{w.temp}}", "operator": "greaterThan", "right": limit}
    steps = [
        {"id": "ask", "type": "apiCall", "method": "GET", "url": url, "storeKey": "w"},
        {"id": "hot", "type": "if", "condition": hot, "then": [{"id": "rest", "type": "wait", "value": 0}]},
    ]
    document = {"format": "loopi-automation/1", "id": "plan", "name": "Plan", "steps": steps}
    program.app.automations.save(document)  # type: ignore[arg-type]  # JSON


def test_a_dry_run_sends_nothing_and_a_replay_tells_what_is_different_now(
    program: Program, visitor: Visitor, server: EchoServer
) -> None:
    url = server.reply("/t", json_reply({"temp": 30}))
    save(program, url, 20)
    page = visitor.open("automations/plan")
    page.get_by_role("button", name="Dry run: send nothing").click()
    expect(page.get_by_text("Dry run: nothing was sent.")).to_be_visible()
    expect(page.get_by_role("status").get_by_text("Succeeded")).to_be_visible()
    page.get_by_role("button", name="API call").click()
    expect(page.get_by_text(f"GET {url}").first).to_be_visible()
    expect(page.get_by_text("The output is a placeholder.")).to_be_visible()
    assert server.requests == []
    page.goto(f"{program.url}#/automations/plan")
    page.get_by_role("button", name="Run this step").click()
    expect(page.get_by_role("status").get_by_text("Succeeded")).to_be_visible()
    assert len(server.requests) == 1
    page.goto(f"{program.url}#/automations/plan")
    page.get_by_role("button", name="Run", exact=True).click()
    expect(page.get_by_role("status").get_by_text("Succeeded")).to_be_visible()
    save(program, url, 40)
    page.get_by_role("button", name="Replay").click()
    expect(page.get_by_text("Replay: nothing was sent.")).to_be_visible()
    expect(page.get_by_role("region", name="What is different now")).to_contain_text(
        "was the branch then, is the branch else"
    )
    assert len(server.requests) == 2
    assert barriers(page) == []
    page.get_by_role("link", name="All runs").click()
    expect(page.get_by_role("link").filter(has_text="Replay")).to_have_count(1)
    expect(page.get_by_role("link").filter(has_text="Dry run")).to_have_count(1)


def test_a_run_pauses_where_it_was_told_and_goes_on_by_a_button(
    program: Program, visitor: Visitor, server: EchoServer
) -> None:
    save(program, server.reply("/t", json_reply({"temp": 30})), 20)
    page = visitor.open("automations/plan")
    page.get_by_role("button", name="Pause before this step", exact=True).click()
    expect(page.get_by_text("Pauses before", exact=True)).to_be_visible()
    page.get_by_role("button", name="Run", exact=True).click()
    expect(page.get_by_text("Paused before ask.")).to_be_visible()
    assert server.requests == []
    assert barriers(page) == []
    page.get_by_role("button", name="Step", exact=True).click()
    expect(page.get_by_text("Paused before hot.")).to_be_visible()
    assert len(server.requests) == 1
    page.get_by_role("button", name="Stop").click()
    expect(page.get_by_role("status").get_by_text("Cancelled")).to_be_visible()


def test_a_step_of_a_loop_is_run_alone_with_the_last_item_it_had(
    program: Program, visitor: Visitor, server: EchoServer
) -> None:
    ask = {"id": "ask", "type": "apiCall", "url": f"{server.url}/echo?city={{{{currentItem}}}}"}
    loop = {"id": "all", "type": "forEach", "items": ["Oslo", "Rome"], "steps": [ask]}
    save_automation(program, {**CALL, "id": "one", "url": f"{server.url}/echo"}, loop)
    page = open_editor(visitor)
    page.get_by_role("button", name="Run", exact=True).click()
    expect(page.get_by_role("status").get_by_text("Succeeded")).to_be_visible()
    page.goto(f"{program.url}#/automations/mine")
    line(page, "city=").click()
    page.get_by_role("button", name="Run this step").click()
    expect(page.get_by_text("1 step", exact=True)).to_be_visible()
    expect(page.get_by_role("region", name="Steps").get_by_role("listitem")).to_have_count(1)
    assert [each.query for each in server.requests] == [
        {},
        {"city": "Oslo"},
        {"city": "Rome"},
        {"city": "Rome"},
    ]
