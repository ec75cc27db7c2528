import json

from servers.browser import Browser

STEP = {"id": "s", "type": "setVariable", "variableName": "x", "value": "1"}
DOCUMENT = {"format": "loopi-automation/1", "id": "a1", "name": "Mine", "steps": [STEP]}


def test_an_automation_is_saved_with_its_problems_and_they_are_told(browser: Browser) -> None:
    wrong = {**DOCUMENT, "steps": [{"id": "s", "type": "wait"}]}
    assert browser.call("automations.save", {"document": wrong})["problems"][0]["path"].startswith("steps[0]")
    assert browser.refused("runs.start", {"automationId": "a1"})["problems"]


def test_a_document_without_id_is_refused(browser: Browser) -> None:
    error = browser.refused("automations.save", {"document": {"name": "x"}})
    assert (error["code"], error["fields"].keys()) == ("bridge.bad_params", {"document.id"})


def test_a_copy_has_an_id_and_a_name_of_its_own(browser: Browser) -> None:
    browser.call("automations.save", {"document": DOCUMENT})
    copy = browser.call("automations.duplicate", {"id": "a1"})["document"]
    assert (copy["id"] != "a1", copy["name"]) == (True, "Mine (2)")
    browser.call("automations.delete", {"id": "a1"})
    assert [each["name"] for each in browser.call("automations.list")] == ["Mine (2)"]


def test_what_is_exported_can_be_imported(browser: Browser) -> None:
    browser.call("automations.save", {"document": DOCUMENT})
    exported = browser.call("automations.export", {"id": "a1"})
    assert exported["fileName"] == "mine.json"
    imported = browser.call("automations.import", {"text": exported["text"]})
    assert (imported["name"], imported["movedKeys"]) == ("Mine (2)", 0)
    assert browser.call("automations.get", {"id": imported["id"]})["document"]["steps"] == [STEP]


def test_an_import_says_what_of_mine_it_would_use(browser: Browser) -> None:
    browser.call("automations.save", {"document": DOCUMENT})
    theirs = {**DOCUMENT, "id": "t", "steps": [{"id": "r", "type": "runAutomation", "automation": "Mine"}]}
    imported = browser.call("automations.import", {"text": json.dumps(theirs)})
    assert ["“Mine”" in note for note in imported["notes"]] == [True]


def test_an_example_is_added_by_its_name_only(browser: Browser) -> None:
    for example in browser.call("automations.examples"):
        assert browser.call("automations.addExample", {"name": example["name"]})["problems"] == []
    assert browser.refused("automations.addExample", {"name": "../x"})["code"] == "automation.missing"


def test_a_new_one_is_empty_and_checked(browser: Browser) -> None:
    made = browser.call("automations.create", {"name": "New"})["document"]
    assert made["steps"] == []
    assert "problems" in browser.call("automations.check", {"document": json.loads(json.dumps(made))})


PLAIN_KEYS = {
    "apiKey": "key-canary-1",
    "apiSecret": "key-canary-2",
    "accessToken": "t-canary-3",
    "accessSecret": "c-4-secret",
}
KEYED_STEP = {"id": "u", "type": "twitterSearchUser", "username": "loopi", **PLAIN_KEYS}
KEYED_TEXT = json.dumps({"format": "loopi-automation/1", "id": "a1", "name": "Mine", "steps": [KEYED_STEP]})


def test_imported_keys_move_into_the_vault_and_leave_with_their_automation(browser: Browser) -> None:
    imported = browser.call("automations.import", {"text": KEYED_TEXT})
    assert (imported["movedKeys"], imported["missing"]) == (1, [])
    step = browser.call("automations.get", {"id": imported["id"]})["document"]["steps"][0]
    assert not PLAIN_KEYS.keys() & step.keys()
    app = browser.serving.desk.app
    assert app.credentials.find(step["credentialId"]) is not None
    assert browser.call("credentials.list")["entries"] == []
    browser.call("automations.delete", {"id": "a1"})
    assert app.credentials.find(step["credentialId"]) is None


def test_two_windows_cannot_write_over_each_other_unasked(browser: Browser) -> None:
    opened = browser.call("automations.save", {"document": DOCUMENT})["version"]
    browser.call("automations.save", {"document": {**DOCUMENT, "name": "Theirs"}, "version": opened})
    late = {"document": {**DOCUMENT, "name": "Mine"}, "version": opened}
    assert browser.refused("automations.save", late)["code"] == "automation.changed_elsewhere"
    assert browser.call("automations.save", {"document": late["document"]})["document"]["name"] == "Mine"


def test_keys_that_were_typed_into_a_step_leave_and_come_back_with_it(browser: Browser) -> None:
    owner = {"automationId": "a1", "stepId": "c"}
    typed = {"type": "basic", "name": "Keys", "fields": {"username": "a", "password": "p-canary-9"}}
    entry = browser.call("credentials.create", {**typed, "owner": owner})["entry"]
    call = {"id": "c", "type": "apiCall", "url": "https://a.example/", "credentialId": entry["id"]}
    browser.call("automations.save", {"document": {**DOCUMENT, "steps": [call]}})
    assert [each["id"] for each in browser.call("credentials.private", {"id": "a1"})] == [entry["id"]]
    assert browser.call("credentials.list")["entries"] == []
    browser.call("automations.save", {"document": DOCUMENT})
    assert browser.call("credentials.private", {"id": "a1"}) == []
    browser.call("automations.save", {"document": {**DOCUMENT, "steps": [call]}})
    assert browser.call("automations.list")[0]["missingCredentials"] == 0


def test_an_import_names_the_credentials_that_are_not_saved_here(browser: Browser) -> None:
    step = {"id": "s", "type": "apiCall", "url": "https://api.example.com/", "credentialId": "Not here"}
    document = {"format": "loopi-automation/1", "name": "Other machine", "steps": [step, {**step, "id": "t"}]}
    imported = browser.call("automations.import", {"text": json.dumps(document)})
    assert imported["missing"] == ["Not here"]
