from servers.browser import Browser


def saved(browser: Browser) -> None:
    browser.call("credentials.create", {"type": "apiKey", "name": "K", "fields": {"apiKey": "a-secret-key"}})


def test_a_locked_vault_opens_again_only_when_it_is_asked(browser: Browser) -> None:
    saved(browser)
    assert browser.call("vault.lock")["isLocked"]
    assert browser.refused("credentials.list")["code"] == "vault.locked"
    assert browser.call("vault.status")["needs"] == "nothing"
    assert not browser.call("vault.unlock")["isLocked"]
    assert len(browser.call("credentials.list")["entries"]) == 1


def test_with_a_passphrase_the_page_is_asked_for_it(browser: Browser) -> None:
    saved(browser)
    assert browser.call("vault.setPassphrase", {"new": "a long passphrase"})["hasPassphrase"]
    assert browser.call("vault.lock")["needs"] == "passphrase"
    assert browser.refused("vault.unlock", {"passphrase": "wrong"})["code"] == "vault.wrong_key"
    assert browser.call("vault.status")["isLocked"]
    assert browser.call("vault.unlock", {"passphrase": "a long passphrase"})["isUnlocked"]


def test_a_broken_vault_is_told_of_and_can_be_set_aside(browser: Browser) -> None:
    saved(browser)
    file = browser.serving.desk.app.places.vault_dir / "credentials.json.enc"
    file.write_bytes(b"not a vault")
    status = browser.call("vault.status")
    assert (status["needs"], status["problem"]["code"]) == ("repair", "vault.not_a_vault")
    assert not browser.call("vault.startAnew")["exists"]
    assert browser.call("credentials.list")["entries"] == []
