from typing import cast

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


def test_a_copy_of_the_vault_is_restored_and_what_was_there_is_kept(browser: Browser) -> None:
    saved(browser)
    copy = browser.call("vault.copy")
    assert copy["fileName"].startswith("loopi-vault-")
    (entry,) = browser.call("credentials.list")["entries"]
    browser.call("credentials.delete", {"id": entry["id"], "version": entry["version"]})
    assert not browser.call("vault.restoreCopy", {"content": copy["content"]})["isLocked"]
    assert len(browser.call("credentials.list")["entries"]) == 1
    folder = browser.serving.desk.app.places.vault_dir
    assert len(list(folder.glob("*.corrupt-*"))) == 1


def test_a_copy_with_a_passphrase_asks_for_its_own(browser: Browser) -> None:
    saved(browser)
    browser.call("vault.setPassphrase", {"new": "the first passphrase"})
    copy = browser.call("vault.copy")["content"]
    browser.call("vault.setPassphrase", {"new": "the second passphrase", "current": "the first passphrase"})
    cast("dict[str, str]", browser.serving.desk.app.environ).pop("LOOPI_VAULT_KEY")
    assert browser.refused("vault.restoreCopy", {"content": copy})["code"] == "vault.locked"
    wrong = {"content": copy, "passphrase": "the second passphrase"}
    assert browser.refused("vault.restoreCopy", wrong)["code"] == "vault.wrong_key"
    browser.call("vault.restoreCopy", {"content": copy, "passphrase": "the first passphrase"})
    browser.call("vault.lock")
    browser.call("vault.unlock", {"passphrase": "the first passphrase"})


def test_what_is_no_vault_is_not_put_in_its_place(browser: Browser) -> None:
    saved(browser)
    assert browser.refused("vault.restoreCopy", {"content": "bm8gdmF1bHQ="})["code"] == "vault.not_a_vault"
    assert browser.refused("vault.restoreCopy", {"content": "!"})["code"] == "bridge.bad_params"
    assert len(browser.call("credentials.list")["entries"]) == 1
