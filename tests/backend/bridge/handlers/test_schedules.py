from typing import Any

import pytest

from servers.browser import Browser

BERLIN = {"kind": "cron", "expression": "30 2 * * *", "zone": "Europe/Berlin"}
WAIT = {"id": "rest", "type": "wait", "value": 30}


@pytest.fixture
def automation(browser: Browser) -> str:
    document = {"format": "loopi-automation/1", "id": "a1", "name": "Mine", "steps": [WAIT]}
    return str(browser.call("automations.save", {"document": document})["document"]["id"])


def create(browser: Browser, trigger: dict[str, Any], **options: object) -> dict[str, Any]:
    asked = {"automationId": "a1", "trigger": trigger, "options": options}
    made: dict[str, Any] = browser.call("schedules.create", asked)
    return made


@pytest.mark.usefixtures("automation")
def test_a_schedule_tells_whose_it_is_and_its_next_five_times_in_its_own_zone(browser: Browser) -> None:
    made = create(browser, BERLIN, missed="runAll", limit=3, notifies=True)
    assert (made["automationName"], made["state"]) == ("Mine", "on")
    assert made["when"] == "30 2 * * * (Europe/Berlin)"
    assert [each["words"][-9:-4] for each in made["next"]] == ["02:30"] * 5
    assert {each["words"].split()[-1] for each in made["next"]} <= {"CET", "CEST"}
    assert made["options"] == {
        "missed": "runAll",
        "limit": 3,
        "overlap": "skip",
        "notifies": True,
    }
    assert browser.call("schedules.list") == [made]


@pytest.mark.usefixtures("automation")
def test_what_was_changed_comes_back_as_it_was_entered(browser: Browser) -> None:
    made = create(browser, BERLIN)
    trigger = {"kind": "interval", "minutes": 15}
    changed = browser.call(
        "schedules.update", {"id": made["id"], "trigger": trigger, "options": {"graceMinutes": 30}}
    )
    assert (changed["trigger"], changed["when"]) == (trigger, "every 15 minutes")
    assert changed["options"]["graceMinutes"] == 30
    later = {"kind": "once", "at": "2090-01-31T18:00", "zone": browser.call("schedules.zones")["own"]}
    once = browser.call("schedules.update", {"id": made["id"], "trigger": later, "options": {}})
    assert once["trigger"] == later


@pytest.mark.usefixtures("automation")
def test_an_interval_that_stays_as_long_keeps_its_minute(browser: Browser) -> None:
    made = create(browser, {"kind": "interval", "minutes": 60})
    app = browser.serving.desk.app
    before = app.schedules.get(made["id"]).trigger
    browser.call(
        "schedules.update", {"id": made["id"], "trigger": made["trigger"], "options": {"overlap": "queue"}}
    )
    assert app.schedules.get(made["id"]).trigger is not before
    assert app.schedules.get(made["id"]).trigger == before


@pytest.mark.usefixtures("automation")
def test_it_is_switched_off_and_on_and_deleted(browser: Browser) -> None:
    made = {"id": create(browser, BERLIN)["id"]}
    off = browser.call("schedules.disable", made)
    assert (off["state"], off["next"]) == ("off", [])
    assert browser.call("schedules.enable", made)["state"] == "on"
    browser.call("schedules.delete", made)
    assert browser.call("schedules.list") == []
    assert browser.refused("schedules.enable", made)["code"] == "schedule.missing"


@pytest.mark.parametrize(
    ("trigger", "code"),
    [
        ({"kind": "cron", "expression": "30 25 * * *"}, "schedule.invalid"),
        ({"kind": "cron", "expression": "0 0 * * *", "zone": "Europe/Atlantis"}, "schedule.invalid"),
        ({"kind": "once", "at": "2001-01-01T00:00"}, "schedule.invalid"),
        ({"kind": "interval", "minutes": 0}, "schedule.invalid"),
        ({"kind": "interval"}, "bridge.bad_params"),
    ],
)
def test_what_never_fires_is_refused_before_it_is_kept(
    browser: Browser, automation: str, trigger: dict[str, Any], code: str
) -> None:
    assert browser.refused("schedules.times", trigger)["code"] == code
    asked = {"automationId": automation, "trigger": trigger, "options": {}}
    assert browser.refused("schedules.create", asked)["code"] == code
    assert browser.call("schedules.list") == []


def test_the_times_of_a_trigger_are_shown_before_it_is_kept(browser: Browser) -> None:
    shown = browser.call("schedules.times", BERLIN)["next"]
    assert len({each["at"] for each in shown}) == 5
    assert browser.call("schedules.times", {"kind": "programStart"}) == {"next": []}


@pytest.mark.usefixtures("automation")
def test_with_its_automation_a_schedule_goes(browser: Browser) -> None:
    create(browser, BERLIN)
    browser.call("automations.delete", {"id": "a1"})
    assert browser.call("schedules.list") == []


def test_a_locked_page_hears_how_many_runs_wait_and_nothing_else(browser: Browser) -> None:
    assert browser.call("schedules.waiting") == {"runs": 0}
