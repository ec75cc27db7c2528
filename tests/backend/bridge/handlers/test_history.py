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
    assert browser.refused("history.list", {"limit": 0})["code"] == "bridge.bad_params"


def test_a_deleted_run_leaves_nothing(browser: Browser) -> None:
    begun(browser, "r", 1.0)
    browser.call("history.delete", {"runId": "r"})
    assert ids(browser) == []
    assert browser.refused("runs.events", {"runId": "r"})["code"] == "history.no_such_run"
