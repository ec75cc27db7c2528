import json

from servers.browser import Browser

SECRET = "ghp-of-the-test-0001"


def test_every_source_says_what_it_reads(browser: Browser) -> None:
    listed = browser.call("imports.sources")
    assert {"curl", "loopi", "dotenv", "postman", "n8n", "bruno"} == {each["id"] for each in listed}
    assert all(each["title"] and each["what"] for each in listed)


def test_secrets_of_a_file_become_credentials_and_are_shown_to_nobody(browser: Browser) -> None:
    texts = [f"OPENWEATHER_API_KEY={SECRET}\nPORT=80\n"]
    report = browser.call("imports.read", {"source": "dotenv", "texts": texts})
    (made,) = report["credentials"]
    assert [each["name"] for each in browser.call("credentials.list")["entries"]] == [made["name"]]
    assert report["automations"] == []
    assert SECRET.encode() not in b"".join(browser.seen)


def test_several_texts_are_taken_over_all_or_none(browser: Browser) -> None:
    sound = f"A_API_KEY={SECRET}"
    error = browser.refused("imports.read", {"source": "dotenv", "texts": [sound, "PORT=80"]})
    assert error["code"] == "import.no_secrets"
    assert browser.call("credentials.list")["entries"] == []
    assert SECRET not in json.dumps(error)


def test_a_source_that_nobody_knows_is_refused(browser: Browser) -> None:
    refused = browser.refused("imports.read", {"source": "ftp", "texts": ["x"]})
    assert refused["fields"] == {"source": "is not known"}


def test_a_command_becomes_a_step_and_no_automation(browser: Browser) -> None:
    text = f"curl https://api.example.com/user -H 'X-Key: {SECRET}' --frob"
    made = browser.call("steps.fromCurl", {"text": text})
    (entry,) = browser.call("credentials.list")["entries"]
    assert (made["step"]["url"], made["step"]["credentialId"]) == (
        "https://api.example.com/user",
        entry["id"],
    )
    assert (made["credential"], len(made["notes"])) == (entry["name"], 1)
    assert browser.call("automations.list") == []
    assert SECRET.encode() not in b"".join(browser.seen)
