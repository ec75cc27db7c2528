from servers.browser import Browser

WAIT = {"id": "w", "type": "wait", "value": 600}
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
