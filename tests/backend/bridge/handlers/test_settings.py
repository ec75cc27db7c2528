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
