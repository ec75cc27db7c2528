from servers.browser import Browser

FIELDS = {"apiKey": "a-secret-key", "apiUrl": "https://api.example.com/v1/"}
STEP = {"id": "s", "type": "apiCall", "url": "https://api.example.com/", "credentialId": "K"}
USING = {"format": "loopi-automation/1", "id": "a1", "name": "Uses it", "steps": [STEP]}


def test_a_credential_lives_from_its_creation_to_the_trash_and_back(browser: Browser) -> None:
    made = browser.call("credentials.create", {"type": "apiKey", "name": "K", "fields": FIELDS})["entry"]
    assert made["fields"]["apiKey"] == {"set": True, "secret": True}
    change = {"apiUrl": {"op": "clear"}, "apiKey": {"op": "keep"}}
    update = {"id": made["id"], "version": made["version"], "name": "L", "changes": change}
    edited = browser.call("credentials.update", update)["entry"]
    assert (edited["name"], edited["fields"]["apiUrl"]["set"]) == ("L", False)
    assert browser.refused("credentials.update", update)["code"] == "credential.changed_elsewhere"
    browser.call("credentials.delete", {"id": made["id"], "version": edited["version"]})
    assert browser.call("credentials.list")["trash"][0]["deletedAt"]
    assert browser.call("credentials.restore", {"id": made["id"]})["name"] == "L"


def test_the_steps_that_use_it_are_named_and_counted(browser: Browser) -> None:
    made = browser.call("credentials.create", {"type": "apiKey", "name": "K", "fields": FIELDS})["entry"]
    browser.call("automations.save", {"document": USING})
    assert browser.call("credentials.get", {"id": made["id"]})["usedBy"] == 1
    usage = browser.call("credentials.usage", {"id": made["id"]})
    step = {
        "automationId": "a1",
        "automationName": "Uses it",
        "stepId": "s",
        "stepDescription": "",
        "path": "steps[0]",
    }
    assert usage == {"steps": [step], "runs": []}


def test_a_refused_form_names_its_fields_and_no_value(browser: Browser) -> None:
    error = browser.refused(
        "credentials.create", {"type": "apiKey", "name": "", "fields": {"apiKey": "••••"}}
    )
    assert (error["code"], error["fields"].keys()) == ("credential.invalid", {"name", "apiKey"})


def test_every_type_says_what_a_form_needs(browser: Browser) -> None:
    types = {each["id"]: each for each in browser.call("credentials.types")}
    assert [field["key"] for field in types["twitter"]["fields"] if field["isSecret"]]
    assert types["custom"]["hasOwnFields"]
