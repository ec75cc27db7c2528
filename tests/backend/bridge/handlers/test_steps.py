from engine.steps.registry import STEPS
from engine.template.filters import FILTERS
from servers.browser import Browser


def test_every_type_of_step_is_told_with_its_schema_and_its_blocks(browser: Browser) -> None:
    types = {each["type"]: each for each in browser.call("steps.types")}
    assert types.keys() == STEPS.keys()
    assert set(types["if"]["blocks"]) == {"then", "elseIf", "else"}
    assert types["apiCall"]["credentialTypes"] == ["*"]
    assert types["twitterCreateTweet"]["credentialTypes"] == ["twitter"]
    assert types["wait"]["credentialTypes"] == []


def test_every_filter_is_told_with_what_it_does(browser: Browser) -> None:
    found = {each["name"]: each["about"] for each in browser.call("steps.filters")}
    assert found.keys() == FILTERS.keys()
    assert all(f"| {name}" in about and "gives" in about for name, about in found.items())


def test_a_tweet_is_counted_by_xs_rules_and_its_placeholders_are_not(browser: Browser) -> None:
    assert browser.call("steps.tweetLength", {"text": "日本 {{city}}"}) == {
        "length": 5,
        "limit": 280,
        "hasPlaceholder": True,
    }


def test_a_placeholder_that_nobody_ends_is_text(browser: Browser) -> None:
    counted = browser.call("steps.tweetLength", {"text": "{{a}}bc{{" + "{{" * 400_000})
    assert (counted["length"], counted["hasPlaceholder"]) == (800_004, True)


def test_a_request_is_shown_with_the_values_that_are_known(browser: Browser) -> None:
    step = {"id": "c", "type": "apiCall", "method": "GET", "url": "http://127.0.0.1:9/{{city}}/{{b}}"}
    shown = browser.call("steps.preview", {"step": step, "values": {"city": "Oslo"}})
    assert (shown["method"], shown["url"], shown["message"]) == ("GET", "http://127.0.0.1:9/Oslo/{{b}}", "")


def test_a_step_that_is_not_complete_says_what_it_lacks_in_place_of_its_request(browser: Browser) -> None:
    shown = browser.call("steps.preview", {"step": {"id": "c", "type": "apiCall", "url": ""}, "values": {}})
    assert (shown["url"], "url" in shown["message"]) == ("", True)
