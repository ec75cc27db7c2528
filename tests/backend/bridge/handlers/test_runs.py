from backend.runs.journal import Journal
from engine.events import StepStarted
from runs import automation as parsed
from runs import interrupted
from servers.browser import Browser

WAIT = {"id": "w", "type": "wait", "value": 600}
POST = {"id": "post", "type": "apiCall", "method": "POST", "url": "http://127.0.0.1:9/"}
SET = {"id": "s", "type": "setVariable", "variableName": "x", "value": "1"}


def automation(browser: Browser, *steps: object) -> None:
    document = {"format": "loopi-automation/1", "id": "a1", "name": "Mine", "steps": steps}
    browser.call("automations.save", {"document": document})


def test_a_run_is_followed_in_order_and_stopped(browser: Browser) -> None:
    automation(browser, SET, WAIT)
    stream = browser.listen()
    run_id = browser.call("runs.start", {"automationId": "a1"})["runId"]
    assert [each["runId"] for each in browser.call("runs.active")] == [run_id]
    assert browser.refused("history.delete", {"runId": run_id})["code"] == "history.still_running"
    browser.call("runs.stop", {"runId": run_id})
    heard: list[dict[str, object]] = []
    while not heard or heard[-1]["type"] != "RunFinished":
        heard += stream.next().get("events", [])
    stream.close()
    assert [each["seq"] for each in heard] == list(range(len(heard)))
    assert heard == browser.call("runs.events", {"runId": run_id})
    assert heard[3:] == browser.call("runs.events", {"runId": run_id, "after": 2})
    assert heard[-1]["outcome"] == "cancelled"


def test_a_run_that_is_over_may_be_stopped_again(browser: Browser) -> None:
    automation(browser, SET)
    run_id = browser.call("runs.start", {"automationId": "a1"})["runId"]
    going = browser.serving.desk.app.runs.find(run_id)
    assert going is None or going.wait(20)
    assert browser.call("runs.stop", {"runId": run_id}) == {}
    assert browser.refused("runs.stop", {"runId": "none"})["code"] == "history.no_such_run"


def test_a_run_of_another_program_is_listed_and_can_be_stopped(browser: Browser) -> None:
    desk = browser.serving.desk
    other = Journal(desk.app.places.history_db)
    interrupted(other, parsed())
    (found,) = browser.call("runs.active")
    assert (found["runId"], found["isHere"]) == ("r", False)
    assert browser.call("runs.stop", {"runId": "r"}) == {}
    assert other.catalog.to_stop() == ["r"]
    assert browser.refused("runs.resume", {"runId": "r"})["code"] == "automation.missing"
    assert browser.refused("history.delete", {"runId": "r"})["code"] == "history.still_running"
    other.close()
    assert browser.call("runs.active") == []


def test_an_interrupted_run_asks_what_nobody_knows_and_goes_on_with_the_answer(browser: Browser) -> None:
    document = {"format": "loopi-automation/1", "id": "a1", "name": "Mine", "steps": [POST]}
    browser.call("automations.save", {"document": document})
    app = browser.serving.desk.app
    interrupted(
        app.journal, app.parse(app.automations.get("a1")), ("0", StepStarted("post", "apiCall", "Tell"))
    )
    app.journal.intend("r", "0", 1)
    (doubt,) = browser.call("runs.doubts", {"runId": "r"})
    assert (doubt["path"], doubt["description"], doubt["mustAsk"]) == ("0", "Tell", True)
    assert browser.refused("runs.resume", {"runId": "r"})["code"] == "run.outcome_unknown"
    assert browser.call("runs.resume", {"runId": "r", "answers": {"0": True}}) == {"runId": "r"}
    going = app.runs.find("r")
    assert going is None or going.wait(20)
    assert browser.call("runs.events", {"runId": "r"})[-1]["outcome"] == "succeeded"
    assert browser.refused("runs.resume", {"runId": "r"})["code"] == "run.is_over"


def test_a_loop_that_posts_wants_a_confirmation_and_a_check_says_so(browser: Browser) -> None:
    tweet = {"id": "t", "type": "twitterCreateTweet", "text": "hi"}
    automation(browser, {"id": "each", "type": "forEach", "items": [1, 2], "steps": [tweet]})
    cost = browser.call("automations.get", {"id": "a1"})["cost"]
    assert (cost["least"], cost["most"], cost["asks"]) == (0.03, 0.03, True)
    refused = browser.refused("runs.start", {"automationId": "a1"})
    assert refused["code"] == "run.not_confirmed"
    assert cost["words"] in refused["message"]
    run_id = browser.call("runs.start", {"automationId": "a1", "isConfirmed": True})["runId"]
    going = browser.serving.desk.app.runs.find(run_id)
    assert going is None or going.wait(20)


def test_what_costs_nothing_has_no_price(browser: Browser) -> None:
    automation(browser, WAIT)
    assert "cost" not in browser.call("automations.get", {"id": "a1"})


def test_a_run_waits_at_a_breakpoint_until_it_is_told_to_go_on(browser: Browser) -> None:
    automation(browser, SET, {**SET, "id": "t"})
    stream = browser.listen()
    run_id = browser.call("runs.start", {"automationId": "a1", "breakpoints": ["s"]})["runId"]
    heard: list[dict[str, object]] = []
    while not heard or heard[-1]["type"] != "RunFinished":
        new = stream.next().get("events", [])
        heard += new
        if new and new[-1]["type"] == "RunPaused":
            browser.call("runs.continue", {"runId": run_id, "mode": "step"})
    stream.close()
    assert [each["stepId"] for each in heard if each["type"] == "RunPaused"] == ["s", "t"]
    assert browser.refused("runs.continue", {"runId": run_id})["code"] == "run.not_paused"
    refused = browser.refused("runs.start", {"automationId": "a1", "breakpoints": ["gone"]})
    assert refused["code"] == "run.no_such_step"
