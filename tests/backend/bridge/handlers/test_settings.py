from pathlib import Path

from servers.browser import Browser


def test_a_setting_is_kept_and_the_others_stay(browser: Browser) -> None:
    browser.call("settings.update", {"theme": "dark"})
    changed = browser.call("settings.update", {"maxRedirects": 3, "proxyUrl": "http://127.0.0.1:1"})
    assert (changed["theme"], changed["maxRedirects"], changed["proxyUrl"]) == (
        "dark",
        3,
        "http://127.0.0.1:1",
    )
    assert browser.call("settings.get") == changed
    assert browser.call("app.info")["theme"] == "dark"
    assert browser.call("settings.update", {"proxyUrl": ""})["proxyUrl"] is None


def test_a_value_that_cannot_be_used_is_refused_and_not_kept(browser: Browser) -> None:
    assert browser.refused("settings.update", {"maxRedirects": -1})["code"] == "settings.invalid"
    assert browser.call("settings.get")["maxRedirects"] == 10


def test_files_lie_in_a_whole_path_or_in_the_usual_one(browser: Browser, tmp_path: Path) -> None:
    changed = browser.call(
        "settings.update", {"filesFolder": str(tmp_path), "caFile": str(tmp_path / "ca.pem")}
    )
    assert (changed["filesFolder"], changed["caFile"]) == (str(tmp_path), str(tmp_path / "ca.pem"))
    assert browser.refused("settings.update", {"filesFolder": "here"})["code"] == "settings.invalid"
    emptied = browser.call("settings.update", {"filesFolder": "", "caFile": ""})
    assert (emptied["filesFolder"], emptied["caFile"]) == ("", "")


def test_the_minutes_until_the_vault_locks_itself_are_kept_within_a_day(browser: Browser) -> None:
    assert browser.call("settings.get")["autoLockMinutes"] == 15
    assert browser.call("settings.update", {"autoLockMinutes": 0})["autoLockMinutes"] == 0
    assert browser.call("settings.get")["autoLockMinutes"] == 0
    refused = browser.refused("settings.update", {"autoLockMinutes": 1441})
    assert refused["fields"].keys() == {"autoLockMinutes"}


def test_the_folders_are_named_for_who_wants_to_look_into_them(browser: Browser) -> None:
    info = browser.call("app.info")
    assert info["userData"] in {folder["path"] for folder in info["folders"]}
    assert browser.call("app.active") == {}
