from servers.browser import Browser
from servers.echo import EchoServer, json_reply

SECRET = "a-secret-key"


def made(browser: Browser, **fields: str) -> dict[str, object]:
    params = {"type": "apiKey", "name": "K", "fields": {"apiKey": SECRET, **fields}}
    entry: dict[str, object] = browser.call("credentials.create", params)["entry"]
    return entry


def test_a_new_credential_is_unused_and_was_never_used(browser: Browser) -> None:
    entry = made(browser)
    assert entry["standing"] == {"status": "unused", "message": "", "hint": ""}
    assert "lastUsedAt" not in entry


def test_what_a_test_found_out_is_shown_until_the_credential_changes(
    browser: Browser, server: EchoServer
) -> None:
    entry = made(browser, apiUrl=server.reply("/", json_reply({"message": "Who?"}, 401)))
    tested = browser.call("credentials.test", {"id": entry["id"]})
    assert tested["outcome"] == "refused"
    assert tested["entry"]["standing"]["status"] == "attention"
    (listed,) = browser.call("credentials.list")["entries"]
    assert listed == tested["entry"]
    assert listed["lastUsedAt"]
    change = {"apiKey": {"op": "set", "value": "another-key"}}
    params = {"id": entry["id"], "version": listed["version"], "changes": change}
    assert browser.call("credentials.update", params)["entry"]["standing"]["status"] == "untested"


def test_a_step_counts_whether_it_names_the_id_or_the_name(browser: Browser) -> None:
    entry = made(browser)
    steps = [
        {"id": f"s{at}", "type": "apiCall", "url": "https://api.example.com/", "credentialId": reference}
        for at, reference in enumerate(["K", str(entry["id"]), "Other"])
    ]
    document = {"format": "loopi-automation/1", "id": "a1", "name": "Uses it", "steps": steps}
    browser.call("automations.save", {"document": document})
    (listed,) = browser.call("credentials.list")["entries"]
    assert (listed["usedBy"], listed["standing"]["status"]) == (2, "untested")
