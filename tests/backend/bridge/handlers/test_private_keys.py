import json

from servers.browser import Browser

KEYS = {
    "apiKey": "key-canary-1",
    "apiSecret": "key-canary-2",
    "accessToken": "t-canary-3",
    "accessSecret": "c-4-secret",
}
STEP = {"id": "u", "type": "twitterSearchUser", "username": "loopi", **KEYS}
TEXT = json.dumps({"format": "loopi-automation/1", "id": "a1", "name": "Mine", "steps": [STEP]})


def test_imported_keys_move_into_the_vault_and_leave_with_their_automation(browser: Browser) -> None:
    step = browser.call("automations.import", {"text": TEXT})["document"]["steps"][0]
    assert not KEYS.keys() & step.keys()
    app = browser.serving.desk.app
    assert app.credentials.find(step["credentialId"]) is not None
    assert browser.call("credentials.list")["entries"] == []
    browser.call("automations.delete", {"id": "a1"})
    assert app.credentials.find(step["credentialId"]) is None
