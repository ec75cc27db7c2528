"""Runs as a person follows them: started, stopped, looked into, begun again, resumed; and their history."""

import json
import re

from playwright.sync_api import Locator, Page, expect

from backend.runs.journal import Journal
from engine.events import StepStarted
from runs import interrupted
from servers.echo import EchoServer, json_reply
from servers.loopback import Reply
from ui import sample_runs
from ui.program import Program
from ui.visitor import SMALL, Visitor

SET = {"id": "first", "type": "setVariable", "variableName": "greeting", "value": "Hello, {{who}}"}
LONG = {"id": "long", "type": "wait", "value": 600}


def save(program: Program, name: str, *steps: object, **fields: object) -> str:
    document = {
        "format": "loopi-automation/1",
        "id": name.lower(),
        "name": name,
        "steps": list(steps),
        **fields,
    }
    return program.app.automations.save(document)  # type: ignore[arg-type]  # JSON


def log(page: Page) -> Locator:
    return page.get_by_role("log")


def press_stop(page: Page) -> None:
    page.get_by_role("button", name="Stop").click()
    expect(page.get_by_role("status").get_by_text("Cancelled")).to_be_visible()


def test_runs_go_on_when_the_view_changes_and_each_is_stopped_by_itself(
    program: Program, visitor: Visitor
) -> None:
    for name in ("One", "Two"):
        save(program, name, LONG)
    page = visitor.open("automations")
    for name in ("One", "Two"):
        page.goto(f"{program.url}#/automations/{name.lower()}")
        page.get_by_role("button", name="Run", exact=True).click()
        expect(page.get_by_role("heading", level=1)).to_have_text(name)
        expect(page.get_by_role("status").get_by_text("Running")).to_be_visible()
    page.get_by_role("link", name="All runs").click()
    going = page.get_by_role("region", name="Running now").get_by_role("link")
    expect(going).to_have_count(2)
    going.filter(has_text="One").click()
    press_stop(page)
    expect(page.get_by_role("button", name="Stop")).to_have_count(0)
    page.get_by_role("link", name="All runs").click()
    expect(going).to_have_count(1)
    going.click()
    press_stop(page)


def test_a_step_is_opened_with_what_it_sent_and_got_and_its_values_are_used(
    program: Program, visitor: Visitor, server: EchoServer
) -> None:
    url = server.reply("/weather", json_reply({"main": {"temp": 21}, "days": [{"x-day": "Monday"}]}))
    save(program, "Weather", {"id": "ask", "type": "apiCall", "method": "GET", "url": url, "storeKey": "w"})
    visitor.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = visitor.open("automations/weather")
    page.get_by_role("button", name="Run", exact=True).click()
    expect(page.get_by_role("status").get_by_text("Succeeded")).to_be_visible()
    page.get_by_role("button", name="API call").click()
    expect(page.get_by_text(f"GET {url}").first).to_be_visible()
    page.get_by_role("button", name="main 1 field").click()
    page.get_by_role("button", name="Use steps.ask.data.main.temp in a step").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("{{steps.ask.data.main.temp}} is copied.")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == "{{steps.ask.data.main.temp}}"
    expect(log(page)).to_contain_text("Answer 200")
    page.get_by_role("button", name="Open the automation").click()
    expect(page.get_by_label("Name of the automation")).to_have_value("Weather")


def test_a_failure_says_what_to_do_and_leads_to_the_step_and_the_credential(
    program: Program, visitor: Visitor, server: EchoServer
) -> None:
    key = program.add("apiKey", "Key", apiKey="not-a-secret-0123456789", apiUrl=f"{server.url}/")
    url = server.reply("/private", Reply(401))
    steps = [
        {**SET, "value": "x"},
        {
            "id": "ask",
            "type": "apiCall",
            "description": "Ask",
            "method": "GET",
            "url": url,
            "credentialId": key,
        },
        LONG,
    ]
    save(program, "Private", *steps)
    page = visitor.open("automations/private", size=SMALL)
    page.get_by_role("button", name="Run", exact=True).click()
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("401")
    bar = page.get_by_role("progressbar", name="Steps done")
    expect(bar).to_have_attribute("value", re.compile("0.66"))
    expect(bar).to_have_class(re.compile("failed"))
    expect(alert.get_by_role("link", name="Open its credential")).to_have_attribute(
        "href", f"#/settings/credentials/{key}"
    )
    alert.get_by_role("link", name="Edit the step").click()
    expect(page.get_by_role("treeitem", name=re.compile("Ask"))).to_be_focused()


