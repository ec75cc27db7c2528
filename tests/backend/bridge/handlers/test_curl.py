import json

from servers.browser import Browser

SECRET = "ghp-of-the-test-0001"


def test_a_command_becomes_an_automation_and_its_secret_a_credential(browser: Browser) -> None:
    text = f"curl https://api.example.com/user -H 'Authorization: Bearer {SECRET}' --frob"
    answer = browser.call("automations.importCurl", {"text": text})
    (step,) = answer["automation"]["document"]["steps"]
    assert step["url"] == "https://api.example.com/user"
    assert answer["credential"] == "api.example.com"
    assert answer["notes"] == ["--frob is not known here and was not taken."]
    (entry,) = browser.call("credentials.list")["entries"]
    assert (entry["id"], entry["type"], entry["allowedHosts"]) == (
        step["credentialId"],
        "apiKey",
        ["api.example.com"],
    )
    assert SECRET.encode() not in b"".join(browser.seen)


def test_a_step_is_copied_without_its_secret(browser: Browser) -> None:
    text = f"curl https://api.example.com/user -H 'X-Key: {SECRET}'"
    made = browser.call("automations.importCurl", {"text": text})["automation"]["document"]
    copied = browser.call("automations.curl", {"id": made["id"], "stepId": "request"})
    assert "-H 'X-Key: '\"$X_KEY\"" in copied["text"]
    assert SECRET not in json.dumps(copied)


def test_what_is_no_command_is_refused_without_being_repeated(browser: Browser) -> None:
    error = browser.refused("automations.importCurl", {"text": f"wget {SECRET}"})
    assert error["code"] == "import.no_curl"
    assert SECRET not in json.dumps(error)


def test_a_step_that_is_not_there_is_no_command(browser: Browser) -> None:
    made = browser.call("automations.create", {"name": "A"})["document"]
    assert (
        browser.refused("automations.curl", {"id": made["id"], "stepId": "x"})["code"] == "run.no_such_step"
    )
