from typing import Any

import pytest

from docs.pages import page
from engine.price import Price, dollars
from engine.steps import twitter_price as prices
from engine.steps.action import Action
from engine.steps.registry import STEPS


def price_of(step_type: str, **params: Any) -> Price:  # noqa: ANN401 - any field
    kind = STEPS[step_type]
    assert isinstance(kind, Action)
    assert kind.price is not None
    return kind.price(params)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Good morning", (15, 15)),
        ("see https://example.com", (200, 200)),
        ("see example.com", (200, 200)),
        ("{{temperature}} °C", (15, 200)),
        ("{{city}}: https://example.com", (200, 200)),
        ("", (15, 15)),
    ],
)
def test_a_post_costs_more_with_a_url_and_a_placeholder_may_bring_one(
    text: str, expected: tuple[int, int]
) -> None:
    assert price_of("twitterCreateTweet", text=text) == expected


@pytest.mark.parametrize(
    ("user", "expected"), [("123", (15, 15)), ("@friend", (25, 25)), ("{{user}}", (15, 25))]
)
def test_a_message_to_a_name_costs_its_look_up(user: str, expected: tuple[int, int]) -> None:
    assert price_of("twitterSendDM", userId=user) == expected


@pytest.mark.parametrize(
    ("params", "most"),
    [
        ({}, 50),
        ({"maxResults": 100, "pages": 3}, 1500),
        ({"expansions": ["author_id"]}, 150),
        ({"expansions": ["author_id", "attachments.poll_ids"]}, 150),
    ],
)
def test_a_search_costs_as_many_tweets_as_may_come_back(params: dict[str, Any], most: int) -> None:
    assert price_of("twitterSearchTweets", searchQuery="a", **params) == (0, most)
    assert price_of("twitterUserTweets", userId="@a", **params) == (10, most + 10)


@pytest.mark.parametrize(
    ("step_type", "expected"),
    [
        ("twitterLikeTweet", (15, 15)),
        ("twitterRetweet", (15, 15)),
        ("twitterUnlikeTweet", (10, 10)),
        ("twitterUndoRetweet", (10, 10)),
        ("twitterDeleteTweet", (5, 10)),
        ("twitterSearchUser", (10, 10)),
        ("twitterUploadMedia", (0, 0)),
    ],
)
def test_what_is_the_same_every_time_has_one_price(step_type: str, expected: tuple[int, int]) -> None:
    assert price_of(step_type) == expected


def test_alternative_text_costs() -> None:
    assert price_of("twitterUploadMedia", altText="a") == (5, 5)


def test_every_expansion_has_a_price() -> None:
    from engine.steps.twitter_read import EXPANSIONS

    assert prices._ALONG.keys() == EXPANSIONS.keys()  # noqa: SLF001 - the table itself


def test_every_step_of_x_has_a_price_and_no_other() -> None:
    priced = {name for name, kind in STEPS.items() if isinstance(kind, Action) and kind.price is not None}
    assert priced == {name for name in STEPS if name.startswith("twitter")}


def test_the_page_tells_the_same_prices_with_their_date() -> None:
    text = page("docs/x.md").text
    assert prices.AS_OF in text
    assert prices.SOURCE in text
    amounts = (prices.POST, prices.POST_WITH_URL, prices.READ_POST, prices.READ_USER, prices.MARK)
    assert all(dollars(each) in text for each in amounts)
