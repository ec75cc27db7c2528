from engine.steps.registry import STEPS
from servers.browser import Browser


def test_every_type_of_step_is_told_with_its_schema_and_its_blocks(browser: Browser) -> None:
    types = {each["type"]: each for each in browser.call("steps.types")}
    assert types.keys() == STEPS.keys()
    assert set(types["if"]["blocks"]) == {"then", "else"}
    assert types["apiCall"]["credentialTypes"] == ["*"]
    assert types["twitterCreateTweet"]["credentialTypes"] == ["twitter"]
    assert types["wait"]["credentialTypes"] == []