def test_a_run_is_begun_again_with_other_values_and_from_a_step(
    program: Program, visitor: Visitor, server: EchoServer
) -> None:
    url = server.reply("/tell", json_reply({}))
    tell = {"id": "tell", "type": "apiCall", "method": "GET", "url": f"{url}?text={{{{greeting}}}}"}
    save(program, "Greeting", SET, tell, variables={"who": "you"})
    page = visitor.open("automations/greeting")
    page.get_by_role("button", name="Run", exact=True).click()
    expect(page.get_by_role("status").get_by_text("Succeeded")).to_be_visible()
    page.get_by_role("button", name="Run again").click()
    page.get_by_role("dialog").get_by_label("who").fill("Ada")
    page.keyboard.press("Enter")
    expect(log(page)).to_contain_text('greeting = "Hello, Ada"')
    expect(page.get_by_role("status").get_by_text("Succeeded")).to_be_visible()
    page.get_by_role("button", name="API call").click()
    page.get_by_role("button", name="Run from here").click()
    expect(log(page)).not_to_contain_text("greeting = ")
    expect(page.get_by_role("status").get_by_text("Succeeded")).to_be_visible()
    told = [each.query["text"] for each in server.requests]
    assert told == ["Hello, you", "Hello, Ada", "Hello, Ada"]


def test_an_interrupted_run_asks_and_goes_on_with_the_keyboard_alone(
    program: Program, visitor: Visitor
) -> None:
    post = {
        "id": "post",
        "type": "apiCall",
        "description": "Tell",
        "method": "POST",
        "url": "http://127.0.0.1:9/",
    }
    save(program, "Posting", post, SET, variables={"who": "you"})
    document = program.app.automations.get("posting")
    dead = Journal(program.app.places.history_db)
    interrupted(dead, program.app.parse(document), ("0", StepStarted("post", "apiCall", "Tell")))
    dead.intend("r", "0", 1)
    dead.close()
    page = visitor.open("history/r", size=SMALL)
    expect(page.get_by_role("status").get_by_text("Interrupted")).to_be_visible()
    expect(page.get_by_role("button", name="Resume")).to_be_disabled()
    page.get_by_role("radio", name="Yes, go on behind it").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Resume")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").get_by_text("Succeeded")).to_be_visible()
    expect(log(page)).to_contain_text('greeting = "Hello, you"')


def test_a_run_of_another_program_is_followed_and_stopped(program: Program, visitor: Visitor) -> None:
    sample_runs.fill_history(program)
    page = visitor.open(f"history/{sample_runs.GOING}")
    expect(page.get_by_role("status").get_by_text("Running")).to_be_visible()
    with page.expect_response("**/api/runs.stop"):
        page.get_by_role("button", name="Stop").click()
        expect(page.get_by_role("button", name="Stopping")).to_be_visible()
    assert program.app.journal.catalog.to_stop() == [sample_runs.GOING]


def test_runs_are_found_by_words_outcome_and_day_and_deleted(program: Program, visitor: Visitor) -> None:
    sample_runs.fill_history(program)
    page = visitor.open("history")
    rows = page.get_by_role("main").get_by_role("listitem")
    expect(rows).to_have_count(11)
    page.get_by_label("Search runs").fill("may read")
    expect(rows).to_have_count(1)
    page.get_by_role("button", name="Show all").click()
    page.get_by_label("Outcome").select_option("cancelled")
    expect(rows).to_have_count(1)
    page.get_by_label("Outcome").select_option("")
    page.get_by_label("Automation").select_option("weather")
    page.get_by_label("To", exact=True).fill("2020-01-01")
    expect(page.get_by_text("No run fits.")).to_be_visible()
    page.get_by_role("button", name="Show all").click()
    rows.filter(has_text="X refused").get_by_role("link").click()
    with page.expect_download() as saved:
        page.get_by_role("button", name="Export").click()
    lines = saved.value.path().read_text().splitlines()
    assert json.loads(lines[-1])["outcome"] == "failed"
    page.get_by_role("button", name="Delete").click()
    page.get_by_role("alertdialog").get_by_role("button", name="Delete").click()
    expect(rows).to_have_count(10)


def test_without_runs_the_history_says_what_it_is_for(program: Program, visitor: Visitor) -> None:
    page = visitor.open("history")
    expect(page.get_by_role("heading", name="No runs yet")).to_be_visible()


def test_how_long_runs_are_kept_is_a_setting(program: Program, visitor: Visitor) -> None:
    sample_runs.fill_history(program)
    page = visitor.open("settings/general")
    page.get_by_label("Keep at most").fill("2")
    page.get_by_role("button", name="Save changes").click()
    expect(page.get_by_text("The settings are saved.")).to_be_visible()
    page.goto(f"{program.url}#/history")
    expect(page.get_by_role("main").get_by_role("listitem")).to_have_count(2)
