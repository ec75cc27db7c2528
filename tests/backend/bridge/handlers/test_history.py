import json

from engine.events import Event, RunFinished, RunStarted
from engine.model import Json
from servers.browser import Browser


def begun(browser: Browser, run_id: str, at: float, *, automation_id: str = "a") -> None:
    event = Event(run_id, 0, at, "", RunStarted(automation_id, "Name", "hash"))
    keep(browser, event)


def keep(browser: Browser, event: Event) -> None:
    document: dict[str, Json] = event.to_json()
    browser.serving.desk.app.journal.write(event, json.dumps(document))


def ids(browser: Browser, **wanted: object) -> list[str]:
    return [each["runId"] for each in browser.call("history.list", wanted)]


def test_runs_are_listed_by_automation_outcome_and_time(browser: Browser) -> None:
    for number, automation_id in enumerate(["a", "b", "a"]):
        begun(browser, f"r{number}", float(number + 1), automation_id=automation_id)
    keep(browser, Event("r0", 1, 9.0, "", RunFinished("failed", {"code": "http.timeout"})))
    assert ids(browser) == ["r2", "r1", "r0"]
    assert ids(browser, automationId="a") == ["r2", "r0"]
    assert ids(browser, outcome="failed") == ["r0"]
    assert ids(browser, outcome="interrupted") == ["r2", "r1"]
    assert ids(browser, outcome="running") == []
    assert ids(browser, before=3.0, limit=1) == ["r1"]
    assert ids(browser, since=2.0) == ["r2", "r1"]
    assert ids(browser, text="timeout") == ["r0"]
    assert browser.refused("history.list", {"limit": 0})["code"] == "bridge.bad_params"


def test_what_was_missed_is_listed_with_the_reason_and_has_no_events(browser: Browser) -> None:
    catalog = browser.serving.desk.app.journal.catalog
    error = {"code": "schedule.missed", "message": "Missed at 07:30."}
    catalog.note("5c-1-missed", ("a", "Name"), 1.0, error, outcome="missed")
    begun(browser, "r", 2.0)
    assert ids(browser, outcome="missed") == ["5c-1-missed"]
    found = browser.call("history.get", {"runId": "5c-1-missed"})
    assert (found["outcome"], found["errorMessage"]) == ("missed", "Missed at 07:30.")
    assert browser.call("runs.events", {"runId": "5c-1-missed"}) == []
    assert browser.refused("history.get", {"runId": "none"})["code"] == "history.no_such_run"


def test_a_deleted_run_leaves_nothing(browser: Browser) -> None:
    begun(browser, "r", 1.0)
    browser.call("history.delete", {"runId": "r"})
    assert ids(browser) == []
    assert browser.refused("runs.events", {"runId": "r"})["code"] == "history.no_such_run"


def test_a_run_is_exported_as_it_was_recorded(browser: Browser) -> None:
    begun(browser, "r123456789", 1.0)
    exported = browser.call("history.export", {"runId": "r123456789"})
    assert exported["name"] == "run-r1234567.jsonl"
    assert [json.loads(line)["type"] for line in exported["text"].splitlines()] == ["RunStarted"]
    assert browser.refused("history.export", {"runId": "none"})["code"] == "history.no_such_run"
