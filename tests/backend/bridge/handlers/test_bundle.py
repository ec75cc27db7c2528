from base64 import b64encode

from servers.browser import Browser

PASSPHRASE = "four words in a row"
SECRET = "a-secret-of-the-bundle"


def test_what_is_exported_is_imported_again_beside_what_is_there(browser: Browser) -> None:
    browser.call("credentials.create", {"type": "apiKey", "name": "K", "fields": {"apiKey": SECRET}})
    browser.call("automations.create", {"name": "A"})
    file = browser.call("bundle.export", {"passphrase": PASSPHRASE, "everything": True})
    assert file["fileName"].endswith(".loopi")
    assert (file["automations"], file["credentials"]) == (1, 1)
    saved = browser.call("bundle.import", {"content": file["content"], "passphrase": PASSPHRASE})
    assert ([each["name"] for each in saved["credentials"]], saved["notes"]) == (["K 2"], [])
    assert [each["name"] for each in saved["automations"]] == ["A (2)"]
    assert [each["name"] for each in browser.call("automations.list")] == ["A", "A (2)"]
    assert SECRET.encode() not in b"".join(browser.seen)
    assert PASSPHRASE.encode() not in b"".join(browser.seen)


def test_what_does_not_open_is_refused_with_its_reason(browser: Browser) -> None:
    browser.call("automations.create", {"name": "A"})
    content = browser.call("bundle.export", {"passphrase": PASSPHRASE, "automations": ["A"]})["content"]
    wrong = {"content": content, "passphrase": "another passphrase"}
    assert browser.refused("bundle.import", wrong)["code"] == "bundle.wrong_passphrase"
    other = {"content": b64encode(b"x" * 99).decode(), "passphrase": PASSPHRASE}
    assert browser.refused("bundle.import", other)["code"] == "bundle.not_a_bundle"
    assert browser.refused("bundle.import", {**other, "content": "!"})["code"] == "bridge.bad_params"


def test_a_weak_passphrase_and_an_empty_bundle_are_refused(browser: Browser) -> None:
    weak = {"passphrase": "short", "everything": True}
    assert browser.refused("bundle.export", weak)["code"] == "bundle.weak_passphrase"
    empty = {"passphrase": PASSPHRASE}
    assert browser.refused("bundle.export", empty)["code"] == "bundle.empty"
