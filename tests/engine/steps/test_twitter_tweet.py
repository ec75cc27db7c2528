import json
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest

from engine.errors import LoopiError
from engine.model import Step
from engine.steps.twitter_tweet import CREATE_TWEET, DELETE_TWEET
from servers.oauth1 import Account
from servers.x_api import XServer
from servers.x_run import XRun
from servers.x_state import Json

ME = Account()
OPENAPI = Path(__file__).parents[4] / "shared" / "data" / "x-api-2.166.openapi.json"


def body_of(x: XServer) -> dict[str, Json]:
    found = json.loads(x.requests[-1].body)
    assert isinstance(found, dict)
    return found


def test_a_tweet_is_posted_as_written_and_left_as_plain_data(x: XServer, run: XRun) -> None:
    result = run.act(CREATE_TWEET, text="30 °C & rising 🌡️")
    assert result.status == "ok"
    assert [tweet.text for tweet in x.state.tweets.values()] == ["30 °C & rising 🌡️"]
    assert result.output["data"] == {
        "id": "1900000000000000001",
        "text": "30 °C &amp; rising 🌡️",
        "edit_history_tweet_ids": ["1900000000000000001"],
    }


def test_a_reply_takes_the_tweet_by_its_address(x: XServer, run: XRun) -> None:
    first = x.state.add_tweet(ME.user_id, "first")
    run.act(CREATE_TWEET, text="second", replyToTweetId=f"https://x.com/i/web/status/{first.id}")
    assert list(x.state.tweets.values())[-1].replied_to == first.id


def test_every_field_reaches_x_under_its_own_name(x: XServer, run: XRun) -> None:
    quoted = x.state.add_tweet(ME.user_id, "first")
    run.act(CREATE_TWEET, text="a", quoteTweetId=int(quoted.id), replySettings="following")
    assert body_of(x) == {"text": "a", "quote_tweet_id": quoted.id, "reply_settings": "following"}
    run.act(CREATE_TWEET, text="b", mediaId="1, 22", replySettings="everyone")
    assert body_of(x) == {"text": "b", "media": {"media_ids": ["1", "22"]}}
    run.act(CREATE_TWEET, text="c", pollOptions=["yes", "no"], pollDurationMinutes="60")
    assert body_of(x) == {"text": "c", "poll": {"options": ["yes", "no"], "duration_minutes": 60}}


@pytest.mark.parametrize(
    ("params", "named"),
    [
        ({"text": "  "}, "text"),
        ({}, "text"),
        ({"text": ["a"]}, "text"),
        ({"text": "half \ud83d"}, "text"),
        ({"text": "a", "mediaId": "../1"}, "mediaId"),
        ({"text": "a", "mediaId": "1,2,3,4,5"}, "mediaId"),
        ({"text": "a", "pollOptions": ["only"]}, "pollOptions"),
        ({"text": "a", "pollOptions": ["yes", "n" * 26]}, "pollOptions"),
        ({"text": "a", "pollOptions": ["yes", "no"], "pollDurationMinutes": 4}, "pollDurationMinutes"),
        ({"text": "a", "pollOptions": ["yes", "no"], "mediaId": "1"}, "only one"),
        ({"text": "a", "replySettings": "nobody"}, "replySettings"),
        ({"text": "a", "replyToTweetId": "https://x.com.evil.example/a/status/1"}, "replyToTweetId"),
    ],
)
def test_a_field_that_x_cannot_take_is_named_before_any_request(
    x: XServer, run: XRun, params: dict[str, object], named: str
) -> None:
    error = run.refused(CREATE_TWEET, **params)
    assert error.code in {"x.invalid_field", "x.tweet_id"}
    assert named in error.message
    assert x.requests == []


@pytest.mark.skipif(not OPENAPI.exists(), reason="X's OpenAPI document is not at hand")
@pytest.mark.parametrize(
    "params",
    [
        {"text": "a", "replyToTweetId": "1", "quoteTweetId": "2", "replySettings": "subscribers"},
        {"text": "a", "pollOptions": ["yes", "no"]},
        {"mediaId": "1,2"},
    ],
)
def test_a_post_is_of_the_shape_that_x_documents(x: XServer, run: XRun, params: dict[str, object]) -> None:
    x.fail_next(201, {"data": {"id": "1", "text": "a"}})
    run.act(CREATE_TWEET, **params)
    schemas = json.loads(OPENAPI.read_text(encoding="utf-8"))["components"]["schemas"]
    schema = {"$ref": "#/components/schemas/TweetCreateRequest", "components": {"schemas": schemas}}
    assert schemas["TweetCreateRequest"]["additionalProperties"] is False
    jsonschema.validate(body_of(x), schema)


def test_a_long_text_is_warned_of_with_its_count() -> None:
    assert CREATE_TWEET.warn({"text": "a" * 280}) == []
    assert "counts 282" in CREATE_TWEET.warn({"text": "日" * 141})[0]
    assert CREATE_TWEET.warn({"text": "{{name}}" + "a" * 200}) == []
    assert "counts at least 300" in CREATE_TWEET.warn({"text": "{{name}}" + "a" * 300})[0]
    assert CREATE_TWEET.warn({}) == []
    assert CREATE_TWEET.warn({"text": "a", "quoteTweetId": "1"}) == [
        "X allows quotes by API to enterprise customers only."
    ]


def test_media_may_be_given_as_a_list_of_what_uploads_left(x: XServer, run: XRun) -> None:
    run.act(CREATE_TWEET, text="a", mediaId=["1", 22])
    assert body_of(x)["media"] == {"media_ids": ["1", "22"]}


def test_a_tweet_is_deleted_by_its_address(x: XServer, run: XRun) -> None:
    tweet = x.state.add_tweet(ME.user_id, "a")
    result = run.act(DELETE_TWEET, tweetId=f"https://mobile.twitter.com/loopi_test/status/{tweet.id}")
    assert (result.output["data"], x.state.tweets) == ({"deleted": True}, {})


def test_somebody_elses_tweet_is_not_deleted(x: XServer, run: XRun) -> None:
    tweet = x.state.add_tweet(x.state.add_user("friend").id, "a")
    failure = run.act(DELETE_TWEET, tweetId=tweet.id).failure
    assert failure is not None
    assert (failure.code, len(x.state.tweets)) == ("x.forbidden", 1)


def test_the_tweet_of_a_look_alike_host_is_refused_before_any_request(x: XServer, run: XRun) -> None:
    assert run.refused(DELETE_TWEET, tweetId="https://x.com.evil.example/a/status/1").code == "x.tweet_id"
    assert x.requests == []


def test_posting_is_done_once_and_deleting_may_be_repeated() -> None:
    assert (CREATE_TWEET.classify({}), DELETE_TWEET.classify({})) == ("once", "idempotent")


@pytest.mark.parametrize("name", ["replyToTweetId", "quoteTweetId", "mediaId"])
def test_a_reply_to_what_came_out_empty_is_not_posted_to_everybody(x: XServer, run: XRun, name: str) -> None:
    params: dict[str, Json] = {"text": "I agree!", name: ""}
    context = run.context(CREATE_TWEET, params)
    emptied = Step("step", CREATE_TWEET.type, {"text": "I agree!", name: "{{target}}"})
    with pytest.raises(LoopiError) as caught:
        CREATE_TWEET.act(params, replace(context, step=emptied))
    assert (caught.value.code, x.requests) == ("x.invalid_field", [])
    meant = Step("step", CREATE_TWEET.type, {"text": "I agree!", name: '{{target | default("")}}'})
    assert CREATE_TWEET.act(params, replace(context, step=meant)).status == "ok"
